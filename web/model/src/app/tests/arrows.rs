//! What the sequence diagram draws of each way in which a run or an interactive connection ends:
//! exactly these arrows, and none of what did not happen.

use echo_core::wire::Address;

use super::*;
use crate::connection::EndRequest;
use crate::inspector::sequence_diagram::{
    Arrow, Arrows, Evidence, PageMessage, PathPoint, TcpEvent,
};
use crate::transcript::Direction;

const RESET: &str = "Connection reset by peer (os error 104)";

/// The rows of the diagram, each in a few signs: the arrow between page and bridge, then that
/// between bridge and server (in parentheses if it is inferred), then where the path ended.
fn drawn(page: &Page) -> Vec<String> {
    let record = page.model.record().expect("a run");
    let entries = page.model.inspector.listing().entries();
    let arrows = entries.iter().map(|entry| Arrows::of(entry, record.log));
    arrows.filter(|it| *it != Arrows::default()).map(row).collect()
}

fn row(Arrows { page, target, end }: Arrows) -> String {
    let message = |what: PageMessage| match what {
        PageMessage::Open => "WebSocket".into(),
        PageMessage::Accepted => "accepted".into(),
        PageMessage::Bytes(bytes) => format!("{bytes} B"),
        PageMessage::End(EndRequest::Finish) => "finish".into(),
        PageMessage::End(EndRequest::Close) => "Close".into(),
        PageMessage::End(EndRequest::Reset) => "reset".into(),
        PageMessage::Finished => "finished".into(),
        PageMessage::Failed => "failed".into(),
        PageMessage::Closed => "closed".into(),
    };
    let event = |what: TcpEvent| match what {
        TcpEvent::Bytes(bytes) => format!("{bytes} B"),
        TcpEvent::Syn => "SYN".into(),
        TcpEvent::Connect => "connect".into(),
        TcpEvent::Handshake(_) => "TLS".into(),
        TcpEvent::Fin => "FIN".into(),
        TcpEvent::Rst => "RST".into(),
    };
    let end = end.map(|end| match end.at {
        PathPoint::Page => "╳ page".into(),
        PathPoint::Bridge => "╳ bridge".into(),
        PathPoint::Server => "╳ server".into(),
    });
    let signs = [page.map(|it| arrow(it, message)), target.map(|it| arrow(it, event)), end];
    signs.into_iter().flatten().collect::<Vec<String>>().join(" ")
}

fn arrow<T: Copy>(arrow: Arrow<T>, label: impl Fn(T) -> String) -> String {
    let label = label(arrow.what);
    let arrow_text = match arrow.way {
        Direction::Sent => format!("{label}→"),
        Direction::Received => format!("←{label}"),
    };
    match arrow.evidence {
        Evidence::Measured(_) => arrow_text,
        Evidence::Inferred => format!("({arrow_text})"),
    }
}

/// A page whose message is written, with the three lines of it.
fn written() -> Page {
    let mut page = Page::connected("Hello!");
    page.wrote(6, 400);
    page
}

const OPENED: &str = "WebSocket→ SYN→";
const WROTE: &str = "6 B→ 6 B→";

fn read(page: &mut Page, bytes: &[u8], at_us: u64) {
    page.say(BridgeMessage::Read { bytes: bytes.len() as u64, at_us });
    page.bytes(bytes);
}

#[test]
fn a_reply_and_the_servers_fin() {
    let mut page = written();
    read(&mut page, b"Hello!", 463);
    page.say(BridgeMessage::Finished { at_us: 900 });
    assert_eq!(drawn(&page), [OPENED, WROTE, "←6 B ←6 B", "finish→ (FIN→)", "←finished ←FIN"]);
}

#[test]
fn a_unix_socket_is_connected_to_without_a_syn() {
    let mut page = Page::with_bridge();
    page.type_message("Hello!");
    page.press_send();
    page.receive(ConnectionEvent::Opened);
    let (local, peer) = (Address::unix(""), Address::unix("/run/echo.sock"));
    page.say(BridgeMessage::Connected { local, peer, resolve_us: 0, connect_us: 85 });
    assert_eq!(drawn(&page), ["WebSocket→ connect→", "6 B→"]);
}

