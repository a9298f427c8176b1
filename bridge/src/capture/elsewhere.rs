//! Systems on which no packets are captured.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;

use tokio::net::TcpStream;
use tokio::time::Instant;

use super::limit::CapturePermit;
use super::news::Teller;
use super::watch::Clock;

const WHY: &str = "packets are captured on Linux alone";

pub(super) fn probe() -> Result<(), (String, String)> {
    Err((WHY.into(), String::new()))
}

#[derive(Debug)]
pub(super) struct Tap;

impl Tap {
    pub(super) fn start(
        _: SocketAddr,
        _: SocketAddr,
        _: Clock,
        _: Teller,
        _: CapturePermit,
    ) -> io::Result<Self> {
        Err(io::Error::new(io::ErrorKind::Unsupported, WHY))
    }

    pub(super) async fn finish(self) {}
}

/// Nothing is known of a connection here.
#[derive(Debug)]
pub(crate) struct Gauge;

impl Gauge {
    pub(super) fn new(_: &TcpStream, _: Instant, _: Option<Teller>) -> Self {
        Self
    }

    pub(crate) async fn run(&mut self) -> Infallible {
        std::future::pending().await
    }

    pub(crate) fn last(self) {}
}
