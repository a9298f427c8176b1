//! Targets over TLS.

use echo_core::wire::Certificate;

use super::*;
use crate::cause::Cause;
use crate::certificate::session;
use crate::connection::{Endpoint, Security};
use crate::export::Language;
use crate::inspector::sequence_diagram::{Arrows, PathPoint, TcpEvent};
use crate::lab::LabEvent;
use crate::lab::explanation::ExplanationKind;
use crate::lab::outcome::Outcome;
use crate::link::LinkEvent;
use crate::modes::conversation::ConversationState;
use crate::runs::RunsEvent;
use crate::runs::record::RunOutcome;
use crate::terminal_command::CommandPurpose;
use crate::time::Micros;
use crate::verdict::NextStep;

const TARGET: &str = "tls://localhost:8443";
const EXPIRED: &str = "invalid peer certificate: Expired";

fn certificate() -> Certificate {
    Certificate {
        subject: "CN=localhost".into(),
        issuer: "CN=Test CA".into(),
        names: vec!["localhost".into()],
        not_before: 0,
        not_after: 1_000,
        key: "ECDSA P-256".into(),
        sha256: "ab".repeat(32),
    }
}

fn secured(problem: Option<Kind>) -> BridgeMessage {
    BridgeMessage::Secured(session(problem, vec![certificate()]))
}

/// A page that has sent `Hello!` to a server over TLS, as far as the TCP connection.
fn reached() -> Page {
    reached_at(TARGET)
}

fn reached_at(target: &str) -> Page {
    let mut page = Page::with_bridge();
    page.on(Event::ToTyped(target.into()));
    page.connect("Hello!");
    page
}

/// The same, whose server sent it back, and finished.
fn replied() -> Page {
    let mut page = reached();
    page.say(secured(None));
    page.wrote(6, 4_000);
    page.bytes(b"Hello!");
    page.say(BridgeMessage::Finished { at_us: 5_000 });
    page
}

/// The latest request to open a connection.
fn opened(page: &Page) -> Option<(&str, Security)> {
    page.commands.iter().find_map(|command| match command {
        Command::Connect { endpoint: Endpoint::Target { name, security }, .. } => {
            Some((name.as_str(), *security))
        }
        _ => None,
    })
}

fn press_unverified(page: &mut Page) {
    page.on(Event::ConnectUnverifiedPressed { at: now(page.at) });
}

fn offers_unverified(page: &Page) -> bool {
    page.model.verdict_view().next_steps.contains(&NextStep::ConnectUnverified)
}

/// The steps that put an address into To.
fn targets(page: &Page) -> Vec<String> {
    let steps = page.model.verdict_view().next_steps;
    let target = |step: &NextStep| match step {
        NextStep::SetTarget(target) => Some(target.to_string()),
        _ => None,
    };
    steps.iter().filter_map(target).collect()
}

#[test]
fn nothing_is_sent_before_the_handshake_is_over() {
    let mut page = reached();
    assert_eq!(page.commands, []);
    assert_eq!(page.lines(), [] as [&str; 0]);
    assert!(page.model.is_running());
    page.say(secured(None));
    assert!(page.commands.contains(&page.send(b"Hello!")));
    assert_eq!(page.lines(), ["Successfully connected to server in port 8888"]);
}

#[test]
fn the_handshake_is_a_row_of_the_timeline_with_the_time_that_the_bridge_measured() {
    let mut page = reached();
    page.say(secured(None));
    let record = page.model.record().unwrap();
    let notes: Vec<_> = record
        .log
        .rows()
        .filter_map(|row| match &row.content {
            RowContent::Note(note) => Some((note.clone(), row.bridge_time())),
            _ => None,
        })
        .collect();
    let connected_us = 116;
    assert_eq!(notes[1], (Note::Secured(Micros(1_900)), Some(Micros(connected_us + 1_900))));
    let entries = page.model.inspector.listing().entries();
    let arrows: Vec<_> = entries.iter().map(|entry| Arrows::of(entry, record.log)).collect();
    let tcp = |place: usize| arrows[place].target.map(|arrow| arrow.what);
    assert_eq!(tcp(0), Some(TcpEvent::Syn));
    // The program's line stands in the row of the handshake: it is connected then.
    assert_eq!(tcp(1), Some(TcpEvent::Handshake(Some(Micros(1_900)))));
    assert_eq!((entries[1].row(), entries[1].last_row()), (1, 2));
}

