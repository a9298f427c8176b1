//! Where operators connect to.

use std::io;

use crate::accept::Acceptor;
use crate::endpoint::Endpoint;
use crate::listen::{self, ListenAddress};
use crate::stream::Stream;

/// The flag that says where it listens.
const FLAG: &str = "--admin";

/// A listener for operators, on an address or a Unix socket. Dropping it removes the file of a Unix
/// socket.
#[derive(Debug)]
pub struct Listener {
    acceptor: Acceptor<listen::Listener>,
    address: ListenAddress,
}

impl Listener {
    /// Listens on `address`, and warns if others than those on this machine can connect. A socket
    /// file on which nobody listens any more is replaced.
    ///
    /// # Errors
    /// Fails with a sentence that says what to do if the address cannot be listened on, or if
    /// something else is at the path.
    pub fn bind(address: &ListenAddress) -> io::Result<Self> {
        let listener = listen::Listener::bind(address, FLAG)?;
        let address = listener.address()?;
        if !listener.is_local()? {
            tracing::warn!(
                "{FLAG} {address}: whoever reaches this address sees all sessions and can end \
                 them; let only operators reach it"
            );
        }
        Ok(Self { acceptor: Acceptor::new(listener), address })
    }

    /// Returns where it listens: the address with the port that the system chose, or the path.
    #[must_use]
    pub fn address(&self) -> &ListenAddress {
        &self.address
    }

    /// Returns the next connection, and who opened it. Cancelling it loses none.
    pub(super) async fn accept(&mut self) -> (Stream, Endpoint) {
        self.acceptor.accept().await
    }
}
