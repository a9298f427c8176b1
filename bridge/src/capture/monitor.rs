//! What one session observes of its TCP connection, from its beginning to its end.

use std::io;
use std::net::SocketAddr;
use std::time::SystemTime;

use echo_core::wire::BridgeMessage;
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{Duration, Instant, timeout_at};

use super::events::{EventSender, SessionEvents, channel};
use super::limit::{CaptureLimit, CapturePermit};
use super::system::{CaptureTask, TcpInfoPoller};
use crate::local;
use crate::micros::micros;

/// How long the connection's last packets (FIN, ACK) are awaited once the session has ended.
const LAST_PACKETS_TIMEOUT: Duration = Duration::from_millis(500);

/// When a session began, by both of the system's clocks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock {
    pub(super) start: Instant,
    /// In microseconds since 1970 (UTC).
    pub(super) began_us: u64,
}

/// The observers of one session: what its client asked for, and what came of it.
#[derive(Debug)]
pub(crate) struct Monitor {
    packets: bool,
    limit: CaptureLimit,
    clock: Clock,
    /// Present if the client asked for packets or for `TCP_INFO`, which comes with packets.
    sender: Option<EventSender>,
    events: Option<SessionEvents>,
    /// The capture of the address that is being tried, or was tried last.
    task: Option<CaptureTask>,
    announced: Option<Announced>,
}

/// Which message about its packets the client was sent, once, before any other message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Announced {
    Capturing,
    NotCapturing,
}

impl Monitor {
    /// Creates the monitor of a session that began at `start` and asked for `packets` and
    /// `tcp_info`. Whether it gets a packet socket is up to `limit`.
    pub(crate) fn new(packets: bool, tcp_info: bool, start: Instant, limit: CaptureLimit) -> Self {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let began_us = micros(now.saturating_sub(start.elapsed()));
        let clock = Clock { start, began_us };
        let (sender, events) = (packets || tcp_info).then(channel).unzip();
        Self { packets, limit, clock, sender, events, task: None, announced: None }
    }

    /// Begins to capture a connection to `address`, which the policy has allowed.
    ///
    /// Returns the socket to connect with, if one was bound so that its first packet is seen, and
    /// the message that the client has to get before any other. A session has one packet socket at
    /// a time: the capture of the address that was tried before ends here.
    pub(crate) async fn start_capture(
        &mut self,
        address: SocketAddr,
    ) -> (Option<TcpSocket>, Option<BridgeMessage>) {
        let Some(sender) = self.sender.clone().filter(|_| self.packets) else {
            return (None, None);
        };
        let started = self.acquire_permit().await.and_then(|permit| {
            let (socket, local) = bind_source(address)?;
            let task = CaptureTask::start(local, address, self.clock, sender, permit)?;
            Ok((socket, task))
        });
        let (socket, announced, message) = match started {
            Ok((socket, task)) => {
                self.task = Some(task);
                let message = BridgeMessage::Capturing { began_us: self.clock.began_us };
                (Some(socket), Announced::Capturing, message)
            }
            Err(error) => {
                self.packets = false;
                let message = BridgeMessage::NotCapturing { message: error.to_string() };
                (None, Announced::NotCapturing, message)
            }
        };
        let is_first = self.announced.is_none();
        self.announced.get_or_insert(announced);
        (socket, is_first.then_some(message))
    }

    /// Acquires a permit for a packet socket, after closing the session's previous one.
    async fn acquire_permit(&mut self) -> io::Result<CapturePermit> {
        match self.task.take() {
            None => self.limit.try_acquire(),
            Some(previous) => {
                previous.finish().await;
                self.limit.acquire_again().await
            }
        }
    }

    /// Returns whether the packets of the address that was tried last are captured.
    pub(crate) fn is_capturing(&self) -> bool {
        self.task.is_some()
    }

    /// Takes note that there are no packets to capture, for this reason. Returns the message that
    /// the client has to get before any other.
    pub(crate) fn refuse_capture(&mut self, reason: &str) -> Option<BridgeMessage> {
        let is_first = std::mem::take(&mut self.packets) && self.announced.is_none();
        is_first.then(|| {
            self.announced = Some(Announced::NotCapturing);
            BridgeMessage::NotCapturing { message: reason.into() }
        })
    }

    /// Returns a poller of the `TCP_INFO` of `stream`, which does nothing if the client did not ask
    /// for it, or where there is no TCP.
    pub(crate) fn tcp_info_poller(&self, stream: Option<&TcpStream>) -> TcpInfoPoller {
        TcpInfoPoller::new(stream, self.clock.start, self.sender.clone())
    }

    /// Takes the events for the relay, which passes them on while the session lasts.
    pub(crate) fn take_events(&mut self) -> Option<SessionEvents> {
        self.events.take()
    }

    /// Puts the events back when the relay has ended, so that [`Self::next_final`] has the rest.
    pub(crate) fn restore_events(&mut self, events: Option<SessionEvents>) {
        self.events = events;
    }

    /// Returns the next message for the client after the session ended at `ended`, and `None` after
    /// the last one or where nothing was asked for.
    ///
    /// It waits for the connection's last packets. What the client has not taken within
    /// [`LAST_PACKETS_TIMEOUT`] after `ended` is counted as lost.
    pub(crate) async fn next_final(&mut self, ended: Instant) -> Option<BridgeMessage> {
        // The capture task has a sender of its own, which it drops after the last packet.
        self.sender = None;
        let events = self.events.as_mut()?;
        let deadline = ended + LAST_PACKETS_TIMEOUT;
        if Instant::now() < deadline {
            let next = timeout_at(deadline, std::future::poll_fn(|cx| events.poll_next(cx)));
            if let Ok(Some(message)) = next.await {
                return Some(message);
            }
        }
        let mut events = self.events.take()?;
        events.discard();
        let (packets, lost) = events.packet_counts();
        self.task = None;
        let has_captured = self.announced == Some(Announced::Capturing);
        has_captured.then(|| BridgeMessage::Captured {
            packets,
            lost,
            interface: events.interface(),
        })
    }
}

/// Binds a socket to the address that a connection to `address` leaves from, and returns both.
fn bind_source(address: SocketAddr) -> io::Result<(TcpSocket, SocketAddr)> {
    let socket = local::socket(address.ip())?;
    socket.bind(local::source(address)?)?;
    let local = socket.local_addr()?;
    Ok((socket, local))
}
