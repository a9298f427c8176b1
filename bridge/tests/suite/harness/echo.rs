//! The echo server by itself, well-behaved or with a fault.

use std::net::Ipv4Addr;

use bridge::echo_server::{self, Bound};
use bridge::targets::Host;
use tokio_util::sync::{CancellationToken, DropGuard};

/// An echo server on a free port of 127.0.0.1 that goes down with the guard, and the port.
pub(crate) async fn echo_server(fault: Option<&str>) -> (DropGuard, u16) {
    let host = Host::Address(Ipv4Addr::LOCALHOST.into());
    let Bound::Own(listeners) = echo_server::bind(&host, 0).await.unwrap() else {
        panic!("port 0 was taken")
    };
    let port = listeners[0].local_addr().unwrap().port();
    let stop = CancellationToken::new();
    let fault = fault.map(|text| text.parse().unwrap());
    tokio::spawn(echo_server::serve(listeners, fault, None, stop.clone()));
    (stop.drop_guard(), port)
}
