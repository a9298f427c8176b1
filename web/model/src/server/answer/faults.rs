//! Which faults of the lab the page can have as a server.

use echo_core::fault::FaultKind;

/// Why the page cannot have a fault as a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAsAServer {
    /// The fault is that nothing listens, and a page that does not listen is no server.
    DoesNotListen,
    /// The fault is one of TLS, which the page does not speak.
    IsOverTls,
}

impl NotAsAServer {
    /// All reasons.
    pub const ALL: [Self; 2] = [Self::DoesNotListen, Self::IsOverTls];
}

/// Returns why the page cannot have a kind of fault as a server, or `None` if it can.
#[must_use]
pub const fn not_as_a_server(kind: FaultKind) -> Option<NotAsAServer> {
    match kind {
        FaultKind::Refuse => Some(NotAsAServer::DoesNotListen),
        FaultKind::Expired
        | FaultKind::WrongName
        | FaultKind::SelfSigned
        | FaultKind::Plaintext
        | FaultKind::NoCloseNotify => Some(NotAsAServer::IsOverTls),
        FaultKind::Truncate
        | FaultKind::Reset
        | FaultKind::Corrupt
        | FaultKind::Upper
        | FaultKind::Delay
        | FaultKind::Split
        | FaultKind::Extra
        | FaultKind::Banner
        | FaultKind::Silent
        | FaultKind::LateFin
        // It consists of faults that listen.
        | FaultKind::Chaos => None,
    }
}
