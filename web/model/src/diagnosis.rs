//! Diagnoses the probable reason for a reply that is not the expected one.

use echo_core::hexdump::Unit;
use echo_core::payload::LineEnding;

use crate::cause::Cause;
use crate::expected_reply::ExpectedReplyKind;
use crate::modes::once::{ExchangeState, RunExchange};
use crate::protocol::Protocol;
use crate::terminal_command::{ClientCommand, split, without_scheme};

/// The number of bytes of a reply that are compared with a hypothesis about it. It bounds the time
/// that a diagnosis of a long reply takes.
const COMPARED_BYTES: usize = 16 * 1024;
/// The longest banner that is recognised before an echo, in bytes.
const MAX_BANNER: usize = 1024;

/// The probable reason for a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Diagnosis {
    /// The server speaks another protocol.
    OtherProtocol(Protocol),
    /// Every line ending came back as this one: carriage returns were added, or removed.
    LineEndingsChanged(LineEnding),
    /// The letters came back in upper case, or in lower case.
    CaseChanged(LetterCase),
    /// The echo follows a banner of this many bytes, such as a greeting.
    Banner(usize),
    /// The reply ends in the middle of a character.
    TruncatedCharacter {
        /// The number of expected bytes that were not received.
        missing: usize,
        /// The character that was cut.
        character: char,
        /// Those of its bytes that were received.
        came: Vec<u8>,
    },
    /// The server closed the connection (FIN) this many bytes before the end of the reply.
    Truncated(usize),
    /// The server closed the connection (FIN) without sending a byte.
    EmptyReply,
    /// The connection stayed open, and no byte was received before the wait ended.
    NoReply {
        /// Whether the message ends with a line feed.
        ends_line: bool,
    },
}

/// A letter case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterCase {
    /// Upper case.
    Upper,
    /// Lower case.
    Lower,
}

impl Diagnosis {
    /// Returns a terminal command that speaks the server's protocol with `target`, or `None` if the
    /// diagnosis names no protocol, or `target` is not `host:port`.
    #[must_use]
    pub fn remedy(&self, target: &str) -> Option<String> {
        match self {
            Self::OtherProtocol(protocol) => {
                let (host, port) = split(without_scheme(target))?;
                Some(ClientCommand::Speak { protocol: *protocol, host, port }.to_string())
            }
            _ => None,
        }
    }

    /// Returns whether the diagnosis says how the connection ended.
    #[must_use]
    pub fn explains_end(&self) -> bool {
        matches!(self, Self::Truncated(_) | Self::EmptyReply)
    }
}

/// Why a reply is received no further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplyEnd {
    /// As many bytes were received as were expected.
    Complete,
    /// The server closed the connection (FIN).
    Fin,
    /// The page or the user stopped waiting.
    WaitEnded,
    /// The connection failed.
    Failed,
}

impl RunExchange {
    /// Returns the probable reason for the outcome, or `None` while the reply is awaited, and if no
    /// reason is recognised. `received` is the reply and the bytes that came after it.
    #[must_use]
    pub fn diagnosis(&self, received: &[u8]) -> Option<Diagnosis> {
        let end = match self.state {
            ExchangeState::ReadingOn | ExchangeState::Replied => ReplyEnd::Complete,
            ExchangeState::CutShort(Cause::EarlyEnd) | ExchangeState::Received(None) => {
                ReplyEnd::Fin
            }
            ExchangeState::CutShort(_) | ExchangeState::Received(Some(_)) => ReplyEnd::Failed,
            ExchangeState::Stopped(_) => ReplyEnd::WaitEnded,
            ExchangeState::Awaiting => return None,
        };
        if self.expected_kind == ExpectedReplyKind::Anything {
            // A user who accepts any reply may be speaking HTTP or SSH on purpose, but is not
            // served by a TLS alert.
            let tls = received.starts_with(Protocol::Tls.mark());
            return tls.then_some(Diagnosis::OtherProtocol(Protocol::Tls));
        }
        let ends_line = self.exchange.sent().ends_with(b"\n");
        diagnose(self.exchange.expected(), received, end, ends_line)
    }
}

