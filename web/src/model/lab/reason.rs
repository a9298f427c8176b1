//! Why a run ended so, and which line of the client decided it.

use echo_core::fault::Fault;
use echo_core::wire::Stage;

use super::super::cause::Cause;
use super::super::talk::Stopper;
use super::ending::Ending;
use super::explain::Told;

/// Why, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It hangs up only after as many bytes as the client reads, or more.
    HangsUpLater,
    /// The byte that it changes lies behind the message.
    ChangesLater,
    /// The message has no letter that it changes.
    NoSmallLetters,
    /// What it adds is never read.
    Unread,
    /// It took its time, and the client waited.
    Late,
    /// The pieces were put together.
    Joined,
    /// The message fits into one piece.
    OnePiece,
    /// The greeting is as good as the message.
    GreetedAlike,
    /// The message is longer than it holds back.
    HeldTooMuch,
    /// Several faults, of which none is to be seen.
    NoneSeen,
    /// A byte was changed.
    Changed,
    /// Letters were made capitals.
    Capitals,
    /// The greeting came first.
    Greeted,
    /// It sent FIN too early.
    CutShort,
    /// It sent RST.
    Reset,
    /// Nothing listens.
    Refused,
    /// It never answers.
    Silent,
    /// It waits for FIN, and the client for it.
    Deadlock,
    /// It was slower than this page waits.
    TooLate,
    /// Somebody waited less long than it takes.
    StoppedBefore,
    /// This is not what the fault leads to.
    SomethingElse,
}

impl Reason {
    /// Why a server with this fault led to what happened.
    pub(super) fn of(fault: &Fault, told: &Told) -> Self {
        match (fault, told.ending) {
            (Fault::Truncate(_) | Fault::Reset(_), Ending::Ok) => Self::HangsUpLater,
            (Fault::Corrupt(_), Ending::Ok) => Self::ChangesLater,
            (Fault::Upper, Ending::Ok) => Self::NoSmallLetters,
            (Fault::Extra(_), Ending::Ok) => Self::Unread,
            (Fault::Delay(_), Ending::Ok) => Self::Late,
            (Fault::Split { size, .. }, Ending::Ok) if size.get() as usize >= told.sent.len() => {
                Self::OnePiece
            }
            (Fault::Split { .. }, Ending::Ok) => Self::Joined,
            (Fault::Banner(_), Ending::Ok) => Self::GreetedAlike,
            (Fault::LateFin, Ending::Ok) => Self::HeldTooMuch,
            (Fault::Corrupt(_), Ending::Unexpected) => Self::Changed,
            (Fault::Upper, Ending::Unexpected) => Self::Capitals,
            (Fault::Banner(_), Ending::Unexpected) => Self::Greeted,
            (Fault::Truncate(_), Ending::NotReceived) => Self::CutShort,
            (Fault::Reset(_), Ending::NotReceived) => Self::Reset,
            (Fault::Refuse, Ending::NotConnected) => Self::Refused,
            (Fault::Silent, Ending::Waits) => Self::Silent,
            (Fault::LateFin, Ending::Waits) => Self::Deadlock,
            (_, Ending::Waits) if told.stopper == Some(Stopper::Person) => Self::StoppedBefore,
            (_, Ending::Waits) => Self::TooLate,
            _ => Self::SomethingElse,
        }
    }
}

/// A line of the tutorial's client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// The one that connects.
    Connect,
    /// The one that writes.
    Write,
    /// The one that reads.
    Read,
    /// The one that compares.
    Compare,
}

impl Line {
    /// The line that decided.
    pub(super) fn of(reason: Reason, told: &Told) -> Self {
        match (told.ending, told.cause) {
            (Ending::NotConnected, _) => Self::Connect,
            (_, Some(Cause::Failed(Stage::Write, _))) => Self::Write,
            _ if reason == Reason::Deadlock => Self::Write,
            (Ending::Unexpected, _) => Self::Compare,
            _ if matches!(reason, Reason::ChangesLater | Reason::NoSmallLetters) => Self::Compare,
            _ => Self::Read,
        }
    }

    /// What it does, without what is done about it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Connect => r#"TcpStream::connect("localhost:8888")"#,
            Self::Write => "stream.write(msg)",
            Self::Read => "stream.read_exact(&mut data)",
            Self::Compare => "&data == msg",
        }
    }
}
