//! Capture on systems other than Linux, where it always fails.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;

use tokio::net::TcpStream;
use tokio::time::Instant;

use super::events::EventSender;
use super::limit::CapturePermit;
use super::monitor::Clock;

const REASON: &str = "packets are captured on Linux alone";

/// Returns the reason why packets cannot be captured, and no remedy.
pub(super) fn probe() -> Result<(), (String, String)> {
    Err((REASON.into(), String::new()))
}

/// The task that captures packets; it is never created.
#[derive(Debug)]
pub(super) struct CaptureTask;

impl CaptureTask {
    pub(super) fn start(
        _: SocketAddr,
        _: SocketAddr,
        _: Clock,
        _: EventSender,
        _: CapturePermit,
    ) -> io::Result<Self> {
        Err(io::Error::new(io::ErrorKind::Unsupported, REASON))
    }

    pub(super) async fn finish(self) {}
}

/// A poller that reports nothing.
#[derive(Debug)]
pub(crate) struct TcpInfoPoller;

impl TcpInfoPoller {
    pub(super) fn new(_: Option<&TcpStream>, _: Instant, _: Option<EventSender>) -> Self {
        Self
    }

    pub(crate) async fn run(&mut self) -> Infallible {
        std::future::pending().await
    }

    pub(crate) fn finish(self) {}
}
