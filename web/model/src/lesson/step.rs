//! The steps, as data: which fields each sets, and when it is done.

use echo_core::payload::LineEnding;

use crate::modes::Mode;
use crate::setup::Setup;

/// A step of the lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// An echo server.
    Server,
    /// Say Hello.
    Hello,
    /// The Rust client.
    Client,
    /// Break it.
    Break,
    /// Look at the bytes.
    Bytes,
}

/// The servers of [`Step::Break`], as targets of the lab: one for each way in which a client of
/// `read_exact` ends badly.
pub const BROKEN: [&str; 3] = ["lab/truncate:3", "lab/upper", "lab/late-fin"];

/// What a step sets; what it leaves out is at its default.
struct Fields {
    message: &'static str,
    ending: LineEnding,
    how: Mode,
}

const ONCE: Fields = Fields { message: "Hello!", ending: LineEnding::None, how: Mode::Once };

impl Step {
    /// All of them, in their order.
    pub const ALL: [Self; 5] = [Self::Server, Self::Hello, Self::Client, Self::Break, Self::Bytes];

    /// Its number, from 1.
    #[must_use]
    pub fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The step of this number.
    #[must_use]
    pub fn of(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.number() == number)
    }

    /// The step after it.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        Self::of(self.number() + 1)
    }

    /// The step before it.
    #[must_use]
    pub fn back(self) -> Option<Self> {
        Self::of(self.number() - 1)
    }

    /// Its bit among others.
    pub(super) fn bit(self) -> u8 {
        1 << self as u8
    }

    /// What it sets; `choice` is the server of [`Step::Break`].
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
}
