//! A task that hands on the packets of one connection.

use std::io;
use std::net::SocketAddr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use echo_core::packets::{Capture, Frame, Packet};
use echo_core::wire::{BridgeMessage, MAX_PACKET_BYTES_TOLD, MAX_PACKETS_TOLD, PacketTold};
use tokio::time::{Duration, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

use super::over::Over;
use super::socket::{Next, PacketSocket, Seen};
use crate::capture::limit::CapturePermit;
use crate::capture::news::Teller;
use crate::capture::watch::Clock;

/// How long packets that the kernel has already handed over may take to be read.
const DRAIN_TIMEOUT: Duration = Duration::from_millis(500);

/// The packets of one connection are handed on while this is there.
#[derive(Debug)]
pub(crate) struct Tap {
    task: AbortOnDropHandle<()>,
    stop: CancellationToken,
}

impl Tap {
    /// Tells of all that passes between `local` and `peer`, up to the connection's end.
    ///
    /// # Errors
    /// The system's, where it does not allow a packet socket.
    pub(crate) fn start(
        local: SocketAddr,
        peer: SocketAddr,
        clock: Clock,
        teller: Teller,
        permit: CapturePermit,
    ) -> io::Result<Self> {
        let socket = PacketSocket::open(local, peer, permit)?;
        let line = Line {
            ends: Capture::new(local, peer),
            clock,
            teller,
            interface: None,
            dropped: 0,
            told: 0,
            bytes: 0,
        };
        let stop = CancellationToken::new();
        let task = tokio::spawn(line.run(socket, stop.clone()));
        Ok(Self { task: AbortOnDropHandle::new(task), stop })
    }

    /// Hands on what has passed by now, and nothing more.
    pub(crate) async fn finish(self) {
        self.stop.cancel();
        // A task that took too long is aborted.
        let _ = timeout(DRAIN_TIMEOUT, self.task).await;
    }
}

/// What is known of the connection while its packets are handed on.
struct Line {
    /// Which ends it has; no packets are kept here.
    ends: Capture,
    clock: Clock,
    teller: Teller,
    /// Where the first packet passed: others, as those of a bridge below a container, see it again.
    interface: Option<usize>,
    dropped: u32,
    told: u64,
    bytes: u64,
}

impl Line {
    async fn run(mut self, mut socket: PacketSocket, stop: CancellationToken) {
        let mut over = Over::default();
        while !over.is_it() {
            let next = tokio::select! {
                biased;
                next = socket.next() => next,
                () = stop.cancelled() => return,
            };
            let Ok((next, dropped)) = next else { return };
            self.count(dropped);
            match next {
                Next::Twin => {}
                Next::Strange => self.teller.lost(1),
                Next::Packet(seen) => {
                    if let Some(packet) = self.packet(&seen) {
                        over.take(&self.ends, &packet);
                        self.tell(&packet.frame);
                    }
                }
            }
        }
    }

    /// The kernel counts what it dropped since the beginning.
    fn count(&mut self, dropped: Option<u32>) {
        if let Some(dropped) = dropped {
            self.teller.lost(u64::from(dropped.wrapping_sub(self.dropped)));
            self.dropped = dropped;
        }
    }

    /// The packet that was seen, if it is one of the connection: the filter has said so already,
    /// and nothing of anyone else's may ever get further.
    fn packet(&mut self, seen: &Seen<'_>) -> Option<Packet> {
        if self.interface.is_none() {
            self.interface = Some(seen.interface);
            self.teller.interface(name(seen.interface));
        }
        if self.interface != Some(seen.interface) {
            return None;
        }
        let began_ns = self.clock.began_us * 1000;
        let at_ns = seen.at_ns.saturating_sub(began_ns);
        let bytes = seen.bytes.to_vec();
        let packet = Packet::decode(Frame { at_ns, link: seen.link, length: seen.length, bytes });
        packet.ok().filter(|packet| self.ends.sender(packet).is_some())
    }

    fn tell(&mut self, frame: &Frame) {
        self.told += 1;
        self.bytes += frame.bytes.len() as u64;
        if self.told > MAX_PACKETS_TOLD || self.bytes > MAX_PACKET_BYTES_TOLD {
            self.teller.lost(1);
            return;
        }
        self.teller.tell(BridgeMessage::Packet(PacketTold {
            at_ns: frame.at_ns,
            link: frame.link.number(),
            length: frame.length,
            data: STANDARD.encode(&frame.bytes),
        }));
    }
}

/// What an interface is called; empty if it is gone by now.
fn name(interface: usize) -> String {
    let index = u32::try_from(interface).unwrap_or_default();
    let name = nix::net::if_::if_indextoname(index).unwrap_or_default();
    name.to_string_lossy().into_owned()
}
