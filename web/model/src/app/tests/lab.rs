//! The lab, as the rest of the page works with it.

use echo_core::fault::FaultKind;
use echo_core::wire::{Address, BridgeMessage, Failure, Info, Kind, NamedTarget, Stage};

use crate::bridge::BridgeEvent;
use crate::command::{Command, Response};
use crate::connection::{self, ConnectionEvent, Endpoint, EventKind, Security};
use crate::field::{Field, FieldError};
use crate::lab::LabEvent;
use crate::lab::explanation::ExplanationKind;
use crate::lab::outcome::Outcome;
use crate::link::LinkEvent;
use crate::menu::{Menu, MenuEvent};
use crate::modes::{Mode, ModesEvent};
use crate::time::{PageTime, at_ms};
use crate::{Event, Lang, Model};

struct Page(Model);

impl Page {
    fn new() -> Self {
        let (model, _) = Model::new(Lang::En, "http://localhost:8080".into());
        let mut page = Self(model);
        let echo = NamedTarget { name: "echo".into(), address: "localhost:8888".into() };
        let info = Info {
            version: String::new(),
            targets: vec![echo],
            echo: echo_core::wire::EchoServer::Own,
            echo_log: echo_core::wire::EchoLog::Full,
            max_message: 1024,
            lan: None,
            capture: None,
            program: String::new(),
            flags: String::new(),
            token: String::new(),
            listen: Vec::new(),
        };
        page.on(Event::Bridge(BridgeEvent::Answered(Response {
            at: PageTime::default(),
            result: Ok(serde_json::to_vec(&info).unwrap()),
        })));
        page
    }

    fn to(target: &str) -> Self {
        let mut page = Self::new();
        page.on(Event::ToTyped(target.into()));
        page
    }

    fn on(&mut self, event: Event) -> Vec<Command<Event>> {
        self.0.update(event)
    }

    fn lab(&mut self, event: LabEvent) -> Vec<Command<Event>> {
        self.on(Event::Lab(event))
    }

    fn fill(&mut self, kind: FaultKind, parameter: usize, text: &str) {
        self.lab(LabEvent::FieldChanged { kind, parameter, text: text.into() });
    }

    fn send(&mut self) -> Vec<Command<Event>> {
        self.on(Event::SendPressed { at: at_ms(1.0) })
    }

    fn receive(&mut self, event: ConnectionEvent) {
        let id = self.0.modes.run.as_ref().unwrap().id();
        let event = connection::Event { id, at: at_ms(2.0), kind: EventKind::Socket(event) };
        self.on(Event::Modes(ModesEvent::Connection(event)));
    }

    /// A run of `Hello!` that a server cuts short.
    fn cut_short(&mut self, reply: &[u8]) {
        self.send();
        let address: Address = "127.0.0.1:8888".parse().unwrap();
        self.receive(ConnectionEvent::Message(BridgeMessage::Connected {
            local: address.clone(),
            peer: address,
            resolve_us: 1,
            connect_us: 1,
        }));
        self.receive(ConnectionEvent::Message(BridgeMessage::Wrote {
            bytes: 6,
            began_us: Some(400),
            at_us: 403,
        }));
        self.receive(ConnectionEvent::Bytes(reply.to_vec()));
        self.receive(ConnectionEvent::Message(BridgeMessage::Finished { at_us: 900 }));
    }

    fn explanation(&self) -> Option<ExplanationKind> {
        Some(self.0.lab_explanation_view()?.explanation.kind)
    }
}

#[test]
fn a_card_that_is_chosen_sets_to_and_gives_the_focus_back() {
    let mut page = Page::new();
    page.on(Event::Menu(MenuEvent::Toggled(Menu::Lab)));
    page.fill(FaultKind::Truncate, 0, "4");
    assert_eq!(page.0.target(), "localhost:8888");
    let commands = page.lab(LabEvent::FaultChosen(FaultKind::Truncate));
    assert_eq!(commands, [Command::Dom(Menu::Lab.focus())]);
    assert_eq!((page.0.target(), page.0.menus.open), ("lab/truncate:4", None));
    page.lab(LabEvent::EchoChosen);
    assert_eq!(page.0.target(), "localhost:8888");
}

#[test]
fn to_follows_what_is_filled_in_on_its_card_even_over_a_mistake() {
    let mut page = Page::new();
    page.lab(LabEvent::FaultChosen(FaultKind::Split));
    for (typed, target) in [("", "lab/split:2:ms"), ("1000", "lab/split:2:1s")] {
        page.fill(FaultKind::Split, 1, typed);
        assert_eq!(page.0.target(), target);
    }
    page.fill(FaultKind::Truncate, 0, "5");
    assert_eq!(page.0.target(), "lab/split:2:1s");
}

#[test]
fn cards_that_are_opened_have_in_them_what_was_typed_in_to() {
    let mut page = Page::to("lab/split:3:2s");
    page.on(Event::Menu(MenuEvent::Toggled(Menu::Lab)));
    assert_eq!(page.0.lab.fields(FaultKind::Split)[..], ["3", "2000"]);
    assert_eq!(page.0.chosen_fault(), Some(FaultKind::Split));
}

#[test]
fn a_fault_with_a_mistake_is_not_sent_to_in_any_way() {
    let wrong = FieldError { field: Field::To, selection: Some(13..14) };
    for mode in Mode::ALL {
        let mut page = Page::to("lab/truncate:x");
        page.on(Event::Modes(ModesEvent::Chosen { at: at_ms(0.0), mode }));
        assert_eq!(page.send(), [Command::Dom(wrong.clone().focus())], "{mode:?}");
        let connect = page.on(Event::ConnectPressed { at: at_ms(1.0) });
        assert_eq!(connect, [Command::Dom(wrong.clone().focus())], "{mode:?}");
        assert_eq!(page.0.invalid_field, Some(Field::To));
    }
}