#[test]
fn a_server_that_did_not_prove_who_it_is_is_not_connected_to_and_can_be_all_the_same_once() {
    for kind in [Kind::UnknownIssuer, Kind::Expired, Kind::NotYetValid, Kind::WrongName] {
        let mut page = reached();
        page.fail(Stage::Tls, kind, EXPIRED);
        assert!(
            matches!(page.verdict(), Verdict::NotConnected(Cause::Failed(Stage::Tls, it)) if it == kind)
        );
        assert_eq!(page.lines(), [&format!("Failed to connect: {EXPIRED}"), "Terminated."]);
        assert!(offers_unverified(&page));
        assert_eq!(page.model.tls_failure(), Some((kind, TARGET)));
        assert!(page.model.has_tls() && page.model.certificate_view().is_none());
        press_unverified(&mut page);
        assert_eq!(opened(&page), Some((TARGET, Security::UnverifiedTls)));
        page.receive(ConnectionEvent::Opened);
        page.say(connected());
        page.say(secured(Some(kind)));
        page.wrote(6, 4_000);
        page.bytes(b"Hello!");
        assert_eq!(page.model.certificate_view().unwrap().problem(0), Some(kind));
        // It is no setting: the next press verifies again.
        page.elapse(RunEvent::Quiet);
        page.press_send();
        assert_eq!(opened(&page), Some((TARGET, Security::Tls)));
    }
}

#[test]
fn the_certificates_of_a_handshake_that_failed_are_shown_until_the_next_one() {
    let mut page = reached();
    let failure = Failure::new(Stage::Tls, Kind::Expired, EXPIRED);
    page.say(BridgeMessage::Failed(Failure { chain: vec![certificate()], ..failure }));
    assert_eq!(page.model.tls_failure(), Some((Kind::Expired, TARGET)));
    let view = page.model.certificate_view().expect("the certificates");
    assert_eq!((view.handshake.chain(), view.is_open), (&[certificate()][..], false));
    assert_eq!((view.problem(0), &*view.host), (Some(Kind::Expired), "localhost"));
    page.on(Event::CertificateToggled);
    assert!(page.model.certificate_view().unwrap().is_open);
    // The next server showed none.
    page.press_send();
    assert!(!page.model.has_tls());
    page.receive(ConnectionEvent::Opened);
    page.say(connected());
    page.fail(Stage::Tls, Kind::NotTls, "it said `hello`");
    assert!(page.model.has_tls() && page.model.certificate_view().is_none());
}

#[test]
fn a_server_of_the_lab_over_tls_gets_nothing_before_its_handshake_and_can_be_unverified_once() {
    let target = "lab/expired";
    let mut page = Page::with_bridge();
    page.on(Event::ToTyped(target.into()));
    assert!(page.model.target_view().is_tls);
    page.on(Event::Lab(LabEvent::Predicted(Outcome::NotConnected)));
    page.set_message("Hello!");
    page.press_send();
    assert_eq!(opened(&page), Some((target, Security::Tls)));
    page.receive(ConnectionEvent::Opened);
    page.say(connected());
    assert_eq!(page.commands, []);
    assert_eq!(page.lines(), [] as [&str; 0]);
    page.fail(Stage::Tls, Kind::Expired, EXPIRED);
    assert!(!page.commands.contains(&page.send(b"Hello!")));
    let cause = Cause::Failed(Stage::Tls, Kind::Expired);
    assert!(matches!(page.verdict(), Verdict::NotConnected(it) if it == cause));
    assert_eq!(page.lines(), [&format!("Failed to connect: {EXPIRED}"), "Terminated."]);
    assert_eq!(page.model.verdict_view().is_as_predicted, Some(true));
    let explained = |page: &Page| page.model.lab_explanation_view().unwrap().explanation.kind;
    assert_eq!(explained(&page), ExplanationKind::CertificateExpired);
    assert!(offers_unverified(&page));
    press_unverified(&mut page);
    assert_eq!(opened(&page), Some((target, Security::UnverifiedTls)));
    page.receive(ConnectionEvent::Opened);
    page.say(connected());
    assert_eq!(page.lines(), [] as [&str; 0]);
    page.say(secured(Some(Kind::Expired)));
    assert!(page.commands.contains(&page.send(b"Hello!")));
    page.wrote(6, 4_000);
    page.bytes(b"Hello!");
    assert_eq!(page.model.certificate_view().unwrap().host, "localhost");
    assert_eq!(explained(&page), ExplanationKind::Unverified);
    // What was predicted was the outcome of a client that verifies.
    assert_eq!(page.model.verdict_view().is_as_predicted, None);
    page.elapse(RunEvent::Quiet);
    page.press_send();
    assert_eq!(opened(&page), Some((target, Security::Tls)));
}

