//! What must hold for any bytes that a stranger sends: an invariant for each fuzz target, shared by
//! the targets and by a plain test over their corpora.

mod credentials;
mod flags;
mod proxies;
mod websocket;

use std::net::{IpAddr, Ipv4Addr};

use bridge::guard::{Guard, Origin};
use bridge::targets::{Pattern, Policy, Target};
use echo_core::fault::{Action, Fault, FaultBehavior};
use echo_core::packets::file::{self, About, FileEnd};
use echo_core::packets::follow::follow;
use echo_core::packets::layers::layers;
use echo_core::packets::{Capture, Frame, Link, Packet};
use echo_core::wire::{BridgeMessage, ClientMessage};
use page_model::link::Link as PageLink;
use page_model::runs::file as runs_file;
use serde::Serialize;
use serde::de::DeserializeOwned;

pub use credentials::credentials;
pub use flags::named;
pub use proxies::{forwarded, proxy_protocol};
pub use websocket::{is_as_tungstenite_reads_it, websocket};

/// A control message of the client, or of the bridge, reads back as itself.
pub fn control(bytes: &[u8]) {
    reads_back::<ClientMessage>(bytes);
    reads_back::<BridgeMessage>(bytes);
}

fn reads_back<T: DeserializeOwned + Serialize + PartialEq>(bytes: &[u8]) {
    if let Ok(message) = serde_json::from_slice::<T>(bytes) {
        let text = serde_json::to_string(&message).expect("it was read");
        assert!(serde_json::from_str::<T>(&text).ok() == Some(message), "{text}");
    }
}

/// A target has one form, which reads back as itself; a pattern permits only its own ports.
pub fn target(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(target) = text.parse::<Target>() {
        assert_eq!(target.to_string().parse(), Ok(target.clone()));
        assert!(target.port > 0);
        assert!(!Policy::default().may_resolve(&target));
    }
    if let Ok(patterns) = Pattern::parse(text) {
        let elsewhere: Target = "host.invalid:1".parse().expect("a target");
        let policy = Policy::new(patterns);
        let address = Ipv4Addr::LOCALHOST.into();
        assert!(!policy.permits(&elsewhere, address) || policy.may_resolve(&elsewhere));
    }
}

/// Where no flag lets more in, a request comes in only with a Host that means the machine itself,
/// and with no Origin or that of the page under this Host. The input is the Host, and after a line
/// feed the Origin, if there is one.
pub fn guard(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (host, origin) = match text.split_once('\n') {
        Some((host, origin)) => (host, Some(origin)),
        None => (text, None),
    };
    let guard = Guard::default();
    let local = Ipv4Addr::LOCALHOST.into();
    let comes_in = guard.check(Some(local), host, origin).is_ok();
    assert!(!comes_in || is_loopback(host), "the Host {host:?} came in");
    let known = guard.check(Some(local), host, None).is_ok();
    let is_own = origin.is_none_or(|origin| Guard::is_own_page(host, origin));
    assert_eq!(comes_in, known && is_own, "{host:?} with {origin:?}");
    if let Some(origin) = origin.filter(|_| comes_in) {
        let authority = origin.split_once("://").map(|(_, authority)| authority);
        assert!(authority.is_some_and(is_loopback), "the Origin {origin:?} came in");
    }
}

/// Whether a Host, with a port or without, is `localhost` or 127.0.0.1 in any of its forms. It is
/// read here by other means than the guard's.
fn is_loopback(host: &str) -> bool {
    let port_begins = host.trim_end_matches(|c: char| c.is_ascii_digit());
    let host = port_begins.strip_suffix(':').unwrap_or(host);
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    let v4 = match bare.trim_end_matches('.').parse() {
        Ok(IpAddr::V4(address)) => Some(address),
        // Mapped, or compatible (RFC 4291, section 2.5.5).
        Ok(IpAddr::V6(address)) => address.to_ipv4(),
        Err(_) => None,
    };
    host.eq_ignore_ascii_case("localhost") || v4 == Some(Ipv4Addr::LOCALHOST)
}

/// What `--origin` accepts has one form, which reads back as itself, and lets in the pages of that
/// very origin, and no others.
pub fn origin(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(origin) = text.parse::<Origin>() else { return };
    assert_eq!(origin.to_string().parse(), Ok(origin.clone()));
    let other: Origin = "http://host.invalid:1".parse().expect("an origin");
    let is_other = origin == other;
    let guard = Guard { origins: vec![origin], ..Guard::default() };
    let check =
        |origin| guard.check(Some(Ipv4Addr::LOCALHOST.into()), "localhost:8080", Some(origin));
    assert_eq!(check(text), Ok(()));
    assert_eq!(check("http://host.invalid:1").is_ok(), is_other);
}