#[test]
fn the_session_is_opened_to_the_fault_as_it_was_typed() {
    let mut page = Page::to(" lab/truncate:3 ");
    let commands = page.send();
    let target = Endpoint::Target { name: "lab/truncate:3".into(), security: Security::Plain };
    let opens = |it: &Command<Event>| matches!(it, Command::Connect { endpoint, .. } if *endpoint == target);
    assert!(commands.iter().any(opens), "{commands:?}");
}

#[test]
fn a_prediction_is_asked_for_where_the_tutorials_client_is_run_against_the_lab() {
    let mut page = Page::new();
    assert!(!page.0.can_predict());
    page.on(Event::ToTyped("lab/upper".into()));
    assert!(page.0.can_predict());
    page.on(Event::Modes(ModesEvent::Chosen { at: at_ms(0.0), mode: Mode::Load }));
    assert!(!page.0.can_predict());
    page.on(Event::Modes(ModesEvent::Chosen { at: at_ms(0.0), mode: Mode::Once }));
    page.on(Event::ExpectedReplyChosen(crate::expected_reply::ExpectedReplyKind::Anything));
    assert!(!page.0.can_predict());
    page.send();
    assert!(page.0.lab_run().is_none());
}

#[test]
fn a_prediction_holds_for_its_target_alone() {
    let mut page = Page::to("lab/truncate:3");
    page.lab(LabEvent::Predicted(Outcome::Ok));
    assert_eq!(page.0.prediction(), Some(Outcome::Ok));
    page.fill(FaultKind::Truncate, 0, "4");
    assert_eq!(page.0.prediction(), None);
}

#[test]
fn prediction_and_ending_stand_side_by_side_once_the_run_is_over() {
    let mut page = Page::to("lab/truncate:3");
    page.lab(LabEvent::Predicted(Outcome::Ok));
    page.cut_short(b"Hel");
    let lab_run = page.0.lab_run().unwrap();
    assert_eq!(lab_run.predicted, Some(Outcome::Ok));
    assert_eq!(lab_run.outcome, Some(Outcome::NotReceived));
    assert_eq!(page.explanation(), Some(ExplanationKind::CutShort));
    // What is predicted for the next run does not reach back.
    page.lab(LabEvent::Predicted(Outcome::NotReceived));
    page.on(Event::ToTyped("lab/upper".into()));
    assert_eq!(page.0.lab_run().unwrap().predicted, Some(Outcome::Ok));
}

#[test]
fn a_prediction_is_told_beside_the_verdict() {
    let mut page = Page::to("lab/truncate:3");
    page.cut_short(b"Hel");
    let view = page.0.verdict_view();
    assert_eq!((view.is_as_predicted, view.why.has_explanation), (None, true));
    for (predicted, agrees) in [(Outcome::Ok, false), (Outcome::NotReceived, true)] {
        page.lab(LabEvent::Predicted(predicted));
        page.send();
        assert_eq!(page.0.verdict_view().is_as_predicted, None);
        page.cut_short(b"Hel");
        assert_eq!(page.0.verdict_view().is_as_predicted, Some(agrees));
    }
}

#[test]
fn a_refused_connection_is_explained_with_the_port_that_refused() {
    let mut page = Page::to("lab/refuse");
    page.send();
    page.receive(ConnectionEvent::Message(BridgeMessage::Connecting {
        target: "lab/refuse".into(),
        address: "127.0.0.1:40123".parse().unwrap(),
    }));
    page.receive(ConnectionEvent::Message(BridgeMessage::Failed(Failure::new(
        Stage::Connect,
        Kind::Refused,
        "Connection refused (os error 111)",
    ))));
    let view = page.0.lab_explanation_view().unwrap();
    let line = view.explanation.line.code(view.port);
    assert_eq!(line, r#"TcpStream::connect("localhost:40123")"#);
}

#[test]
fn nothing_is_explained_while_the_run_goes_on_nor_where_it_is_not_seen() {
    let mut page = Page::to("lab/truncate:3");
    page.send();
    assert!(page.0.lab_run().is_some() && page.explanation().is_none());
    page.on(Event::StopPressed { at: at_ms(3.0) });
    // It was stopped before it was connected: that is no ending of the client's.
    assert!(page.explanation().is_none());
    page.cut_short(b"Hel");
    page.on(Event::Modes(ModesEvent::Chosen { at: at_ms(4.0), mode: Mode::Interactive }));
    assert!(page.0.lab_run().is_none());
    page.on(Event::Modes(ModesEvent::Chosen { at: at_ms(4.0), mode: Mode::Once }));
    page.on(Event::ToTyped("localhost:8888".into()));
    page.send();
    assert!(page.0.lab_run().is_none());
}

#[test]
fn while_a_connection_stays_its_target_does() {
    let mut page = Page::to("lab/upper");
    page.on(Event::Modes(ModesEvent::Chosen { at: at_ms(0.0), mode: Mode::Interactive }));
    page.on(Event::ConnectPressed { at: at_ms(1.0) });
    assert!(page.0.modes.is_locked());
    page.lab(LabEvent::FaultChosen(FaultKind::Truncate));
    page.lab(LabEvent::EchoChosen);
    assert_eq!(page.0.target(), "lab/upper");
}

#[test]
fn a_link_carries_a_server_of_the_lab() {
    let mut page = Page::to("lab/truncate:3");
    assert_eq!(page.0.link().unwrap(), "http://localhost:8080/#to=lab/truncate:3");
    page = Page::new();
    page.on(Event::Link(LinkEvent::Opened("to=lab/truncate:3".into())));
    assert!(page.0.can_predict() && page.0.modes.run.is_none());
}