#[test]
fn a_server_of_the_lab_that_leaves_without_close_notify_has_its_handshake_in_a_row() {
    let mut page = reached_at("lab/no-close-notify");
    assert_eq!(page.commands, []);
    page.say(secured(None));
    assert!(page.commands.contains(&page.send(b"Hello!")));
    page.wrote(6, 4_000);
    page.bytes(b"Hello!");
    page.fail(Stage::Read, Kind::Truncated, "peer closed connection without close_notify");
    assert_eq!(
        page.lines(),
        [
            "Successfully connected to server in port 8888",
            "Sent Hello, awaiting reply...",
            "Reply is ok!",
            "Terminated."
        ]
    );
    let record = page.model.record().unwrap();
    let is_row = |content: &RowContent| *content == RowContent::Note(Note::Secured(Micros(1_900)));
    assert_eq!(record.log.rows().filter(|row| is_row(&row.content)).count(), 1);
    let explained = page.model.lab_explanation_view().unwrap().explanation;
    assert_eq!(explained.kind, ExplanationKind::NoCloseNotify);
}

#[test]
fn a_failed_handshake_is_drawn_where_it_failed() {
    let mut page = reached();
    page.fail(Stage::Tls, Kind::Expired, EXPIRED);
    let record = page.model.record().unwrap();
    let entries = page.model.inspector.listing().entries();
    let arrows: Vec<_> = entries.iter().map(|entry| Arrows::of(entry, record.log)).collect();
    assert_eq!(arrows[1].target.map(|arrow| arrow.what), Some(TcpEvent::Handshake(None)));
    assert_eq!(arrows[1].end.map(|end| end.at), Some(PathPoint::Server));
}

#[test]
fn other_failures_offer_no_connection_without_verification() {
    for (stage, kind) in [
        (Stage::Tls, Kind::Handshake),
        (Stage::Tls, Kind::NotTls),
        (Stage::Tls, Kind::Timeout),
        (Stage::Connect, Kind::Refused),
    ] {
        let mut page = reached();
        page.fail(stage, kind, "no");
        assert!(!offers_unverified(&page), "{kind:?}");
    }
}

#[test]
fn once_to_names_another_server_there_is_no_connection_without_verification() {
    let mut page = reached();
    page.fail(Stage::Tls, Kind::Expired, EXPIRED);
    page.on(Event::ToTyped("tls://localhost:9443".into()));
    assert!(!offers_unverified(&page));
    press_unverified(&mut page);
    assert_eq!(opened(&page), None);
}

#[test]
fn an_interactive_connection_is_secured_before_it_is_used_and_can_be_unverified_once() {
    let mut page = Page::with_bridge();
    page.on(Event::ToTyped(TARGET.into()));
    page.choose(Mode::Interactive);
    page.on(Event::ConnectPressed { at: now(page.at) });
    assert_eq!(opened(&page), Some((TARGET, Security::Tls)));
    let interactive = |page: &Page| page.model.modes.interactive.as_ref().unwrap().id();
    let heard = |page: &mut Page, message| {
        page.receive_on(interactive(page), ConnectionEvent::Message(message));
    };
    page.receive_on(interactive(&page), ConnectionEvent::Opened);
    heard(&mut page, connected());
    let state =
        |page: &Page| page.model.modes.interactive.as_ref().unwrap().conversation.state.clone();
    assert_eq!(state(&page), ConversationState::Connecting);
    let failure = Failure::new(Stage::Tls, Kind::Expired, EXPIRED);
    heard(&mut page, BridgeMessage::Failed(failure));
    assert!(offers_unverified(&page));
    press_unverified(&mut page);
    assert_eq!(opened(&page), Some((TARGET, Security::UnverifiedTls)));
    heard(&mut page, connected());
    heard(&mut page, secured(Some(Kind::Expired)));
    assert!(matches!(state(&page), ConversationState::Connected { .. }));
    assert!(page.model.has_tls());
}

