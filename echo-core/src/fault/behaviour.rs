//! What a server with a fault does on one connection.

use std::collections::VecDeque;
use std::mem;
use std::time::Duration;

use super::script::{Pace, Script};
use super::{Action, Fault};

/// How many bytes wait at most to be echoed, besides what one call of
/// [`on_bytes`](Misbehaviour::on_bytes) gave beyond its [`room`](Misbehaviour::room).
pub const MAX_HELD: usize = 256 * 1024;
/// How long a client says nothing before `extra` takes its message for whole.
pub const QUIET: Duration = Duration::from_millis(100);

/// A server with a fault, on one connection: bytes in, actions out; it knows no socket, no clock.
///
/// Whoever drives it carries out [`next_action`](Self::next_action) until there is none, then
/// reads, feeds what it read, and asks again. What it sends depends on the bytes that it is fed and
/// on what ends a pause, never on how the bytes were cut into pieces.
#[derive(Clone, Debug)]
pub struct Misbehaviour {
    script: Script,
    waiting: VecDeque<u8>,
    heard: u64,
    sent: u64,
    /// How many bytes are still to be added to what was echoed.
    owed: usize,
    /// The step before which it has just paused.
    rested_for: Option<Step>,
    finished: bool,
    over: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Greet,
    HangUp,
    Echo,
    Add,
    Finish,
}

impl Misbehaviour {
    /// A server with this fault, just connected. One that [refuses](Fault::listens) should not
    /// have been; it hangs up on the first byte.
    #[must_use]
    pub fn new(fault: &Fault) -> Self {
        Self {
            script: Script::of(fault),
            waiting: VecDeque::new(),
            heard: 0,
            sent: 0,
            owed: 0,
            rested_for: None,
            finished: false,
            over: false,
        }
    }

    /// How many bytes it should be fed at most now: none while [`MAX_HELD`] wait, so that the
    /// client feels that nobody reads. Once no action is left there always is some.
    #[must_use]
    pub fn room(&self) -> usize {
        MAX_HELD.saturating_sub(self.waiting.len())
    }

    /// The client said something.
    pub fn on_bytes(&mut self, bytes: &[u8]) {
        self.heard += bytes.len() as u64;
        if self.over || self.script.pace == Pace::Never {
            return;
        }
        self.waiting.extend(bytes);
        if self.script.pace == Pace::WhenFinished && self.room() == 0 {
            self.script.pace = Pace::AtOnce;
        }
    }

    /// The client sent FIN.
    pub fn on_finish(&mut self) {
        self.finished = true;
    }

    /// Whether it has hung up, so that no action will follow.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.over
    }

    /// How many bytes the client said.
    #[must_use]
    pub fn heard(&self) -> u64 {
        self.heard
    }

    /// How many bytes it sent, or was about to.
    #[must_use]
    pub fn sent(&self) -> u64 {
        self.sent
    }

    /// What to do next; `None` until the client says more or finishes, and once it is over.
    pub fn next_action(&mut self) -> Option<Action> {
        let step = self.next_step()?;
        match self.rest_before(step) {
            Some(rest) if self.rested_for != Some(step) => {
                self.rested_for = Some(step);
                Some(rest)
            }
            _ => {
                self.rested_for = None;
                Some(self.take(step))
            }
        }
    }

    fn next_step(&self) -> Option<Step> {
        let holds = self.script.pace == Pace::WhenFinished && !self.finished;
        if self.over {
            None
        } else if !self.script.greeting.is_empty() {
            Some(Step::Greet)
        } else if self.script.limit == Some(0) && self.heard > 0 {
            Some(Step::HangUp)
        } else if !self.waiting.is_empty() {
            Some(Step::Echo).filter(|_| !holds)
        } else if self.owed > 0 {
            Some(Step::Add)
        } else {
            Some(Step::Finish).filter(|_| self.finished)
        }
    }

    fn rest_before(&self, step: Step) -> Option<Action> {
        match (step, self.script.pace) {
            (Step::Echo, Pace::After(time)) => Some(Action::Pause(time)),
            (Step::Echo, Pace::Pieces { gap, .. }) if self.sent > 0 => Some(Action::Pause(gap)),
            (Step::Add, _) if !self.finished => Some(Action::Pause(QUIET)),
            (Step::HangUp, _) if self.script.resets && self.sent > 0 => Some(Action::Settle),
            _ => None,
        }
    }

    fn take(&mut self, step: Step) -> Action {
        match step {
            Step::Greet => {
                let greeting = mem::take(&mut self.script.greeting);
                self.send(greeting)
            }
            Step::Echo => self.echo(),
            Step::Add => {
                let added = vec![b'!'; mem::take(&mut self.owed)];
                self.send(added)
            }
            Step::HangUp if self.script.resets => self.hang_up(Action::Reset),
            Step::HangUp | Step::Finish => self.hang_up(Action::Fin),
        }
    }

    fn echo(&mut self) -> Action {
        let length = self.script.piece(self.waiting.len());
        let mut piece: Vec<u8> = self.waiting.drain(..length).collect();
        self.script.change(&mut piece);
        self.owed = self.script.extra;
        self.send(piece)
    }

    fn send(&mut self, bytes: Vec<u8>) -> Action {
        self.sent += bytes.len() as u64;
        Action::Send(bytes)
    }

    fn hang_up(&mut self, how: Action) -> Action {
        self.over = true;
        self.waiting = VecDeque::new();
        how
    }
}
