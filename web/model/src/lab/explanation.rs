//! The kinds of explanations for an outcome, and the line of the client that decides it.

use echo_core::fault::Fault;
use echo_core::wire::Stage;

use super::observed_run::ObservedRun;
use super::outcome::Outcome;
use crate::cause::Cause;
use crate::modes::once::StoppedBy;

/// The kind of explanation for the outcome of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExplanationKind {
    /// The server ends the connection only after all bytes that the client reads.
    HangsUpLater,
    /// The byte that the server changes lies beyond the message.
    ChangesLater,
    /// The message has no letter that the server changes.
    NoSmallLetters,
    /// The client never reads what the server appends.
    Unread,
    /// The server answered late, and the client waited.
    Late,
    /// The client joined the pieces of the reply.
    Joined,
    /// The reply fits into one piece.
    OnePiece,
    /// The greeting begins like the message.
    GreetedAlike,
    /// The message is longer than what the server can hold back.
    HeldTooMuch,
    /// None of several faults had an effect.
    NoneSeen,
    /// The server changed a byte.
    Changed,
    /// The server converted letters to capitals.
    Capitals,
    /// The greeting came before the echo.
    Greeted,
    /// The server sent FIN too early.
    CutShort,
    /// The server sent RST.
    Reset,
    /// Nothing listens at the port.
    Refused,
    /// The server's certificate has expired.
    CertificateExpired,
    /// The server's certificate is for another name.
    CertificateForOthers,
    /// Nobody signed the server's certificate but its own key.
    CertificateSelfSigned,
    /// The server speaks no TLS.
    NoTls,
    /// The certificate proves nothing, and nobody asked it to.
    Unverified,
    /// The server ends the connection without `close_notify`, after the reply.
    NoCloseNotify,
    /// The server never answers.
    Silent,
    /// The server waits for FIN, and the client for the reply.
    Deadlock,
    /// The server was slower than this page waits.
    TooLate,
    /// The user stopped the run before the server was done.
    StoppedBefore,
    /// The fault does not lead to this outcome.
    SomethingElse,
}

impl ExplanationKind {
    /// Returns the kind of explanation for a run whose outcome a server with this fault caused.
    pub(super) fn of(fault: &Fault, run: &ObservedRun) -> Self {
        match (fault, run.outcome) {
            (Fault::Truncate(_) | Fault::Reset(_), Outcome::Ok) => Self::HangsUpLater,
            (Fault::Corrupt(_), Outcome::Ok) => Self::ChangesLater,
            (Fault::Upper, Outcome::Ok) => Self::NoSmallLetters,
            (Fault::Extra(_), Outcome::Ok) => Self::Unread,
            (Fault::Delay(_), Outcome::Ok) => Self::Late,
            (Fault::Split { size, .. }, Outcome::Ok) if size.get() as usize >= run.sent.len() => {
                Self::OnePiece
            }
            (Fault::Split { .. }, Outcome::Ok) => Self::Joined,
            (Fault::Banner(_), Outcome::Ok) => Self::GreetedAlike,
            (Fault::LateFin, Outcome::Ok) => Self::HeldTooMuch,
            (Fault::Corrupt(_), Outcome::Unexpected) => Self::Changed,
            (Fault::Upper, Outcome::Unexpected) => Self::Capitals,
            (Fault::Banner(_), Outcome::Unexpected) => Self::Greeted,
            (Fault::Truncate(_), Outcome::NotReceived) => Self::CutShort,
            (Fault::Reset(_), Outcome::NotReceived) => Self::Reset,
            (Fault::Refuse, Outcome::NotConnected) => Self::Refused,
            (Fault::Expired | Fault::WrongName | Fault::SelfSigned, Outcome::Ok) => {
                Self::Unverified
            }
            (Fault::NoCloseNotify, Outcome::Ok) => Self::NoCloseNotify,
            (Fault::Expired, Outcome::NotConnected) => Self::CertificateExpired,
            (Fault::WrongName, Outcome::NotConnected) => Self::CertificateForOthers,
            (Fault::SelfSigned, Outcome::NotConnected) => Self::CertificateSelfSigned,
            (Fault::Plaintext, Outcome::NotConnected) => Self::NoTls,
            (Fault::Silent, Outcome::Waits) => Self::Silent,
            (Fault::LateFin, Outcome::Waits) => Self::Deadlock,
            (_, Outcome::Waits) if run.stopper == Some(StoppedBy::User) => Self::StoppedBefore,
            (_, Outcome::Waits) => Self::TooLate,
            // Every fault is listed, so that the compiler asks for the explanations of a new one.
            (
                Fault::Truncate(_)
                | Fault::Reset(_)
                | Fault::Corrupt(_)
                | Fault::Upper
                | Fault::Delay(_)
                | Fault::Split { .. }
                | Fault::Extra(_)
                | Fault::Banner(_)
                | Fault::Silent
                | Fault::LateFin
                | Fault::Refuse
                | Fault::Expired
                | Fault::WrongName
                | Fault::SelfSigned
                | Fault::Plaintext
                | Fault::NoCloseNotify
                | Fault::Chaos(_),
                _,
            ) => Self::SomethingElse,
        }
    }
}

/// The port to which the tutorial's client connects.
const TUTORIAL_PORT: u16 = 8888;

/// A line of the tutorial's client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientLine {
    /// The line that connects.
    Connect,
    /// The line that writes.
    Write,
    /// The line that reads.
    Read,
    /// The line that compares.
    Compare,
}

impl ClientLine {
    /// Returns the line that decides the outcome of a run with an explanation of this kind.
    pub(super) fn of(kind: ExplanationKind, run: &ObservedRun) -> Self {
        match (run.outcome, run.cause) {
            (Outcome::NotConnected, _) => Self::Connect,
            (_, Some(Cause::Failed(Stage::Write, _))) => Self::Write,
            (Outcome::Unexpected, _) => Self::Compare,
            _ => match kind {
                ExplanationKind::Deadlock => Self::Write,
                ExplanationKind::ChangesLater | ExplanationKind::NoSmallLetters => Self::Compare,
                _ => Self::Read,
            },
        }
    }

    /// Returns the code of the line, without its error handling, for a server at this port. Without
    /// a port it is the tutorial's.
    #[must_use]
    pub fn code(self, port: Option<u16>) -> String {
        match self {
            Self::Connect => {
                format!(r#"TcpStream::connect("localhost:{}")"#, port.unwrap_or(TUTORIAL_PORT))
            }
            Self::Write => "stream.write(msg)".into(),
            Self::Read => "stream.read_exact(&mut data)".into(),
            Self::Compare => "&data == msg".into(),
        }
    }
}
