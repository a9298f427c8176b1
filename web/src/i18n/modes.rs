//! How one talks: once, staying connected, again and again.

mod en;
mod zh;

pub(super) use en::EN;
pub(super) use zh::ZH;

use page_model::modes::Mode;

/// The texts about it, in one language.
pub struct ModesWords {
    /// The name of the switch.
    pub how: &'static str,
    /// A mode.
    pub mode: fn(Mode) -> &'static str,
    /// Why the switch waits.
    pub locked: fn(Mode) -> &'static str,
    /// Connects, and sends nothing yet.
    pub connect: &'static str,
    /// There is no room for what is to be sent.
    pub full: &'static str,
    /// The label of the amount.
    pub amount: &'static str,
    /// The label of the unit.
    pub unit: &'static str,
    /// Exchanges, as a unit.
    pub times: &'static str,
    /// Seconds, as a unit.
    pub seconds: &'static str,
    /// The label of the number of connections.
    pub connections: &'static str,
    /// A number must be within these.
    pub range: fn(u32, u32) -> String,
    /// Starts a repetition.
    pub start: &'static str,
}
