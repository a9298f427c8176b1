//! What the packets depend on.

use echo_core::wire::Info;

use crate::command::CopiedText;
use crate::inspector::record::ConnectionRecord;
use crate::inspector::window::Scroll;

/// What the packets depend on.
#[derive(Clone, Copy, Debug)]
pub struct PacketsContext<'a> {
    /// The connection that is shown, if there is one.
    pub record: Option<ConnectionRecord<'a>>,
    /// When the page's clock was at zero, in milliseconds since 1970 (UTC).
    pub clock_began: f64,
    /// The scroll position of the list.
    pub scroll: Scroll,
    /// The bridge's description of itself, once it is known.
    pub bridge: Option<&'a Info>,
    /// Whether the bridge is to capture the packets of the next connection.
    pub captures: bool,
    /// The text that was copied last, until the button shows its usual text again.
    pub copied: Option<&'a CopiedText>,
}