#[test]
fn a_load_test_verifies_its_servers_and_offers_nothing_else() {
    for target in [TARGET, "lab/expired"] {
        let mut page = Page::with_bridge();
        page.on(Event::ToTyped(target.into()));
        page.choose(Mode::Load);
        page.press_send();
        assert_eq!(opened(&page), Some((target, Security::Tls)));
        let ids: Vec<_> = page
            .commands
            .iter()
            .filter_map(|command| match command {
                Command::Connect { id, .. } => Some(*id),
                _ => None,
            })
            .collect();
        for id in ids {
            page.receive_on(id, ConnectionEvent::Opened);
            page.receive_on(id, ConnectionEvent::Message(connected()));
            let failure = Failure::new(Stage::Tls, Kind::Expired, EXPIRED);
            page.receive_on(id, ConnectionEvent::Message(BridgeMessage::Failed(failure)));
        }
        assert!(!page.model.is_running());
        assert!(!offers_unverified(&page));
        press_unverified(&mut page);
        assert_eq!(opened(&page), None);
    }
}

#[test]
fn a_plain_run_to_a_tls_server_offers_the_address_over_tls_and_sends_only_when_asked() {
    let mut page = Page::with_bridge();
    page.on(Event::ToTyped("localhost:8443".into()));
    page.connect("Hello!");
    page.wrote(6, 400);
    page.bytes(b"\x15\x03\x01\x00\x02\x02\x46");
    page.elapse(RunEvent::Quiet);
    assert_eq!(targets(&page), [TARGET]);
    page.on(Event::ToTyped(TARGET.into()));
    assert_eq!((page.model.target(), opened(&page)), (TARGET, None));
    page.press_send();
    assert_eq!(opened(&page), Some((TARGET, Security::Tls)));
}

#[test]
fn a_server_that_speaks_no_tls_is_offered_without_it() {
    let mut page = reached();
    page.fail(Stage::Tls, Kind::NotTls, "received corrupt message");
    assert_eq!(targets(&page), ["localhost:8443"]);
}

#[test]
fn to_shows_whether_bytes_will_be_encrypted() {
    let mut page = Page::with_bridge();
    assert!(!page.model.target_view().is_tls);
    page.on(Event::ToTyped(format!(" {TARGET}")));
    assert!(page.model.target_view().is_tls);
    // A name stands for what the bridge says.
    let mut info = info();
    info.targets
        .push(NamedTarget { name: "shop".into(), address: "tls://shop.example:443".into() });
    page.on_bridge_info(Ok(info));
    page.on(Event::ToTyped("shop".into()));
    assert!(page.model.target_view().is_tls);
    page.connect("Hello!");
    assert_eq!(page.lines(), [] as [&str; 0], "the handshake is awaited");
    page.say(secured(None));
    assert_eq!(page.model.certificate_view().unwrap().host, "shop.example");
}

#[test]
fn what_is_copied_speaks_tls_too() {
    let page = replied();
    let exports = page.model.exports().unwrap();
    let languages: Vec<_> = exports.programs.iter().map(|(language, _)| *language).collect();
    assert_eq!(languages, [Language::Rust, Language::Python, Language::OpenSsl, Language::Ncat]);
    let command = "(printf 'Hello!'; sleep 1) | ncat --ssl localhost 8443";
    assert_eq!(exports.command.as_deref(), Some(command));
    let same = page.model.verdict_view().why.next_steps;
    let step = NextStep::Command { purpose: CommandPurpose::DoTheSame, command: command.into() };
    assert_eq!(same, [step]);
}

