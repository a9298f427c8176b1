//! The model: what each side has said and what is in the way, what a session may therefore end with,
//! and whether it must have ended.

use echo_core::wire::{Kind, Party, Stage};
use proptest::prelude::*;
use proptest_state_machine::ReferenceStateMachine;
use tokio::time::Duration;

use super::command::{AWAIT_CLOSE, Break, Command, Setup, Wrong, any_command, any_setup};
use crate::relay::{CLOSE_TIMEOUT, Dialect, Ending};
use crate::stream::simulated::End;

/// The idle timeout of the sessions that have one.
pub(super) const IDLE: Duration = Duration::from_mins(5);
/// After so long a client that answers nothing may have been pinged and given up.
const SILENCE: Duration = Duration::from_secs(39);
/// What a step itself may take of the time, all in all.
const SLACK: Duration = Duration::from_secs(10);

/// What the client has said last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Nothing,
    Finish,
    Reset,
    Close,
    Wrong,
    Broken(Break),
}

/// How a session may end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Finished(Party),
    ClientClosed,
    ClientReset,
    ClientVanished,
    Failed(Stage, Kind),
}

impl Outcome {
    pub(super) fn of(ending: &Ending) -> Self {
        match ending {
            Ending::Finished { by } => Self::Finished(*by),
            Ending::ClientClosed => Self::ClientClosed,
            Ending::ClientReset => Self::ClientReset,
            Ending::ClientVanished(_) => Self::ClientVanished,
            Ending::Failed(failure) => Self::Failed(failure.stage, failure.kind),
        }
    }
}

#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each side changes by itself")]
pub(super) struct Model {
    pub(super) setup: Setup,
    pub(super) said: Said,
    /// Whether the bridge has read the client's last word for sure.
    pub(super) is_heard: bool,
    /// Whether the bridge may have read a Close of a client whose connection then broke.
    may_have_closed: bool,
    /// Whether the client's finish has reached the target for sure.
    has_delivered_finish: bool,
    pub(super) client_stalls: bool,
    pub(super) holds_acks: bool,
    pub(super) target_end: Option<End>,
    /// Whether the target has sent FIN, and the bridge has read it for sure.
    has_sent_fin: bool,
    is_fin_read: bool,
    pub(super) target_stalls: bool,
    /// Which of both may have finished last.
    last: Vec<Party>,
    /// How long the client may have been silent, and how long no byte may have moved.
    silence: Duration,
    stillness: Duration,
    /// What the session may have ended with by now.
    pub(super) allowed: Vec<Outcome>,
    /// Whether it must have ended.
    pub(super) is_over: bool,
}

impl Model {
    fn new(setup: Setup) -> Self {
        Self {
            setup,
            said: Said::Nothing,
            is_heard: true,
            may_have_closed: false,
            has_delivered_finish: false,
            client_stalls: false,
            holds_acks: false,
            target_end: None,
            has_sent_fin: false,
            is_fin_read: false,
            target_stalls: false,
            last: vec![Party::Client, Party::Target],
            silence: Duration::ZERO,
            stillness: Duration::ZERO,
            allowed: Vec::new(),
            is_over: false,
        }
    }

    fn is_control(&self) -> bool {
        self.setup.dialect == Dialect::Control
    }

    fn keeps_window(&self) -> bool {
        self.is_control() && !self.setup.overruns
    }

    /// Whether nothing keeps the client's bytes from the target, once the bridge has them.
    pub(super) fn flows_up(&self) -> bool {
        !(self.target_stalls || self.setup.trace && self.client_stalls)
    }

    /// Whether the bridge reads what its client sends.
    pub(super) fn reads_client(&self) -> bool {
        self.flows_up() || self.keeps_window()
    }

    /// Whether what the client is told to do is on its way at once, since no window is in the way.
    pub(super) fn acts(&self) -> bool {
        if self.keeps_window() {
            self.flows_up() && !self.client_stalls
        } else {
            self.reads_client()
        }
    }

