//! What answers a connection, without a socket and a clock.

use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

use echo_core::fault::{self, Fault, FaultBehavior, SETTLE};

use super::Answer;
use super::input::Unanswered;
use super::rule::Then;
use super::rules::{Matched, Rules};

/// Something that happened on a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input<'a> {
    /// The connection was accepted.
    Established,
    /// The peer sent these bytes. What is not [consumed](Action::Consumed) is held, so the driver
    /// bounds it by not acknowledging it: the bridge sends at most one window more.
    Bytes(&'a [u8]),
    /// The peer sent FIN, behind all bytes that were received.
    PeerFinished,
    /// The time of [`Action::Wait`] has elapsed.
    DelayElapsed,
    /// This many bytes can be sent now. It replaces what was said before, less what was sent since.
    Room(usize),
}

/// What is to be done on a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Send these bytes, of which there is at least one, and no more than there is
    /// [`Input::Room`] for.
    Send(Vec<u8>),
    /// This many more of the bytes that were received need no longer be held, so that the peer may
    /// send as many others.
    Consumed(usize),
    /// The rule with this index in its [`RuleSet`](super::RuleSet) matched. Its reply follows.
    Matched(usize),
    /// Report [`Input::DelayElapsed`] after this many milliseconds. Nothing is sent before, and no
    /// other wait begins.
    Wait(u32),
    /// Send FIN behind what was sent. What the peer still sends is consumed without an answer.
    Finish,
    /// Send RST. Nothing follows.
    Reset,
}

/// What answers one connection.
///
/// The driver passes on all that happens to [`handle`](Self::handle), and carries out the actions
/// that it returns, in their order.
#[derive(Debug)]
pub struct Responder {
    /// The peer's address, as `{peer}` writes it.
    peer: String,
    behavior: Behavior,
    /// What was received and is not consumed.
    held: VecDeque<u8>,
    /// What was decided on and is not done yet. It has the actions of one answer at most.
    planned: VecDeque<Action>,
    room: usize,
    is_waiting: bool,
    peer_finished: bool,
    is_over: bool,
}

/// The state of an [`Answer`] on one connection.
#[derive(Debug)]
enum Behavior {
    Echo,
    ByHand,
    Rules { rules: Rc<Rules>, input: Unanswered },
    Fault { fault: Fault, server: FaultBehavior, told_of_end: bool },
}

impl Behavior {
    fn new(answer: &Answer) -> Self {
        match answer {
            Answer::Echo => Self::Echo,
            Answer::ByHand => Self::ByHand,
            Answer::Rules(rules) => {
                Self::Rules { rules: Rc::clone(rules), input: Unanswered::default() }
            }
            Answer::Fault(fault) => Self::Fault {
                fault: fault.clone(),
                server: FaultBehavior::new(fault),
                told_of_end: false,
            },
        }
    }

    /// Returns whether this is the state of `answer`, so that it goes on as it is.
    fn is_of(&self, answer: &Answer) -> bool {
        match (self, answer) {
            (Self::Echo, Answer::Echo) | (Self::ByHand, Answer::ByHand) => true,
            (Self::Rules { rules, .. }, Answer::Rules(other)) => {
                Rc::ptr_eq(rules, other) || rules == other
            }
            (Self::Fault { fault, .. }, Answer::Fault(other)) => fault == other,
            _ => false,
        }
    }
}

impl Responder {
    /// Creates what answers a connection from `peer`, an address such as `127.0.0.1:51234`.
    #[must_use]
    pub fn new(answer: &Answer, peer: impl Into<String>) -> Self {
        Self {
            peer: peer.into(),
            behavior: Behavior::new(answer),
            held: VecDeque::new(),
            planned: VecDeque::new(),
            room: 0,
            is_waiting: false,
            peer_finished: false,
            is_over: false,
        }
    }

    /// Returns whether FIN or RST was sent, so that no action but [`Action::Consumed`] follows.
    #[cfg(test)]
    pub(crate) fn is_over(&self) -> bool {
        self.is_over
    }

    /// Returns how many bytes were received and are not consumed.
    #[cfg(test)]
    pub(crate) fn held(&self) -> usize {
        self.held.len()
    }

    /// Learns what happened, and returns what is to be done.
    #[must_use]
    pub fn handle(&mut self, input: Input<'_>) -> Vec<Action> {
        match input {
            Input::Established => self.greet(),
            Input::Bytes(bytes) => self.held.extend(bytes),
            Input::PeerFinished => self.peer_finished = true,
            Input::DelayElapsed => self.is_waiting = false,
            Input::Room(room) => self.room = room,
        }
        self.advance()
    }

    /// Answers in another way from now on. An answer that has begun is completed. What was received
    /// before and matched none of the earlier rules is forgotten: rules apply to what comes after
    /// they were changed. A fault begins as on a new connection.
    #[must_use]
    pub fn set_answer(&mut self, answer: &Answer) -> Vec<Action> {
        if !self.behavior.is_of(answer) {
            self.behavior = Behavior::new(answer);
        }
        self.advance()
    }

