//! Protocols that a client recognises by the first bytes of a reply.

/// A protocol that a client recognises by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// Encryption: a record that holds an alert, which is what a TLS server says to plain text.
    Tls,
    /// The web.
    Http,
    /// A remote shell.
    Ssh,
}

impl Protocol {
    const ALL: [Self; 3] = [Self::Tls, Self::Http, Self::Ssh];

    /// Returns the bytes with which a reply begins.
    #[must_use]
    pub fn mark(self) -> &'static [u8] {
        match self {
            Self::Tls => b"\x15\x03",
            Self::Http => b"HTTP/1.",
            Self::Ssh => b"SSH-",
        }
    }

    /// Returns the protocol of a reply that begins with these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        Self::ALL.into_iter().find(|protocol| bytes.starts_with(protocol.mark()))
    }
}
