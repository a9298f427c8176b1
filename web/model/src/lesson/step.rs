//! The steps: which fields of the page each sets, and when it is done.

use echo_core::payload::LineEnding;

use crate::modes::Mode;
use crate::setup::{ServerSetup, Setup};

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
    /// Look at the bytes.
    Bytes,
    /// Be the server to which a terminal connects.
    Serve,
}

/// The servers of [`Step::Break`], as targets of the lab: one for each way in which the tutorial's
/// client fails.
pub const BROKEN: [&str; 3] = ["lab/truncate:3", "lab/upper", "lab/late-fin"];

impl Step {
    /// All steps, in order.
    pub const ALL: [Self; 6] =
        [Self::Server, Self::Hello, Self::Client, Self::Break, Self::Bytes, Self::Serve];
    /// The last step.
    pub const LAST: Self = Self::Serve;

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

    /// Returns whether the step is about something that is done in a terminal, so that the learner
    /// may have to tick it by hand.
    #[must_use]
    pub fn wants_terminal(self) -> bool {
        matches!(self, Self::Server | Self::Hello | Self::Serve)
    }

    /// Returns the bit of the step in a bit set.
    pub(super) fn bit(self) -> u8 {
        1 << self as u8
    }

    /// Returns how the step sets the page up. `choice` is the index of the server in [`BROKEN`], which
    /// counts only at [`Step::Break`].
    #[must_use]
    pub fn setup(self, choice: usize) -> Setup {
        let default = Setup::default();
        match self {
            Self::Server | Self::Client => default,
            Self::Hello => Setup {
                message: "Hello".into(),
                ending: LineEnding::Lf,
                mode: Mode::Interactive,
                ..default
            },
            Self::Break => Setup { to: Some(BROKEN[choice % BROKEN.len()].to_owned()), ..default },
            Self::Bytes => Setup { message: "你好".into(), ..default },
            Self::Serve => Setup { server: Some(ServerSetup::default()), ..default },
        }
    }
}
