//! Tests of how the page answers.

mod faults;
mod flow;
mod json;
mod matching;
mod ready_made;
mod replies;

use std::rc::Rc;

use super::*;

pub(super) const PEER: &str = "127.0.0.1:51234";

/// A rule whose texts are written with escapes.
pub(super) fn rule(when: When, pattern: &str, reply: &str) -> Rule {
    let (pattern, reply) = (TypedBytes::new(pattern), TypedBytes::new(reply));
    Rule { when, pattern, reply, ..Rule::default() }
}

fn answer(rules: impl IntoIterator<Item = Rule>) -> Answer {
    let set = RuleSet::new(rules.into_iter().collect()).unwrap();
    Answer::Rules(Rc::new(Rules::new(&set)))
}

/// What answers a connection that is established and takes any number of bytes.
pub(super) fn open(answer: &Answer) -> Responder {
    let mut responder = Responder::new(answer, PEER);
    assert_eq!(responder.handle(Input::Room(usize::MAX)), []);
    assert_eq!(responder.handle(Input::Established), []);
    responder
}

fn receive(responder: &mut Responder, bytes: &[u8]) -> Vec<Action> {
    responder.handle(Input::Bytes(bytes))
}

/// The actions but for [`Action::Consumed`].
fn without_consumed(mut actions: Vec<Action>) -> Vec<Action> {
    actions.retain(|action| !matches!(action, Action::Consumed(_)));
    actions
}

/// What the actions send.
pub(super) fn sent(actions: &[Action]) -> Vec<u8> {
    let sent = actions.iter().filter_map(|action| match action {
        Action::Send(bytes) => Some(bytes.as_slice()),
        _ => None,
    });
    sent.collect::<Vec<_>>().concat()
}

fn send(bytes: impl AsRef<[u8]>) -> Action {
    Action::Send(bytes.as_ref().to_vec())
}
