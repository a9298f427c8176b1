//! The behavior of a server with a fault on one connection.

use std::collections::VecDeque;
use std::mem;
use std::time::Duration;

use super::action::Action;
use super::definition::Fault;
use super::script::{Pace, Script};

/// The most bytes that wait to be echoed, apart from those that one call of
/// [`on_bytes`](FaultBehavior::on_bytes) adds beyond its [`room`](FaultBehavior::room).
pub const MAX_HELD: usize = 256 * 1024;
/// How long a client has to be quiet before [`Fault::Extra`] considers its message complete.
pub const QUIET: Duration = Duration::from_millis(100);

/// The state of a server with a fault on one connection, without a socket or a clock.
///
/// The driver carries out [`next_action`](Self::next_action) until it returns `None`, then reads
/// from the client, passes the bytes to [`on_bytes`](Self::on_bytes), and starts again. What the
/// server sends depends on these bytes and on what arrives during a pause, but not on how the bytes
/// are divided into reads.
#[derive(Clone, Debug)]
pub struct FaultBehavior {
    script: Script,
    waiting: VecDeque<u8>,
    received: u64,
    sent: u64,
    /// The number of bytes that are still to be appended to what was echoed.
    to_append: usize,
    /// The step for which the pause is already over.
    paused_before: Option<Step>,
    client_finished: bool,
    over: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Send the greeting.
    Greet,
    /// End the connection because the limit is reached.
    HangUp,
    /// Echo what waits.
    Echo,
    /// Append bytes to what was echoed.
    Append,
    /// Answer the client's FIN.
    Finish,
}

impl FaultBehavior {
    /// Creates the state of a server with this fault on a new connection. A fault that does not
    /// [listen](Fault::listens) should have no connection; it resets it at the first byte.
    #[must_use]
    pub fn new(fault: &Fault) -> Self {
        Self {
            script: Script::of(fault),
            waiting: VecDeque::new(),
            received: 0,
            sent: 0,
            to_append: 0,
            paused_before: None,
            client_finished: false,
            over: false,
        }
    }

    /// Returns how many bytes the driver may read and feed now: none while [`MAX_HELD`] wait, so
    /// that TCP's flow control stops the client. It is not 0 once no action is left.
    #[must_use]
    pub fn room(&self) -> usize {
        MAX_HELD.saturating_sub(self.waiting.len())
    }

    /// Takes bytes that the client sent.
    pub fn on_bytes(&mut self, bytes: &[u8]) {
        self.received += bytes.len() as u64;
        if self.over || self.script.pace == Pace::Never {
            return;
        }
        self.waiting.extend(bytes);
        if self.script.pace == Pace::WhenFinished && self.room() == 0 {
            self.script.pace = Pace::AtOnce;
        }
    }

    /// Notes that the client sent FIN.
    pub fn on_finish(&mut self) {
        self.client_finished = true;
    }

    /// Returns whether the server has ended the connection, so that no action follows.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.over
    }

    /// Returns how many bytes the client sent.
    #[must_use]
    pub fn received(&self) -> u64 {
        self.received
    }

    /// Returns how many bytes the actions so far send.
    #[must_use]
    pub fn sent(&self) -> u64 {
        self.sent
    }

    /// Returns the next action, or `None` if nothing is to be done until the client sends more or
    /// FIN, or if the connection is over.
    pub fn next_action(&mut self) -> Option<Action> {
        let step = self.next_step()?;
        match self.pause_before(step) {
            Some(pause) if self.paused_before != Some(step) => {
                self.paused_before = Some(step);
                Some(pause)
            }
            _ => {
                self.paused_before = None;
                Some(self.perform(step))
            }
        }
    }

    fn next_step(&self) -> Option<Step> {
        let holds = self.script.pace == Pace::WhenFinished && !self.client_finished;
        if self.over {
            None
        } else if !self.script.greeting.is_empty() {
            Some(Step::Greet)
        } else if self.script.limit == Some(0) && self.received > 0 {
            Some(Step::HangUp)
        } else if !self.waiting.is_empty() {
            Some(Step::Echo).filter(|_| !holds)
        } else if self.to_append > 0 {
            Some(Step::Append)
        } else {
            Some(Step::Finish).filter(|_| self.client_finished)
        }
    }

    fn pause_before(&self, step: Step) -> Option<Action> {
        match (step, self.script.pace) {
            (Step::Echo, Pace::After(time)) => Some(Action::Pause(time)),
            (Step::Echo, Pace::Pieces { gap, .. }) if self.sent > 0 => Some(Action::Pause(gap)),
            (Step::Append, _) if !self.client_finished => Some(Action::Pause(QUIET)),
            (Step::HangUp, _) if self.script.resets && self.sent > 0 => Some(Action::Settle),
            _ => None,
        }
    }

    fn perform(&mut self, step: Step) -> Action {
        match step {
            Step::Greet => {
                let greeting = mem::take(&mut self.script.greeting);
                self.send(greeting)
            }
            Step::Echo => self.echo(),
            Step::Append => {
                let appended = vec![b'!'; mem::take(&mut self.to_append)];
                self.send(appended)
            }
            Step::HangUp if self.script.resets => self.hang_up(Action::Reset),
            Step::HangUp | Step::Finish => self.hang_up(Action::Fin),
        }
    }

    fn echo(&mut self) -> Action {
        let length = self.script.piece(self.waiting.len());
        let mut piece: Vec<u8> = self.waiting.drain(..length).collect();
        self.script.change(&mut piece);
        self.to_append = self.script.extra;
        self.send(piece)
    }

    fn send(&mut self, bytes: Vec<u8>) -> Action {
        self.sent += bytes.len() as u64;
        Action::Send(bytes)
    }

    fn hang_up(&mut self, action: Action) -> Action {
        self.over = true;
        self.waiting = VecDeque::new();
        action
    }
}