#[test]
fn a_fin_before_the_reply_is_complete() {
    let mut page = written();
    read(&mut page, b"Hel", 463);
    page.say(BridgeMessage::Finished { at_us: 900 });
    assert_eq!(drawn(&page), [OPENED, WROTE, "←3 B ←3 B", "←finished ←FIN", "Close→ (FIN→)"]);
}

#[test]
fn a_reset_before_and_after_the_verdict() {
    let mut page = written();
    page.fail(Stage::Read, Kind::Reset, RESET);
    assert_eq!(drawn(&page), [OPENED, WROTE, "←failed ←RST"]);
    let mut page = written();
    read(&mut page, b"Hello!", 463);
    page.fail(Stage::Read, Kind::Reset, RESET);
    let all = [OPENED, WROTE, "←6 B ←6 B", "finish→ (FIN→)", "←failed ←RST"];
    assert_eq!(drawn(&page), all);
}

#[test]
fn a_dial_that_did_not_take_place() {
    for (stage, kind) in [
        (Stage::Policy, Kind::Malformed),
        (Stage::Policy, Kind::Forbidden),
        (Stage::Policy, Kind::ForbiddenAddress),
        (Stage::Resolve, Kind::NotFound),
        (Stage::Resolve, Kind::Timeout),
        (Stage::Resolve, Kind::TooMany),
        (Stage::Resolve, Kind::Internal),
        (Stage::Connect, Kind::Unreachable),
        (Stage::Connect, Kind::Internal),
        (Stage::Limit, Kind::TooMany),
        (Stage::Shutdown, Kind::ShuttingDown),
        (Stage::Shutdown, Kind::Restarting),
        (Stage::Operator, Kind::Ended),
    ] {
        for mode in [Mode::Once, Mode::Interactive] {
            let mut page = dialling(mode);
            fail(&mut page, stage, kind);
            assert_eq!(drawn(&page), ["WebSocket→ ╳ bridge"], "{stage:?} {kind:?} {mode:?}");
        }
    }
}

#[test]
fn a_dial_that_was_refused_or_not_answered() {
    for kind in [Kind::Refused, Kind::Timeout] {
        for mode in [Mode::Once, Mode::Interactive] {
            let mut page = dialling(mode);
            fail(&mut page, Stage::Connect, kind);
            assert_eq!(drawn(&page), ["WebSocket→ (SYN→) ╳ server"], "{kind:?} {mode:?}");
        }
    }
}

#[test]
fn a_failure_of_a_connection_that_the_server_did_not_cause() {
    for (stage, kind) in [
        (Stage::Idle, Kind::Timeout),
        (Stage::Limit, Kind::TooBig),
        (Stage::Protocol, Kind::Malformed),
        (Stage::Protocol, Kind::NotUtf8),
        (Stage::Shutdown, Kind::ShuttingDown),
        (Stage::Shutdown, Kind::Restarting),
        (Stage::Operator, Kind::Ended),
    ] {
        let mut page = written();
        page.fail(stage, kind, "because");
        assert_eq!(drawn(&page), [OPENED, WROTE, "←failed (RST→)"], "{stage:?} {kind:?}");
    }
}

#[test]
fn a_bridge_that_is_not_there_or_is_lost() {
    for answer in [Err(BridgeError::NotThere), Err(BridgeError::Refused)] {
        let mut page = Page::with_bridge();
        page.press_send();
        page.close(1006);
        page.on_bridge_info(answer);
        assert_eq!(drawn(&page), ["╳ page"]);
    }
    let mut page = written();
    page.close(1006);
    assert_eq!(drawn(&page), [OPENED, WROTE, "╳ page"]);
    let mut page = dialling(Mode::Once);
    page.close(1001);
    assert_eq!(drawn(&page), ["╳ page"]);
}

