//! What a server can do on its connection.

use std::time::Duration;

/// How long [`Action::Settle`] lasts for whoever cannot ask the system what has arrived.
pub const SETTLE: Duration = Duration::from_millis(100);

/// What a server is to do next on its connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Send these bytes: one write, of at least one byte.
    Send(Vec<u8>),
    /// Let this time pass. What the client says meanwhile is to be read and fed, as far as there
    /// is [`room`](super::Misbehaviour::room): it belongs to what is answered then.
    Pause(Duration),
    /// Give what was sent time to reach the reader: an RST follows, and the kernel drops what it
    /// has not sent by then. [`SETTLE`] is long enough near by; who can ask the system whether all
    /// is acknowledged need not wait so long.
    Settle,
    /// Send FIN. Nothing follows; what the client still says is to be read and dropped, since
    /// closing with unread bytes would be an RST.
    Fin,
    /// Send RST. Nothing follows.
    Reset,
}