/// A fault has one form, which reads back as itself, and its server on a connection comes to an
/// end, whatever the client sends. The input is the fault, and after a line feed what is sent.
pub fn fault(bytes: &[u8]) {
    let (text, sent) = match bytes.iter().position(|byte| *byte == b'\n') {
        Some(end) => (&bytes[..end], &bytes[end + 1..]),
        None => (bytes, &[][..]),
    };
    let Ok(text) = std::str::from_utf8(text) else { return };
    let Ok(fault) = text.parse::<Fault>() else { return };
    assert_eq!(fault.to_string().parse(), Ok(fault.clone()));
    assert!(!fault.listens() || fault.parts().iter().all(Fault::listens));
    let mut server = FaultBehavior::new(&fault);
    perform(&mut server);
    for piece in sent.split_inclusive(|byte| *byte == b'\n') {
        assert!(server.room() > 0);
        server.on_bytes(piece);
        perform(&mut server);
    }
    server.on_finish();
    perform(&mut server);
    assert!(server.is_over());
    assert_eq!(server.received(), u64::try_from(sent.len()).expect("it is in memory"));
}

/// Lets `server` do all that it can do now.
fn perform(server: &mut FaultBehavior) {
    let before = server.sent();
    let actions = std::iter::from_fn(|| server.next_action());
    let bytes: usize = actions
        .map(|action| match action {
            Action::Send(bytes) => {
                assert!(!bytes.is_empty());
                bytes.len()
            }
            _ => 0,
        })
        .sum();
    assert_eq!(server.sent() - before, u64::try_from(bytes).expect("it is in memory"));
}

/// A packet, of the link layer that the first two bytes number, opens into fields that are inside
/// of it, and is the same after it was written to a file.
pub fn packet(bytes: &[u8]) {
    let Some((&number, bytes)) = bytes.split_first_chunk() else { return };
    let Ok(link) = Link::from_number(u16::from_be_bytes(number)) else { return };
    let length = u32::try_from(bytes.len()).expect("fuzzers make no packets of 4 GiB");
    let frame = Frame { at_ns: 0, link, length, bytes: bytes.to_vec() };
    let Ok(packet) = Packet::decode(frame) else { return };
    for field in layers(&packet).iter().flat_map(|layer| &layer.fields) {
        assert!(field.bytes.end <= bytes.len());
    }
    let written = file::write(&Capture::of(packet.clone()), &About::default());
    let read = file::read(&written).expect("it was written");
    assert_eq!(read.captures[0].packets(), [packet]);
}

/// A file that is no capture is refused; of one that is, every row and stream can be shown, and what
/// stands before the place where it is cut off or damaged is a capture by itself.
pub fn capture(bytes: &[u8]) {
    let Ok(read) = file::read(bytes) else { return };
    assert!(!read.captures.is_empty());
    if let FileEnd::CutOff(at) | FileEnd::Damaged(at) = read.end {
        // What stands before that is a whole file with the same packets.
        let whole = file::read(&bytes[..at]).expect("it has packets");
        assert_eq!((whole.end, whole.captures), (FileEnd::Whole, read.captures.clone()));
    }
    for capture in &read.captures {
        let rows = (0..).map_while(|index| capture.row(index));
        assert_eq!(rows.count(), capture.packets().len());
        assert!(follow(capture).len() <= capture.packets().len());
    }
}

/// A link to the page, whatever it sets, has one form, which is read without complaint and as itself,
/// unless something in it is longer than a link holds, as a message may be once its invisible
/// characters are escaped.
pub fn link(bytes: &[u8]) {
    let Ok(fragment) = std::str::from_utf8(bytes) else { return };
    let (link, _) = PageLink::parse(fragment);
    if link.setup.as_ref().is_some_and(|setup| setup.too_long().is_some()) {
        return;
    }
    let printed = link.print();
    let (again, invalid) = PageLink::parse(&printed);
    assert_eq!(invalid, [], "{printed}");
    assert_eq!(again.print(), printed);
}

/// A file of runs is refused, or is the same after it was written.
pub fn runs(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(document) = runs_file::read(text) else { return };
    let written = runs_file::write(&document);
    assert_eq!(runs_file::read(&written), Ok(document), "{written}");
}
