//! The task that sends a session the packets of its connection.

use std::io;
use std::net::SocketAddr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use echo_core::packets::{Capture, Frame, Packet};
use echo_core::wire::{BridgeMessage, MAX_PACKET_BYTES_TOLD, MAX_PACKETS_TOLD, PacketTold};
use tokio::time::{Duration, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

use super::close_tracker::CloseTracker;
use super::socket::{CapturedPacket, PacketSocket, Received};
use crate::capture::events::EventSender;
use crate::capture::limit::CapturePermit;
use crate::capture::monitor::Clock;

/// How long it may take to read the packets that the kernel has already handed over.
const LAST_PACKETS_TIMEOUT: Duration = Duration::from_millis(500);

/// A running capture of one connection; dropping it ends the capture.
#[derive(Debug)]
pub(crate) struct CaptureTask {
    task: AbortOnDropHandle<()>,
    stop: CancellationToken,
}

impl CaptureTask {
    /// Starts to send every packet between `local` and `peer`, up to the connection's last one.
    ///
    /// # Errors
    /// Returns the system's error where it does not allow a packet socket.
    pub(crate) fn start(
        local: SocketAddr,
        peer: SocketAddr,
        clock: Clock,
        sender: EventSender,
        permit: CapturePermit,
    ) -> io::Result<Self> {
        let socket = PacketSocket::open(local, peer, permit)?;
        let state = CaptureState {
            ends: Capture::new(local, peer),
            clock,
            sender,
            interface: None,
            dropped: 0,
            packets: 0,
            bytes: 0,
        };
        let stop = CancellationToken::new();
        let task = tokio::spawn(state.run(socket, stop.clone()));
        Ok(Self { task: AbortOnDropHandle::new(task), stop })
    }

    /// Sends the packets that have passed by now, within [`LAST_PACKETS_TIMEOUT`], and ends the
    /// capture.
    pub(crate) async fn finish(self) {
        self.stop.cancel();
        // The handle aborts a task that takes longer.
        let _ = timeout(LAST_PACKETS_TIMEOUT, self.task).await;
    }
}

/// What the task knows of the connection that it captures.
struct CaptureState {
    /// The connection's ends. No packets are kept in it.
    ends: Capture,
    clock: Clock,
    sender: EventSender,
    /// The index of the interface of the first packet. Other interfaces, such as a network bridge
    /// below a container, see the same packets again.
    interface: Option<usize>,
    /// How many packets the kernel has dropped since the socket was opened.
    dropped: u32,
    packets: u64,
    bytes: u64,
}

impl CaptureState {
    async fn run(mut self, mut socket: PacketSocket, stop: CancellationToken) {
        let mut tracker = CloseTracker::default();
        while !tracker.is_closed() {
            let received = tokio::select! {
                biased;
                received = socket.receive() => received,
                () = stop.cancelled() => return,
            };
            let Ok((received, dropped)) = received else { return };
            self.count_dropped(dropped);
            match received {
                Received::OutgoingCopy => {}
                Received::Unsupported => self.sender.count_lost(1),
                Received::Packet(captured) => {
                    if let Some(packet) = self.decode(&captured) {
                        tracker.record(&self.ends, &packet);
                        self.send(&packet.frame);
                    }
                }
            }
        }
    }

    /// Counts as lost what the kernel dropped since the last packet; `dropped` is its total.
    fn count_dropped(&mut self, dropped: Option<u32>) {
        if let Some(dropped) = dropped {
            self.sender.count_lost(u64::from(dropped.wrapping_sub(self.dropped)));
            self.dropped = dropped;
        }
    }

    /// Decodes a captured packet. Returns `None` for one of another interface or another
    /// connection: the kernel's filter passes none of the latter, and this is a second check that
    /// no client ever gets another connection's packets.
    fn decode(&mut self, captured: &CapturedPacket<'_>) -> Option<Packet> {
        if self.interface.is_none() {
            self.interface = Some(captured.interface);
            self.sender.set_interface(interface_name(captured.interface));
        }
        if self.interface != Some(captured.interface) {
            return None;
        }
        let began_ns = self.clock.began_us * 1000;
        let at_ns = captured.at_ns.saturating_sub(began_ns);
        let (link, length) = (captured.link, captured.length);
        let packet = Packet::decode(Frame { at_ns, link, length, bytes: captured.bytes.to_vec() });
        packet.ok().filter(|packet| self.ends.sender(packet).is_some())
    }

    /// Sends a packet, or counts it as lost beyond [`MAX_PACKETS_TOLD`] and
    /// [`MAX_PACKET_BYTES_TOLD`].
    fn send(&mut self, frame: &Frame) {
        self.packets += 1;
        self.bytes += frame.bytes.len() as u64;
        if self.packets > MAX_PACKETS_TOLD || self.bytes > MAX_PACKET_BYTES_TOLD {
            self.sender.count_lost(1);
            return;
        }
        self.sender.send(BridgeMessage::Packet(PacketTold {
            at_ns: frame.at_ns,
            link: frame.link.number(),
            length: frame.length,
            data: STANDARD.encode(&frame.bytes),
        }));
    }
}

/// Returns the name of the interface with this index, empty if it no longer exists.
fn interface_name(interface: usize) -> String {
    let index = u32::try_from(interface).unwrap_or_default();
    let name = nix::net::if_::if_indextoname(index).unwrap_or_default();
    name.to_string_lossy().into_owned()
}
