//! The sockets of a client's listener: one for each of its addresses.

use std::io::{self, ErrorKind};
use std::net::SocketAddr;

use echo_core::wire::{Failure, Kind, Stage};
use tokio::net::{TcpListener, TcpStream};

use super::policy::ListenTarget;
use crate::accept::Acceptor;
use crate::echo_server::{self, Bound};

/// How often a free port is looked for that is free on both loopback addresses.
const MAX_ATTEMPTS: usize = 16;

/// The sockets of one listener.
#[derive(Debug)]
pub(super) struct Sockets {
    addresses: Vec<SocketAddr>,
    acceptors: Vec<Acceptor<TcpListener>>,
}

impl Sockets {
    /// Listens on all addresses of `target`, or on none if one of them is taken. An address family
    /// that this machine does not have is left out if there is another one.
    ///
    /// # Errors
    /// Fails in the stage `listen`.
    pub(super) fn bind(target: &ListenTarget) -> Result<Self, Failure> {
        let port = target.port();
        let addresses: Vec<_> =
            target.ips().into_iter().map(|ip| SocketAddr::new(ip, port)).collect();
        let mut attempts = 0;
        let listeners = loop {
            attempts += 1;
            match echo_server::listen(&addresses).map_err(|error| failure(&error))? {
                Bound::Own(listeners) => break listeners,
                // The port that is free on one address is taken on the other one.
                Bound::Taken(_) if port == 0 && attempts < MAX_ATTEMPTS => {}
                Bound::Taken(taken) => return Err(in_use(taken)),
            }
        };
        let addresses: io::Result<_> = listeners.iter().map(TcpListener::local_addr).collect();
        let acceptors = listeners.into_iter().map(Acceptor::new).collect();
        Ok(Self { addresses: addresses.map_err(|error| failure(&error))?, acceptors })
    }

    /// Returns the addresses, with the port that was taken.
    pub(super) fn addresses(&self) -> &[SocketAddr] {
        &self.addresses
    }

    /// Returns the next connection. Cancelling it loses none.
    pub(super) async fn accept(&mut self) -> (TcpStream, SocketAddr) {
        match &mut self.acceptors[..] {
            [one, other] => tokio::select! {
                accepted = one.accept() => accepted,
                accepted = other.accept() => accepted,
            },
            [one] => one.accept().await,
            _ => std::future::pending().await,
        }
    }
}

fn in_use(address: SocketAddr) -> Failure {
    let message = format!("{address} is in use");
    Failure::new(Stage::Listen, Kind::InUse, message)
}

fn failure(error: &io::Error) -> Failure {
    let kind = match error.kind() {
        ErrorKind::AddrNotAvailable => Kind::NotLocal,
        _ => Kind::Internal,
    };
    Failure::new(Stage::Listen, kind, error.to_string())
}
