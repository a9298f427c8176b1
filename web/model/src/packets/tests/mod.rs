//! The packet analyzer in the life of the page.

mod files;
mod loading;
mod runs;
mod views;

use echo_core::packets::{Capture, Packet, file};
use echo_core::wire::{BridgeMessage, EchoServer, Info, NamedTarget, PacketTold, TcpInfo};

use super::detail::PacketDetail;
use super::view::View;
use super::{
    FieldPlace, PacketAnalyzer, PacketSpot, PacketsContext, PacketsEvent, PacketsPart,
    PacketsRequest,
};
use crate::bridge::BridgeEvent;
use crate::command::Response;
use crate::connection::{self, ConnectionEvent, EventKind};
use crate::inspector::highlight::{Highlight, Highlighted};
use crate::modes::ModesEvent;
use crate::time::{PageTime, at_ms};
use crate::{Event, Lang, Model};

const LOOPBACK: &[u8] = include_bytes!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../echo-core/tests/captures/loopback.pcapng"
));

/// When the sessions of these tests begin, in microseconds since 1970.
const BEGAN_US: u64 = 1_795_404_501_000_000;

struct Page {
    model: Model,
    analyzer: PacketAnalyzer,
}

impl Page {
    /// A page that has pressed Send, to echo.
    fn sent() -> Self {
        let (mut model, _) = Model::new(Lang::En, "http://localhost:8080".into());
        model.clock_began = 1_795_404_501_000.0;
        let echo = NamedTarget { name: "echo".into(), address: "localhost:8888".into() };
        let info = Info {
            version: "1.2.3".into(),
            targets: vec![echo],
            echo: EchoServer::Own,
            echo_log: echo_core::wire::EchoLog::Full,
            max_message: 1024,
            lan: None,
            capture: None,
            program: String::new(),
            flags: String::new(),
            token: String::new(),
            listen: Vec::new(),
        };
        let mut page = Self { model, analyzer: PacketAnalyzer::default() };
        page.describe_bridge(&info);
        page.send();
        page
    }

    fn send(&mut self) {
        self.event(Event::SendPressed { at: at_ms(0.0) });
    }

    fn event(&mut self, event: Event) {
        self.model.update(event);
    }

    fn describe_bridge(&mut self, info: &Info) {
        let response =
            Response { at: PageTime::default(), result: Ok(serde_json::to_vec(info).unwrap()) };
        self.event(Event::Bridge(BridgeEvent::Answered(response)));
    }

    fn receive(&mut self, event: ConnectionEvent) {
        let id = self.model.modes.run.as_ref().unwrap().id();
        let event = connection::Event { id, at: at_ms(1.0), kind: EventKind::Socket(event) };
        self.event(Event::Modes(ModesEvent::Connection(event)));
    }

    fn say(&mut self, message: BridgeMessage) {
        self.receive(ConnectionEvent::Message(message));
    }

    /// All that a session of `Hello!` says of itself.
    fn exchange(&mut self) {
        self.say(BridgeMessage::Connecting {
            target: "localhost:8888".into(),
            address: "127.0.0.1:36355".parse().unwrap(),
        });
        self.say(BridgeMessage::Connected {
            local: "127.0.0.1:32804".parse().unwrap(),
            peer: "127.0.0.1:36355".parse().unwrap(),
            resolve_us: 31,
            connect_us: 85,
        });
        self.say(BridgeMessage::Wrote { bytes: 6, began_us: Some(412), at_us: 415 });
        self.say(BridgeMessage::Read { bytes: 6, at_us: 517 });
        self.receive(ConnectionEvent::Bytes(b"Hello!".to_vec()));
        self.say(BridgeMessage::Finished { at_us: 900 });
    }

    /// All that it says of its packets, told `after` each of them.
    fn capture(&mut self, after: impl Fn(&mut Self)) {
        self.say(BridgeMessage::Capturing { began_us: BEGAN_US });
        let packets = hello();
        let count = packets.len() as u64;
        for packet in &packets {
            self.say(BridgeMessage::Packet(told(packet, packets[0].frame.at_ns)));
            after(self);
        }
        let interface = "eth7".into();
        self.say(BridgeMessage::Captured { packets: count, lost: 2, interface });
        after(self);
    }

    fn context(&self) -> PacketsContext<'_> {
        self.model.packets_context()
    }

    fn sync(&mut self) {
        self.analyzer.sync(&self.model.packets_context());
    }

    fn on(&mut self, event: PacketsEvent) -> Vec<PacketsRequest> {
        self.analyzer.update(&self.model.packets_context(), event)
    }

    fn open(&mut self, name: &str, bytes: &[u8]) {
        self.on(PacketsEvent::FileRead { name: name.into(), bytes: Ok(bytes.to_vec()) });
    }

    fn shown(&self) -> Option<&Capture> {
        self.analyzer.capture(&self.context())
    }

    fn detail(&self) -> PacketDetail<'_> {
        self.analyzer.detail(&self.context()).unwrap()
    }

    fn highlights(&self) -> [Option<Highlight>; 2] {
        self.analyzer.highlights(&self.context())
    }

    fn view(&self) -> View {
        self.view_with(&Highlighted::default())
    }

    fn view_with(&self, highlighted: &Highlighted) -> View {
        self.analyzer.view(&self.context(), highlighted)
    }

    /// The flags of all packets that are shown.
    fn flags(&self) -> Vec<String> {
        let packets = self.shown().map(Capture::packets).unwrap_or_default();
        packets.iter().map(|it| it.flags.names()).collect()
    }
}

fn field(layer: usize, field: usize) -> PacketSpot {
    PacketSpot::Field(FieldPlace { layer, field })
}

/// The packets of a `Hello!` that was captured.
fn hello() -> Vec<Packet> {
    file::read(LOOPBACK).unwrap().captures.remove(0).packets().to_vec()
}

fn told(packet: &Packet, began_ns: u64) -> PacketTold {
    let frame = &packet.frame;
    PacketTold {
        at_ns: frame.at_ns - began_ns,
        link: frame.link.number(),
        length: frame.length,
        data: base64(&frame.bytes),
    }
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let bits = group.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte))
            << (8 * (3 - group.len()));
        for digit in 0..=group.len() {
            text.push(char::from(DIGITS[(bits >> (18 - 6 * digit) & 63) as usize]));
        }
    }
    text
}

fn info() -> TcpInfo {
    TcpInfo { at_us: 300, rtt_us: 25, rto_us: 201_000, mss: 65_483, ..TcpInfo::default() }
}