    /// Whether nothing keeps the target's bytes from the client.
    pub(super) fn flows_down(&self) -> bool {
        let acknowledges = !self.holds_acks && self.reads_client();
        !self.client_stalls && (!self.is_control() || acknowledges)
    }

    /// Whether nobody has done what may lose bytes.
    pub(super) fn is_orderly(&self) -> bool {
        let client = matches!(self.said, Said::Nothing | Said::Finish | Said::Close);
        client && self.target_end != Some(End::Reset)
    }

    fn may_end(&mut self, outcome: Outcome, must: bool) {
        if !self.allowed.contains(&outcome) {
            self.allowed.push(outcome);
        }
        self.is_over |= must;
    }

    /// Draws the consequences once nothing moves any more, `time` having passed before.
    fn settle(&mut self, time: Duration) {
        let is_late = time >= CLOSE_TIMEOUT + Duration::from_millis(100);
        let has_fin = self.target_end == Some(End::Fin);
        self.is_heard |= if self.said == Said::Reset { self.reads_client() } else { self.acts() };
        if let Said::Broken(_) = self.said {
            // What the bridge has not read of a stalled window it can still read.
            self.is_heard |= self.reads_client();
        }
        self.is_fin_read |= has_fin && self.flows_down();
        let is_raw_end = !self.is_control() && has_fin;
        if is_raw_end {
            let must = self.flows_down() && (self.acts() || is_late);
            self.may_end(Outcome::Finished(Party::Target), must);
            if self.target_stalls {
                self.may_end(Outcome::Failed(Stage::Write, Kind::Timeout), false);
            }
        }
        self.settle_client(is_late, is_raw_end);
        self.settle_target();
        self.settle_time(time);
    }

    fn settle_client(&mut self, is_late: bool, is_raw_end: bool) {
        let is_delivered = self.is_heard && self.flows_up();
        match self.said {
            Said::Nothing => {}
            Said::Finish => {
                self.has_delivered_finish |= is_delivered;
                if self.target_end == Some(End::Fin) {
                    let must = is_delivered && self.flows_down();
                    for by in self.last.clone() {
                        self.may_end(Outcome::Finished(by), must);
                    }
                }
            }
            Said::Reset => self.may_end(Outcome::ClientReset, self.is_heard),
            Said::Close => {
                self.may_end(Outcome::ClientClosed, is_delivered && !is_raw_end);
                self.is_over |= is_delivered;
            }
            Said::Wrong => {
                let outcome = Outcome::Failed(Stage::Protocol, Kind::Malformed);
                self.may_end(outcome, self.is_heard && (is_delivered || is_late));
            }
            Said::Broken(_) => {
                let is_late = is_late && !self.may_have_closed;
                let must = self.is_heard && (is_delivered || is_late);
                self.may_end(Outcome::ClientVanished, must);
            }
        }
    }

    fn settle_target(&mut self) {
        if self.target_end == Some(End::Reset) {
            // After FIN nothing is read from the target that would tell.
            let must = self.flows_down() && !self.has_sent_fin;
            for stage in [Stage::Read, Stage::Write] {
                self.may_end(Outcome::Failed(stage, Kind::Reset), false);
            }
            self.is_over |= must;
        }
    }

    fn settle_time(&mut self, time: Duration) {
        self.stillness += time;
        self.silence = if self.client_stalls { self.silence + time } else { Duration::ZERO };
        if self.silence >= SILENCE {
            self.may_end(Outcome::ClientVanished, false);
        }
        if self.setup.is_bounded && self.stillness + SLACK >= IDLE {
            self.may_end(Outcome::Failed(Stage::Idle, Kind::Timeout), time >= IDLE + SLACK);
        }
    }

