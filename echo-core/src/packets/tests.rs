//! What captures, files and their readers promise, whatever bytes they meet.

mod accepted;
mod capture;
mod files;
mod tls;

use super::inferred::Trace;
use super::{Capture, Packet};
use crate::wire::BridgeMessage;

/// An exchange of `Hello!`, as a healthy echo server answers it.
fn hello() -> Capture {
    let mut trace = Trace::default();
    let (local, peer) = ("127.0.0.1:51234".parse().unwrap(), "127.0.0.1:8888".parse().unwrap());
    trace.record(&BridgeMessage::Connected { local, peer, resolve_us: 31, connect_us: 85 });
    trace.record(&BridgeMessage::Wrote { bytes: 6, began_us: Some(400), at_us: 403 });
    trace.record(&BridgeMessage::Read { bytes: 6, at_us: 500 });
    trace.finish();
    trace.record(&BridgeMessage::Finished { at_us: 900 });
    trace.packets(1_790_126_101_000_000_123, b"Hello!", b"Hello!").unwrap()
}

/// `packet` in Ethernet's frame of the loopback interface, where all addresses are zero.
fn on_loopback(packet: &Packet) -> Packet {
    let mut frame = packet.frame.clone();
    frame.link = super::Link::Ethernet;
    let header = [&[0; 12][..], &[0x08, 0x00]].concat();
    frame.bytes = [header, frame.bytes].concat();
    frame.length += 14;
    Packet::decode(frame).unwrap()
}
