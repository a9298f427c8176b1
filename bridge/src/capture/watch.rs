//! What a session asked to be told of its connection, from its beginning to its end.

use std::io;
use std::net::SocketAddr;
use std::time::SystemTime;

use echo_core::wire::BridgeMessage;
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{Duration, Instant, timeout_at};

use super::news::{News, Teller, news};
use super::system::{Gauge, Tap};
use crate::local;

/// How long the last packets (FIN, ACK) are waited for at a session's end.
const LINGER: Duration = Duration::from_millis(500);

/// A session's clock: its start on both of the system's.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock {
    pub(super) start: Instant,
    /// In microseconds since 1970.
    pub(super) began_us: u64,
}

/// What a session asked to be told.
#[derive(Debug)]
pub(crate) struct Watch {
    packets: bool,
    tcp_info: bool,
    clock: Clock,
    teller: Option<Teller>,
    news: Option<News>,
    /// One for each address that was tried: what a refused one answered may still be told.
    taps: Vec<Tap>,
    /// Whether it was said that packets are told, or that they cannot be.
    announced: bool,
}

impl Watch {
    /// Nothing is watched yet; the session began at `start`.
    pub(crate) fn new(packets: bool, tcp_info: bool, start: Instant) -> Self {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let began_us = crate::relay::micros(now.saturating_sub(start.elapsed()));
        let clock = Clock { start, began_us };
        let (teller, news) = if packets || tcp_info {
            let (teller, news) = news();
            (Some(teller), Some(news))
        } else {
            (None, None)
        };
        let tcp_info = packets || tcp_info;
        Self { packets, tcp_info, clock, teller, news, taps: Vec::new(), announced: false }
    }

    /// Begins with a connection to `address`, which is allowed. The socket to connect with, if one
    /// was bound so that its first packet is seen; and what is to be said before anything else.
    pub(crate) fn begin(
        &mut self,
        address: SocketAddr,
    ) -> (Option<TcpSocket>, Option<BridgeMessage>) {
        let Some(teller) = self.teller.clone().filter(|_| self.packets) else {
            return (None, None);
        };
        let began = bound(address).and_then(|(socket, local)| {
            let tap = Tap::start(local, address, self.clock, teller)?;
            Ok((socket, tap))
        });
        let (socket, message) = match began {
            Ok((socket, tap)) => {
                self.taps.push(tap);
                (Some(socket), BridgeMessage::Capturing { began_us: self.clock.began_us })
            }
            Err(error) => {
                self.packets = false;
                (None, BridgeMessage::NotCapturing { message: error.to_string() })
            }
        };
        let first = !std::mem::replace(&mut self.announced, true);
        (socket, Some(message).filter(|_| first))
    }

    /// Asks the kernel about `stream` from here on.
    pub(crate) fn gauge(&self, stream: &TcpStream) -> Gauge {
        let teller = self.teller.clone().filter(|_| self.tcp_info);
        Gauge::new(stream, self.clock.start, teller)
    }

    /// What is to be passed on; it is lent to the relay.
    pub(crate) fn lend(&mut self) -> Option<News> {
        self.news.take()
    }

    /// The relay gives it back.
    pub(crate) fn give_back(&mut self, news: Option<News>) {
        self.news = news;
    }

    /// The next of the last messages; `None` once all of them were returned, or nothing was asked
    /// for. The connection's last packets are waited for, and what the client has not taken
    /// within [`LINGER`] after `ended` is counted as lost.
    pub(crate) async fn last(&mut self, ended: Instant) -> Option<BridgeMessage> {
        // The tap has a teller of its own, and lets go of it after the last packet.
        self.teller = None;
        let news = self.news.as_mut()?;
        let deadline = ended + LINGER;
        if Instant::now() < deadline {
            let next = timeout_at(deadline, std::future::poll_fn(|cx| news.poll_next(cx)));
            if let Ok(Some(message)) = next.await {
                return Some(message);
            }
        }
        let mut news = self.news.take()?;
        news.discard();
        let (packets, lost) = news.counts();
        let any = !self.taps.is_empty();
        self.taps.clear();
        any.then(|| BridgeMessage::Captured { packets, lost, interface: news.interface() })
    }
}

/// A socket that is bound to where a connection to `address` comes from, and that address.
fn bound(address: SocketAddr) -> io::Result<(TcpSocket, SocketAddr)> {
    let socket = local::socket(address.ip())?;
    socket.bind(local::source(address)?)?;
    let local = socket.local_addr()?;
    Ok((socket, local))
}
