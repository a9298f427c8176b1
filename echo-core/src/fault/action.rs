//! The actions of a server on its connection.

use std::time::Duration;

/// The duration of [`Action::Settle`] for a driver that cannot ask the system what was
/// acknowledged.
pub const SETTLE: Duration = Duration::from_millis(100);

/// The next action of a server on its connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Send these bytes, of which there is at least one, in a single write.
    Send(Vec<u8>),
    /// Wait this long. Meanwhile the driver reads what the client sends, as far as there is
    /// [`room`](super::FaultBehavior::room), and feeds it, since it belongs to the next answer.
    Pause(Duration),
    /// Wait until what was sent has reached the client, because an RST follows, at which the kernel
    /// discards what it has not sent. [`SETTLE`] is long enough on a local network; a driver that
    /// can ask the system whether everything is acknowledged does not have to wait that long.
    Settle,
    /// Send FIN, as the last action. What the client still sends has to be read and discarded,
    /// since closing a socket with unread bytes sends RST.
    Fin,
    /// Send RST, as the last action.
    Reset,
}