#[test]
fn a_close_code_without_a_word() {
    let mut page = dialling(Mode::Once);
    page.close(1013);
    assert_eq!(drawn(&page), ["WebSocket→ ╳ bridge"]);
    let mut page = written();
    page.close(1011);
    assert_eq!(drawn(&page), [OPENED, WROTE, "←closed"]);
}

#[test]
fn a_page_that_waits_no_longer() {
    let mut page = written();
    page.elapse(RunEvent::LimitReached);
    assert_eq!(drawn(&page), [OPENED, WROTE, "Close→ (FIN→)"]);
    let mut page = written();
    page.press_stop();
    assert_eq!(drawn(&page), [OPENED, WROTE, "Close→ (FIN→)"]);
    let mut page = dialling(Mode::Once);
    page.press_stop();
    assert_eq!(drawn(&page), [""; 0]);
}

#[test]
fn a_reply_of_any_bytes() {
    let anything = || {
        let mut page = Page::with_bridge();
        let kind = crate::expected_reply::ExpectedReplyKind::Anything;
        page.on(Event::ExpectedReplyChosen(kind));
        page.connect("Hello!");
        page.wrote(6, 400);
        read(&mut page, b"Hi", 463);
        page
    };
    let moved = [OPENED, WROTE, "←2 B ←2 B"];
    let all = |rest: &[&'static str]| [&moved, rest].concat();
    for event in [RunEvent::Quiet, RunEvent::LimitReached] {
        let mut page = anything();
        page.elapse(event);
        assert_eq!(drawn(&page), all(&["Close→ (FIN→)"]));
    }
    let mut page = anything();
    page.say(BridgeMessage::Finished { at_us: 900 });
    assert_eq!(drawn(&page), all(&["←finished ←FIN", "Close→ (FIN→)"]));
    let mut page = anything();
    page.fail(Stage::Read, Kind::Reset, RESET);
    assert_eq!(drawn(&page), all(&["←failed ←RST"]));
}

#[test]
fn the_endings_of_an_interactive_connection() {
    let mut page = interactive();
    page.on(Event::Modes(ModesEvent::FinishPressed { at: now(page.at) }));
    say(&mut page, BridgeMessage::Finished { at_us: 900 });
    assert_eq!(drawn(&page), [OPENED, "finish→ (FIN→)", "←finished ←FIN"]);
    let mut page = interactive();
    page.on(Event::Modes(ModesEvent::ResetPressed { at: now(page.at) }));
    assert_eq!(drawn(&page), [OPENED, "reset→ (RST→)"]);
    let mut page = interactive();
    page.on(Event::Modes(ModesEvent::DisconnectPressed { at: now(page.at) }));
    assert_eq!(drawn(&page), [OPENED, "Close→ (FIN→)"]);
    let mut page = interactive();
    fail(&mut page, Stage::Read, Kind::Reset);
    assert_eq!(drawn(&page), [OPENED, "←failed ←RST"]);
    let mut page = interactive();
    socket(&mut page, ConnectionEvent::Closed { code: 1006, reason: String::new() });
    assert_eq!(drawn(&page), [OPENED, "╳ page"]);
}

/// A page that waits for a connection in this mode, with the WebSocket open.
fn dialling(mode: Mode) -> Page {
    let mut page = Page::with_bridge();
    page.choose(mode);
    match mode {
        Mode::Once | Mode::Load => page.press_send(),
        Mode::Interactive => page.on(Event::ConnectPressed { at: now(page.at) }),
    }
    socket(&mut page, ConnectionEvent::Opened);
    page
}

/// A page with an interactive connection.
fn interactive() -> Page {
    let mut page = dialling(Mode::Interactive);
    say(&mut page, connected());
    page
}

fn socket(page: &mut Page, event: ConnectionEvent) {
    let id = page.model.record().expect("a connection").id;
    page.receive_on(id, event);
}

fn say(page: &mut Page, message: BridgeMessage) {
    socket(page, ConnectionEvent::Message(message));
}

fn fail(page: &mut Page, stage: Stage, kind: Kind) {
    say(page, BridgeMessage::Failed(Failure::new(stage, kind, "because")));
}
