//! The faults and their arguments.

use super::argument::Argument;
use super::bounds::{Count, Greeting, Size, Time};

/// A fault of an echo server, with its arguments.
///
/// Until the server ends the connection, it answers the client's FIN with its own.
#[derive(Clone, Debug, PartialEq, Eq, Hash, strum::EnumDiscriminants)]
#[strum_discriminants(
    name(FaultKind),
    doc = "The kind of a [`Fault`], without its arguments.",
    derive(Hash, strum::VariantArray)
)]
pub enum Fault {
    /// Echoes this many bytes, then sends FIN. The server waits for a first byte even if the number
    /// is 0, so that the client can send its message.
    Truncate(Count),
    /// Echoes this many bytes, then sends RST. The server waits for a first byte even if the number
    /// is 0.
    Reset(Count),
    /// Flips the lowest bit of the byte at this offset. The first byte has offset 0.
    Corrupt(Count),
    /// Converts ASCII letters to upper case.
    Upper,
    /// Waits this long before each answer.
    Delay(Time),
    /// Echoes in pieces, with pauses between them.
    Split {
        /// The length of the longest piece, in bytes.
        size: Size,
        /// The pause between two pieces.
        gap: Time,
    },
    /// Appends this many `!` to what was echoed, once the client has sent FIN or has been quiet for
    /// [`QUIET`](super::QUIET).
    Extra(Size),
    /// Sends this text before the client has sent anything. The text form is written with
    /// [`Escapes`](crate::payload::Notation::Escapes).
    Banner(Greeting),
    /// Accepts the connection and reads, but never answers.
    Silent,
    /// Answers only after the client's FIN. Once [`MAX_HELD`](super::MAX_HELD) bytes wait, the
    /// server echoes them, and from then on whatever comes.
    LateFin,
    /// Does not listen, so that connections are refused.
    Refuse,
    /// Shows a certificate that has expired. This and the following four speak TLS, or are taken to.
    Expired,
    /// Shows a certificate for another name.
    WrongName,
    /// Shows a certificate that nobody signed but its own key.
    SelfSigned,
    /// Speaks no TLS.
    Plaintext,
    /// Ends the connection without `close_notify` (RFC 8446, section 6.1).
    NoCloseNotify,
    /// Combines several other faults, which this seed selects. The same seed always selects the
    /// same faults.
    Chaos(u64),
}

impl Fault {
    /// Returns the kind of this fault.
    #[must_use]
    pub fn kind(&self) -> FaultKind {
        self.into()
    }

    /// Returns the arguments, in the order of
    /// [`FaultSpec::parameters`](super::FaultSpec::parameters).
    #[must_use]
    pub fn arguments(&self) -> Vec<Argument<'_>> {
        match self {
            Self::Truncate(count) | Self::Reset(count) | Self::Corrupt(count) => {
                vec![Argument::Count(*count)]
            }
            Self::Delay(time) => vec![Argument::Time(*time)],
            Self::Split { size, gap } => vec![Argument::Size(*size), Argument::Time(*gap)],
            Self::Extra(size) => vec![Argument::Size(*size)],
            Self::Banner(greeting) => vec![Argument::Text(greeting)],
            Self::Chaos(seed) => vec![Argument::Seed(*seed)],
            Self::Upper
            | Self::Silent
            | Self::LateFin
            | Self::Refuse
            | Self::Expired
            | Self::WrongName
            | Self::SelfSigned
            | Self::Plaintext
            | Self::NoCloseNotify => vec![],
        }
    }

    /// Returns whether clients connect to a server with this fault over TLS.
    #[must_use]
    pub fn is_over_tls(&self) -> bool {
        self.kind().is_over_tls()
    }

    /// Returns whether a server with this fault speaks TLS, which all do to which clients connect
    /// over TLS, but [`Fault::Plaintext`].
    #[must_use]
    pub fn server_speaks_tls(&self) -> bool {
        self.is_over_tls() && *self != Self::Plaintext
    }

    /// Returns `true` if a server with this fault listens for connections, which all but
    /// [`Fault::Refuse`] do.
    #[must_use]
    pub fn listens(&self) -> bool {
        *self != Self::Refuse
    }
}
