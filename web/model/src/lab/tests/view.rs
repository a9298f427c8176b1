//! What the cards and the explanation show.

use echo_core::fault::{Fault, FaultKind, ParameterKind};

use crate::cause::Cause;
use crate::connection::ConnectionId;
use crate::copy::CopyState;
use crate::lab::explanation::ExplanationKind;
use crate::lab::observed_run::ObservedRun;
use crate::lab::outcome::Outcome;
use crate::lab::{CardView, Lab, LabRun};
use crate::terminal_command::Reader;

fn card(lab: &Lab, chosen: Option<FaultKind>, kind: FaultKind) -> CardView {
    let groups = lab.cards_view(chosen);
    groups.into_iter().flat_map(|group| group.cards).find(|card| card.kind == kind).unwrap()
}

fn lab_run(fault: &str) -> LabRun {
    let fault: Fault = fault.parse().unwrap();
    LabRun { id: ConnectionId::default(), fault, predicted: None, port: None, outcome: None }
}

#[test]
fn every_fault_has_a_card_with_a_field_for_each_parameter() {
    let groups = Lab::default().cards_view(None);
    let cards: Vec<_> = groups.iter().flat_map(|group| &group.cards).collect();
    assert_eq!(cards.len(), FaultKind::ALL.len());
    for card in cards {
        assert_eq!(card.fields.len(), card.kind.spec().parameters.len(), "{:?}", card.kind);
        assert_eq!(card.target, format!("lab/{}", card.kind.spec().example));
    }
}

#[test]
fn the_card_of_the_server_in_to_is_marked() {
    let groups = Lab::default().cards_view(Some(FaultKind::Reset));
    let chosen: Vec<_> = groups
        .iter()
        .flat_map(|group| &group.cards)
        .filter(|card| card.is_chosen)
        .map(|card| card.kind)
        .collect();
    assert_eq!(chosen, [FaultKind::Reset]);
}

#[test]
fn a_card_shows_what_was_typed_and_the_target_for_it() {
    let mut lab = Lab::default();
    lab.fields_mut(FaultKind::Split)[1] = "2000".into();
    let split = card(&lab, None, FaultKind::Split);
    assert_eq!(split.target, "lab/split:2:2s");
    let texts: Vec<_> = split.fields.iter().map(|field| &*field.text).collect();
    assert_eq!(texts, ["2", "2000"]);
}

#[test]
fn a_field_for_a_number_has_bounds_and_one_for_a_text_has_none() {
    let field = |kind| card(&Lab::default(), None, kind).fields.remove(0);
    let delay = field(FaultKind::Delay);
    assert_eq!((delay.kind, delay.bounds), (ParameterKind::Time, Some((0, Some(60_000)))));
    assert_eq!(field(FaultKind::Chaos).bounds, Some((0, None)));
    assert_eq!(field(FaultKind::Banner).bounds, None);
}

#[test]
fn the_explanation_comes_with_what_was_predicted() {
    let observed = ObservedRun {
        outcome: Outcome::NotReceived,
        cause: Some(Cause::EarlyEnd),
        stopper: None,
        sent: b"Hello!",
        reply: b"Hel",
    };
    for predicted in [None, Some(Outcome::Ok)] {
        let run = LabRun { predicted, ..lab_run("truncate:3") };
        let view = run.explanation_view(&observed);
        assert_eq!((view.predicted, view.outcome), (predicted, Outcome::NotReceived));
        assert_eq!(view.explanation.kind, ExplanationKind::CutShort);
    }
}

#[test]
fn the_server_can_be_started_in_a_terminal_unless_it_does_not_listen() {
    let reader = Reader { origin: "http://localhost:8080", program: "", flags: "", own_echo: None };
    let command = lab_run("truncate:3").command_view(&reader, None).unwrap();
    assert_eq!(&*command.text, "tcp-bridge echo --fault truncate:3 --listen localhost:0");
    assert_eq!(command.state, CopyState::Idle);
    assert_eq!(lab_run("refuse").command_view(&reader, None), None);
}