    /// Notes that both sides have finished, and in which order as far as that is certain.
    fn note_finish(&mut self, by: Party) {
        let (is_other_done, is_sure) = match by {
            Party::Client => (self.target_end == Some(End::Fin), self.is_fin_read),
            _ => (self.said == Said::Finish, self.has_delivered_finish),
        };
        if is_other_done && is_sure {
            self.last = vec![by];
        }
    }
}

/// Returns whether a command makes sense.
pub(super) fn is_possible(model: &Model, command: &Command) -> bool {
    let is_control = model.is_control();
    let is_open = model.said == Said::Nothing;
    let may_close = is_open || model.said == Said::Finish;
    match command {
        Command::ClientSends(_) => is_open,
        Command::ClientFinishes => is_open && is_control,
        Command::ClientResets => may_close && is_control,
        Command::ClientCloses | Command::ClientPings => may_close,
        Command::ClientErrs(wrong) => may_close && (is_control || *wrong == Wrong::Frame),
        Command::ClientBreaks(_) => may_close || model.said == Said::Close,
        Command::ClientStalls(stalls) => *stalls != model.client_stalls,
        Command::ClientHoldsAcks(holds) => *holds != model.holds_acks && is_control,
        Command::TargetSends(_) | Command::TargetFinishes => model.target_end.is_none(),
        Command::TargetResets => model.target_end != Some(End::Reset),
        Command::TargetStalls(stalls) => *stalls != model.target_stalls,
        Command::Passes(_) | Command::Stops(_) => true,
    }
}

impl ReferenceStateMachine for Model {
    type State = Self;
    type Transition = Command;

    fn init_state() -> BoxedStrategy<Self> {
        any_setup().prop_map(Self::new).boxed()
    }

    fn transitions(model: &Self) -> BoxedStrategy<Command> {
        if model.is_over {
            return Just(AWAIT_CLOSE).boxed();
        }
        any_command(model.setup.pipe).boxed()
    }

    fn preconditions(model: &Self, command: &Command) -> bool {
        is_possible(model, command)
    }

    fn apply(mut model: Self, command: &Command) -> Self {
        if model.is_over {
            return model;
        }
        let mut time = Duration::ZERO;
        match *command {
            Command::ClientSends(_) | Command::TargetSends(_) => {
                // At once, if nothing is in the way; if something is, it may be later.
                if model.acts() && model.flows_down() {
                    model.stillness = Duration::ZERO;
                }
            }
            Command::ClientPings => {}
            Command::ClientFinishes => {
                model.note_finish(Party::Client);
                model.say(Said::Finish);
            }
            Command::ClientResets => model.say(Said::Reset),
            Command::ClientCloses => model.say(Said::Close),
            Command::ClientErrs(_) => model.say(Said::Wrong),
            Command::ClientBreaks(how) => {
                let was_closed = model.said == Said::Close;
                if was_closed {
                    model.may_have_closed = true;
                    model.may_end(Outcome::ClientClosed, false);
                }
                if !(was_closed && model.is_heard) {
                    model.say(Said::Broken(how));
                }
            }
            Command::ClientStalls(stalls) => model.client_stalls = stalls,
            Command::ClientHoldsAcks(holds) => model.holds_acks = holds,
            Command::TargetFinishes => {
                model.note_finish(Party::Target);
                model.target_end = Some(End::Fin);
                model.has_sent_fin = true;
            }
            Command::TargetResets => {
                model.target_end = Some(End::Reset);
                // A write fails at once.
                model.target_stalls = false;
            }
            Command::TargetStalls(stalls) => model.target_stalls = stalls,
            Command::Passes(passed) => time = passed,
            Command::Stops(reason) => {
                let failure = reason.failure();
                model.may_end(Outcome::Failed(failure.stage, failure.kind), true);
            }
        }
        model.settle(time);
        model
    }
}

impl Model {
    fn say(&mut self, word: Said) {
        self.said = word;
        self.is_heard = false;
    }
}