    /// Plans what the rules say of a new connection.
    fn greet(&mut self) {
        if let Behavior::Rules { rules, .. } = &self.behavior
            && let Some(matched) = rules.on_connect(&self.peer)
        {
            self.planned.extend(plan(matched));
        }
    }

    /// Does what can be done now.
    fn advance(&mut self) -> Vec<Action> {
        let mut actions = Vec::new();
        loop {
            self.perform_planned(&mut actions);
            if self.is_over {
                self.consume(self.held.len(), &mut actions);
                return actions;
            }
            self.feed_fault(&mut actions);
            if self.is_waiting || !self.planned.is_empty() || !self.plan_next(&mut actions) {
                return actions;
            }
        }
    }

    /// Carries out what was planned, as far as there is room and nothing is waited for.
    fn perform_planned(&mut self, actions: &mut Vec<Action>) {
        while !self.is_waiting
            && !self.is_over
            && let Some(action) = self.planned.pop_front()
        {
            match action {
                Action::Send(mut bytes) if bytes.len() > self.room => {
                    let rest = bytes.split_off(self.room);
                    self.planned.push_front(Action::Send(rest));
                    self.room = 0;
                    if !bytes.is_empty() {
                        actions.push(Action::Send(bytes));
                    }
                    return;
                }
                Action::Send(bytes) => {
                    self.room -= bytes.len();
                    actions.push(Action::Send(bytes));
                }
                Action::Wait(millis) => {
                    self.is_waiting = true;
                    actions.push(Action::Wait(millis));
                }
                Action::Finish | Action::Reset => {
                    self.is_over = true;
                    self.planned.clear();
                    actions.push(action);
                }
                Action::Matched(_) | Action::Consumed(_) => actions.push(action),
            }
        }
    }

    /// Plans the next actions. Returns whether there are any.
    fn plan_next(&mut self, actions: &mut Vec<Action>) -> bool {
        match &mut self.behavior {
            Behavior::Echo => {
                let count = self.held.len().min(self.room);
                if count > 0 {
                    let bytes = self.held.drain(..count).collect();
                    actions.push(Action::Consumed(count));
                    self.planned.push_back(Action::Send(bytes));
                }
            }
            Behavior::ByHand => {
                self.consume(self.held.len(), actions);
                return false;
            }
            Behavior::Rules { rules, input } => {
                while self.planned.is_empty() && !self.held.is_empty() {
                    let taken = input.take(self.held.make_contiguous());
                    self.held.drain(..taken);
                    actions.push(Action::Consumed(taken));
                    if let Some(matched) = rules.on_input(input, &self.peer) {
                        *input = Unanswered::default();
                        self.planned.extend(plan(matched));
                    }
                }
            }
            Behavior::Fault { server, .. } => {
                self.planned.extend(server.next_action().map(action));
                return !self.planned.is_empty();
            }
        }
        if self.planned.is_empty() && self.held.is_empty() && self.peer_finished {
            self.planned.push_back(Action::Finish);
        }
        !self.planned.is_empty()
    }

    /// Has a server with a fault read what it has room for, as it does while it waits, and while
    /// nothing is left to be done.
    fn feed_fault(&mut self, actions: &mut Vec<Action>) {
        let Behavior::Fault { server, told_of_end, .. } = &mut self.behavior else { return };
        if !self.is_waiting && !self.planned.is_empty() {
            return;
        }
        let count = self.held.len().min(server.room());
        if count > 0 {
            server.on_bytes(&self.held.make_contiguous()[..count]);
        }
        if self.peer_finished && count == self.held.len() && !*told_of_end {
            *told_of_end = true;
            server.on_finish();
        }
        self.consume(count, actions);
    }

    fn consume(&mut self, count: usize, actions: &mut Vec<Action>) {
        if count > 0 {
            self.held.drain(..count);
            actions.push(Action::Consumed(count));
        }
    }
}

/// Returns what a rule that matched has the page do, in order.
fn plan(matched: Matched) -> Vec<Action> {
    let Matched { rule, delay_ms, reply, then } = matched;
    let mut actions = vec![Action::Matched(rule)];
    if delay_ms > 0 {
        actions.push(Action::Wait(delay_ms));
    }
    let replies = !reply.is_empty();
    if replies {
        actions.push(Action::Send(reply));
    }
    match then {
        Then::KeepOpen => {}
        Then::Fin => actions.push(Action::Finish),
        Then::Reset => {
            // At an RST the kernel discards what it has not sent.
            if replies {
                actions.push(Action::Wait(millis(SETTLE)));
            }
            actions.push(Action::Reset);
        }
    }
    actions
}

/// Translates an action of a server with a fault.
fn action(action: fault::Action) -> Action {
    match action {
        fault::Action::Send(bytes) => Action::Send(bytes),
        fault::Action::Pause(time) => Action::Wait(millis(time)),
        // No page can ask the system what was acknowledged.
        fault::Action::Settle => Action::Wait(millis(SETTLE)),
        fault::Action::Fin => Action::Finish,
        fault::Action::Reset => Action::Reset,
    }
}

fn millis(time: Duration) -> u32 {
    u32::try_from(time.as_millis()).unwrap_or(u32::MAX)
}