/// Returns the probable reason why `received` is not `expected`, or `None` if they agree, or if no
/// reason is recognised. `ends_line` says whether the message ends with a line feed.
#[must_use]
pub fn diagnose(
    expected: &[u8],
    received: &[u8],
    end: ReplyEnd,
    ends_line: bool,
) -> Option<Diagnosis> {
    if received.starts_with(expected) {
        return None;
    }
    let spoken = Protocol::of(received).filter(|it| !expected.starts_with(it.mark()));
    match (spoken, received, end) {
        (Some(protocol), ..) => Some(Diagnosis::OtherProtocol(protocol)),
        (_, [], ReplyEnd::Fin) => Some(Diagnosis::EmptyReply),
        (_, [], ReplyEnd::WaitEnded) => Some(Diagnosis::NoReply { ends_line }),
        _ if expected.starts_with(received) => diagnose_prefix(expected, received, end),
        _ => line_ending(expected, received)
            .or_else(|| letter_case(expected, received))
            .or_else(|| banner_length(expected, received).map(Diagnosis::Banner)),
    }
}

fn diagnose_prefix(expected: &[u8], received: &[u8], end: ReplyEnd) -> Option<Diagnosis> {
    let unit = Unit::at(expected, received.len())?;
    let missing = expected.len() - received.len();
    match unit.character {
        Some(character) if unit.range.start < received.len() => {
            let came = received[unit.range.start..].to_vec();
            Some(Diagnosis::TruncatedCharacter { missing, character, came })
        }
        _ => (end == ReplyEnd::Fin).then_some(Diagnosis::Truncated(missing)),
    }
}

fn line_ending(expected: &[u8], received: &[u8]) -> Option<Diagnosis> {
    let hypotheses =
        [(LineEnding::CrLf, with_cr(expected)), (LineEnding::Lf, without_cr(expected))];
    let (ending, _) =
        hypotheses.into_iter().find(|(_, hypothesis)| is_match(hypothesis, expected, received))?;
    Some(Diagnosis::LineEndingsChanged(ending))
}

/// Recognises changes of ASCII letters only: Unicode's case tables would make the page considerably
/// larger.
fn letter_case(expected: &[u8], received: &[u8]) -> Option<Diagnosis> {
    let text = compared(expected);
    let hypotheses = [
        (LetterCase::Upper, text.to_ascii_uppercase()),
        (LetterCase::Lower, text.to_ascii_lowercase()),
    ];
    let (case, _) =
        hypotheses.into_iter().find(|(_, hypothesis)| is_match(hypothesis, expected, received))?;
    Some(Diagnosis::CaseChanged(case))
}

/// Returns the number of bytes before the echo.
fn banner_length(expected: &[u8], received: &[u8]) -> Option<usize> {
    let echo = compared(expected);
    (1..=MAX_BANNER).find(|&at| received.get(at..).is_some_and(|rest| rest.starts_with(echo)))
}

/// Returns whether a hypothesis about the reply differs from the expected bytes and agrees with the
/// received ones, up to the end of the shorter and within the first [`COMPARED_BYTES`].
fn is_match(hypothesis: &[u8], expected: &[u8], received: &[u8]) -> bool {
    let (hypothesis, received) = (compared(hypothesis), compared(received));
    hypothesis != compared(expected)
        && (hypothesis.starts_with(received) || received.starts_with(hypothesis))
}

/// Returns the first [`COMPARED_BYTES`] bytes.
fn compared(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(COMPARED_BYTES)]
}

/// Returns the compared part of `bytes`, with a carriage return before every line feed.
fn with_cr(bytes: &[u8]) -> Vec<u8> {
    let mut previous = 0;
    let pairs = compared(bytes).iter().flat_map(|&byte| {
        let lacks_cr = byte == b'\n' && previous != b'\r';
        previous = byte;
        lacks_cr.then_some(b'\r').into_iter().chain([byte])
    });
    pairs.collect()
}

/// Returns the compared part of `bytes`, without the carriage returns before line feeds.
fn without_cr(bytes: &[u8]) -> Vec<u8> {
    let mut rest = compared(bytes).iter().copied().peekable();
    let mut text = Vec::new();
    while let Some(byte) = rest.next() {
        if byte != b'\r' || rest.peek() != Some(&b'\n') {
            text.push(byte);
        }
    }
    text
}

#[cfg(test)]
mod tests;
