//! A connection that came in, for the session that claims it.

use std::net::SocketAddr;

use tokio::net::TcpStream;
use tokio::time::Instant;

/// A connection that came in at a listener, with its addresses in canonical form. Dropped, it is
/// reset.
#[derive(Debug)]
pub(crate) struct Claimed {
    pub(super) stream: ResetOnDrop,
    /// The listener's end.
    pub(crate) local: SocketAddr,
    /// The end of the program that connected.
    pub(crate) peer: SocketAddr,
    /// When it was accepted.
    pub(crate) since: Instant,
}

impl Claimed {
    /// Returns the connection, which is closed as any other from now on.
    pub(crate) fn into_stream(self) -> TcpStream {
        self.stream.into_stream()
    }
}

/// A connection that is reset when it is dropped.
#[derive(Debug)]
pub(super) struct ResetOnDrop(Option<TcpStream>);

impl ResetOnDrop {
    const PRESENT: &'static str = "the connection is there until it is taken";

    pub(super) fn new(stream: TcpStream) -> Self {
        Self(Some(stream))
    }

    pub(super) fn get(&self) -> &TcpStream {
        self.0.as_ref().expect(Self::PRESENT)
    }

    fn into_stream(mut self) -> TcpStream {
        self.0.take().expect(Self::PRESENT)
    }
}

impl Drop for ResetOnDrop {
    fn drop(&mut self) {
        if let Some(stream) = &self.0 {
            // If it fails, the kernel sends FIN.
            let _ = stream.set_zero_linger();
        }
    }
}