/// The page on another visit, once the run is stored that is over on `page`.
fn later_visit(page: &mut Page) -> Page {
    let read_clock = page.for_runs.pop();
    let Some(Command::ReadClock(reply)) = read_clock else { panic!("{read_clock:?}") };
    page.on(reply(crate::command::WallClock { date_ms: 5_000.0, clock_step_ms: 0.1 }));
    let mut later = Page::with_bridge();
    later.store = Some(page.store.clone().expect("the run is stored"));
    later.on(Event::Runs(RunsEvent::StoreFound));
    later
}

#[test]
fn an_earlier_run_shows_its_handshake_and_its_certificates_and_no_secrets_are_stored() {
    let mut page = reached();
    let secret = "CLIENT_RANDOM 5ec4e7 5ec4e7";
    page.say(BridgeMessage::TlsSecrets { lines: format!("{secret}\n") });
    page.say(secured(None));
    page.wrote(6, 4_000);
    page.bytes(b"Hello!");
    page.elapse(RunEvent::Quiet);
    let mut later = later_visit(&mut page);
    let stored = page.store.clone().unwrap();
    assert!(
        stored.contains("Test CA") && !stored.contains("5ec4e7") && !stored.contains("secrets")
    );
    let (id, outcome) = {
        let run = later.model.runs.part().unwrap().state().list.iter().next().unwrap();
        (run.id, run.record.outcome)
    };
    assert_eq!(outcome, RunOutcome::Received);
    assert!(!later.model.has_tls());
    later.on(Event::Runs(RunsEvent::Chosen(id)));
    let view = later.model.certificate_view().expect("the certificates");
    assert_eq!(view.handshake.chain(), [certificate()]);
    let notes = later
        .model
        .record()
        .unwrap()
        .log
        .rows()
        .filter(|row| matches!(row.content, RowContent::Note(Note::Secured(Micros(1_900)))));
    assert_eq!(notes.count(), 1);
}

#[test]
fn an_earlier_run_shows_the_certificates_with_which_its_handshake_failed() {
    let mut page = reached();
    let names = (0..1_000).map(|number| format!("{number}.example")).collect();
    let chain = vec![Certificate { names, ..certificate() }; 10];
    let failure = Failure::new(Stage::Tls, Kind::Expired, EXPIRED);
    page.say(BridgeMessage::Failed(Failure { chain: chain.clone(), ..failure }));
    let mut later = later_visit(&mut page);
    let id = later.model.runs.part().unwrap().state().list.iter().next().unwrap().id;
    later.on(Event::Runs(RunsEvent::Chosen(id)));
    assert_eq!(later.model.tls_failure(), Some((Kind::Expired, TARGET)));
    let view = later.model.certificate_view().expect("the certificates");
    let shown = view.handshake.chain();
    assert_eq!((&*shown[0].subject, &shown[0].names[..2]), ("CN=localhost", &chain[0].names[..2]));
    assert!(shown.len() < chain.len(), "what is stored of them is bounded");
}

#[test]
fn links_requests_and_drafts_hold_the_address_and_never_that_nobody_was_verified() {
    let mut page = reached();
    page.fail(Stage::Tls, Kind::Expired, EXPIRED);
    press_unverified(&mut page);
    page.receive(ConnectionEvent::Opened);
    page.say(connected());
    page.say(secured(Some(Kind::Expired)));
    page.wrote(6, 4_000);
    page.bytes(b"Hello!");
    page.elapse(RunEvent::Quiet);
    page.on(Event::Link(LinkEvent::CopyPressed));
    let copied = page.commands.iter().find_map(|command| match command {
        Command::Copy { text, .. } => Some(text.clone()),
        _ => None,
    });
    let link = copied.expect("a link");
    assert!(
        link.contains("to=tls://localhost:8443") || link.contains("to=tls%3A%2F%2Flocalhost"),
        "{link}"
    );
    page.on(Event::PageHidden);
    let draft = format!("{:?}", page.commands);
    assert!(draft.contains("localhost:8443"), "{draft}");
    for text in [link, draft] {
        assert!(!text.to_lowercase().contains("verif"), "{text}");
    }
}
