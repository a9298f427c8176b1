//! How a misbehaving echo server misbehaves.
//!
//! A [`Fault`] has one text form, `truncate:3`, the same in flag, URL and page: it parses, and
//! prints back. What it does on one connection is a [`Misbehaviour`], which an echo server drives
//! without knowing one fault from another:
//!
//! ```
//! use echo_core::fault::{Action, Fault, Misbehaviour};
//!
//! let fault: Fault = "truncate:3".parse()?;
//! let mut server = Misbehaviour::new(&fault);
//! server.on_bytes(b"Hello!");
//! assert_eq!(server.next_action(), Some(Action::Send(b"Hel".to_vec())));
//! assert_eq!(server.next_action(), Some(Action::Fin));
//! assert_eq!(server.next_action(), None);
//! # Ok::<(), echo_core::fault::Mistake>(())
//! ```
//!
//! Bytes and offsets count over the whole connection, not for each message: TCP knows none.

mod action;
mod behaviour;
mod bounds;
mod chaos;
mod mistake;
mod script;
#[cfg(test)]
mod tests;
mod text;

pub use action::{Action, SETTLE};
pub use behaviour::{MAX_HELD, Misbehaviour, QUIET};
pub use bounds::{Bounded, Count, Greeting, MAX_GREETING, MAX_TIME, Size, Time};
pub use mistake::{Expected, Mistake, MistakeKind};

/// The text form of every fault, for a help text.
pub const FORMS: [&str; 12] = [
    "truncate:N",
    "reset:N",
    "corrupt:OFFSET",
    "upper",
    "delay:TIME",
    "split:SIZE:GAP",
    "extra:N",
    "banner:TEXT",
    "silent",
    "late-fin",
    "refuse",
    "chaos:SEED",
];

/// One way in which an echo server misbehaves.
///
/// Until it hangs up, it answers the client's FIN with its own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Fault {
    /// `truncate:N`: echoes N bytes, then sends FIN. It waits for a first byte even where N is 0,
    /// so that the client gets to speak.
    Truncate(Count),
    /// `reset:N`: the same with RST.
    Reset(Count),
    /// `corrupt:OFFSET`: flips the lowest bit of the byte at this offset, the first being 0.
    Corrupt(Count),
    /// `upper`: makes ASCII letters upper-case.
    Upper,
    /// `delay:TIME`: waits so long before it answers, each time anew.
    Delay(Time),
    /// `split:SIZE:GAP`: echoes in pieces of SIZE bytes, with GAP between.
    Split {
        /// The longest piece, in bytes.
        size: Size,
        /// The wait between two pieces.
        gap: Time,
    },
    /// `extra:N`: when the client has finished, or says nothing more for [`QUIET`], it adds N `!`
    /// to what it echoed.
    Extra(Size),
    /// `banner:TEXT`: speaks first. TEXT is in [`Escapes`](crate::payload::Mode::Escapes).
    Banner(Greeting),
    /// `silent`: accepts, reads, and never answers.
    Silent,
    /// `late-fin`: answers only after the client's FIN, or once [`MAX_HELD`] bytes wait: from then
    /// on it echoes as they come.
    LateFin,
    /// `refuse`: nothing listens.
    Refuse,
    /// `chaos:SEED`: some of the others at once, always the same for the same seed.
    Chaos(u64),
}

impl Fault {
    /// The name it begins with in its text form.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Truncate(_) => "truncate",
            Self::Reset(_) => "reset",
            Self::Corrupt(_) => "corrupt",
            Self::Upper => "upper",
            Self::Delay(_) => "delay",
            Self::Split { .. } => "split",
            Self::Extra(_) => "extra",
            Self::Banner(_) => "banner",
            Self::Silent => "silent",
            Self::LateFin => "late-fin",
            Self::Refuse => "refuse",
            Self::Chaos(_) => "chaos",
        }
    }

    /// Whether there is a listener at all: not for `refuse`.
    #[must_use]
    pub fn listens(&self) -> bool {
        *self != Self::Refuse
    }

    /// What it is made of: for `chaos` one to four other faults, that all listen and contradict
    /// each other in nothing; else itself alone.
    #[must_use]
    pub fn parts(&self) -> Vec<Self> {
        match self {
            Self::Chaos(seed) => chaos::parts(*seed),
            fault => vec![fault.clone()],
        }
    }
}
