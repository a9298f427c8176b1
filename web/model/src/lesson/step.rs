//! The steps: which fields of the page each sets, and when it is done.

use echo_core::payload::LineEnding;
use echo_core::wire::EchoServer;

use crate::Model;
use crate::inspector::Tab;
use crate::link::Setup;
use crate::modes::Mode;
use crate::run::{Phase, Run};
use crate::run_exchange::{ExchangeState, StoppedBy};
use echo_core::Line;
use echo_core::lines::TUTORIAL_MESSAGE;

/// A step of the lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Have an echo server.
    Server,
    /// Send a greeting from a terminal.
    Hello,
    /// Run the tutorial's client.
    Client,
    /// Run the client against servers with a fault.
    Break,
    /// Inspect the bytes of a message.
    Bytes,
}

/// The servers of [`Step::Break`], as targets of the lab: one for each way in which the tutorial's
/// client fails.
pub const BROKEN: [&str; 3] = ["lab/truncate:3", "lab/upper", "lab/late-fin"];

/// The fields that a step sets. All others get their defaults.
struct Fields {
    message: &'static str,
    ending: LineEnding,
    how: Mode,
}

const ONCE: Fields = Fields { message: "Hello!", ending: LineEnding::None, how: Mode::Once };

impl Step {
    /// All steps, in order.
    pub const ALL: [Self; 5] = [Self::Server, Self::Hello, Self::Client, Self::Break, Self::Bytes];

    /// Returns the number of the step, beginning with 1.
    #[must_use]
    pub fn number(self) -> u8 {
        self as u8 + 1
    }

    /// Returns the step that has this number.
    #[must_use]
    pub fn of(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.number() == number)
    }

    /// Returns the next step.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        Self::of(self.number() + 1)
    }

    /// Returns the previous step.
    #[must_use]
    pub fn back(self) -> Option<Self> {
        Self::of(self.number() - 1)
    }

    /// Returns the bit of the step in a bit set.
    pub(super) fn bit(self) -> u8 {
        1 << self as u8
    }

    /// Returns how the step sets the page up. `choice` is the index of the server in [`BROKEN`], which
    /// counts only at [`Step::Break`].
    #[must_use]
    pub fn setup(self, choice: usize) -> Setup {
        let Fields { message, ending, how } = match self {
            Self::Hello => {
                Fields { message: "Hello", ending: LineEnding::Lf, how: Mode::Interactive }
            }
            Self::Bytes => Fields { message: "你好", ..ONCE },
            Self::Server | Self::Client | Self::Break => ONCE,
        };
        let to = (self == Self::Break).then(|| BROKEN[choice % BROKEN.len()].to_owned());
        Setup { to, message: message.into(), ending, how, ..Setup::default() }
    }

    /// Whether it is done, by what is known now.
    pub(super) fn is_done(self, model: &Model) -> bool {
        match self {
            Self::Server => model.has_echo_server(),
            Self::Hello => model.a_terminal_came(),
            Self::Client => model.replied().is_some_and(says_the_tutorials_message),
            Self::Break => model.lesson.progress.broken_count() == BROKEN.len(),
            Self::Bytes => model.looked_at_bytes(),
        }
    }
}

fn says_the_tutorials_message(run: &Run) -> bool {
    run.message.whole() == Some(TUTORIAL_MESSAGE)
}

impl Model {
    /// The latest run, if it was begun since the step was opened and is over.
    fn run_of_step(&self) -> Option<&Run> {
        self.run.as_ref().filter(|run| run.id > self.lesson.since && !run.is_running())
    }

    /// The latest run, if the echo server sent all of it back since the step was opened.
    fn replied(&self) -> Option<&Run> {
        self.run_of_step().filter(|run| {
            run.target == self.echo_address
                && run.expected.is_none()
                && run.log.sentence() == Some(&Line::ReplyOk)
        })
    }

    /// That the bridge knows of one is enough, unless the learner is about to start one: then it
    /// must have answered.
    fn has_echo_server(&self) -> bool {
        let echo = self.bridge.info().map(|info| info.echo);
        let starts_one = self.lesson.release.is_under_way();
        match echo {
            Some(EchoServer::Own) => !starts_one,
            Some(EchoServer::External) => !starts_one || self.replied().is_some(),
            Some(EchoServer::Off) => self.replied().is_some(),
            Some(EchoServer::Released) | None => false,
        }
    }

    /// The page's own connections are the bridge's, and never count.
    fn a_terminal_came(&self) -> bool {
        let is_own = self.bridge.info().is_some_and(|info| info.echo == EchoServer::Own);
        let heard = self.lesson.heard.filter(|_| is_own);
        heard.is_some_and(|heard| {
            self.connection_log.connections.iter().any(|it| !it.bridge && it.id > heard)
        })
    }

    fn looked_at_bytes(&self) -> bool {
        let talked = |run: &Run| matches!(run.phase, Phase::Connected(_));
        self.inspector.tab == Tab::Bytes
            && self.modes.mode == Mode::Once
            && self.run_of_step().is_some_and(talked)
    }

    /// Which server of [`Step::Break`] the latest run has met, if it went to its end.
    pub(super) fn met(&self) -> Option<usize> {
        let run = self.run_of_step()?;
        let to_its_end = match &run.phase {
            Phase::Connected(talk) => talk.state != ExchangeState::Stopped(StoppedBy::Person),
            _ => false,
        };
        BROKEN.iter().position(|target| *target == run.target && to_its_end)
    }
}
