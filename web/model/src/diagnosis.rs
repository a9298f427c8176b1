//! What is likely behind a reply that is not the one expected.

use echo_core::hexdump::Unit;
use echo_core::payload::LineEnding;

use crate::cause::Cause;
use crate::expect::Expect;
use crate::modes::once::{ExchangeState, RunExchange};
use crate::protocol::Protocol;
use crate::terminal_command;

/// How many bytes of a reply are compared with a guess at how it came about.
const LOOKED_AT: usize = 16 * 1024;
/// The longest banner that is looked for before an echo, in bytes.
const MAX_BANNER: usize = 1024;

/// What is likely behind a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Diagnosis {
    /// Another protocol is spoken there.
    Speaks(Protocol),
    /// The line feeds came back with carriage returns, or without those they had.
    LineEnds(LineEnding),
    /// The letters came back in this case.
    Letters(LetterCase),
    /// The echo is there, after so many bytes of a greeting.
    Banner(usize),
    /// The reply ends inside a character.
    CutInside {
        /// How many bytes are missing in all.
        missing: usize,
        /// The character.
        character: char,
        /// Those of its bytes that came.
        came: Vec<u8>,
    },
    /// The server ended the connection so many bytes too early.
    Short(usize),
    /// The server ended the connection without a word.
    NoWord,
    /// Nothing came, and nothing went wrong.
    Silence {
        /// Whether the message ends its line.
        ends_line: bool,
    },
}

/// The case of letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterCase {
    /// Capitals.
    Upper,
    /// Small letters.
    Lower,
}

impl Diagnosis {
    /// The command that speaks the server's protocol.
    #[must_use]
    pub fn remedy(&self, target: &str) -> Option<String> {
        match self {
            Self::Speaks(protocol) => terminal_command::speak(*protocol, target),
            _ => None,
        }
    }

    /// Whether it tells how the connection ended.
    #[must_use]
    pub fn tells_the_end(&self) -> bool {
        matches!(self, Self::Short(_) | Self::NoWord)
    }
}

/// How the bytes that came came to an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplyEnd {
    /// As many came as are expected.
    Complete,
    /// The server ended the connection.
    Fin,
    /// Nobody waited any longer.
    Waited,
    /// The connection failed.
    Failed,
}

impl RunExchange {
    /// What is likely behind its outcome, where that is worth a sentence.
    #[must_use]
    pub fn diagnosis(&self) -> Option<Diagnosis> {
        let end = match self.state {
            ExchangeState::ReadingOn | ExchangeState::Replied => ReplyEnd::Complete,
            ExchangeState::CutShort(Cause::EarlyEnd) | ExchangeState::Received(None) => {
                ReplyEnd::Fin
            }
            ExchangeState::CutShort(_) | ExchangeState::Received(Some(_)) => ReplyEnd::Failed,
            ExchangeState::Stopped(_) => ReplyEnd::Waited,
            ExchangeState::Awaiting => return None,
        };
        let (reply, (extra, _)) = (self.exchange.reply(), self.exchange.extra());
        if self.expect == Expect::Anything {
            // Whoever takes anything may well be speaking HTTP, but not, as text, TLS.
            let tls = extra.starts_with(Protocol::Tls.mark());
            return tls.then_some(Diagnosis::Speaks(Protocol::Tls));
        }
        let seen = [reply, extra].concat();
        let ends_line = self.exchange.sent().ends_with(b"\n");
        diagnose(self.exchange.expected(), &seen, end, ends_line)
    }
}

/// What is likely to have made `seen` of the bytes expected; `ends_line` says of the message.
#[must_use]
pub fn diagnose(expected: &[u8], seen: &[u8], end: ReplyEnd, ends_line: bool) -> Option<Diagnosis> {
    if seen.starts_with(expected) {
        return None;
    }
    let speaks = Protocol::of(seen).filter(|it| !expected.starts_with(it.mark()));
    match (speaks, seen, end) {
        (Some(protocol), ..) => Some(Diagnosis::Speaks(protocol)),
        (_, [], ReplyEnd::Fin) => Some(Diagnosis::NoWord),
        (_, [], ReplyEnd::Waited) => Some(Diagnosis::Silence { ends_line }),
        _ if expected.starts_with(seen) => too_short(expected, seen, end),
        _ => line_ends(expected, seen)
            .or_else(|| letters(expected, seen))
            .or_else(|| banner(expected, seen).map(Diagnosis::Banner)),
    }
}

fn too_short(expected: &[u8], seen: &[u8], end: ReplyEnd) -> Option<Diagnosis> {
    let cut = Unit::at(expected, seen.len())?;
    let missing = expected.len() - seen.len();
    match cut.character {
        Some(character) if cut.range.start < seen.len() => {
            let came = seen[cut.range.start..].to_vec();
            Some(Diagnosis::CutInside { missing, character, came })
        }
        _ => (end == ReplyEnd::Fin).then_some(Diagnosis::Short(missing)),
    }
}

fn line_ends(expected: &[u8], seen: &[u8]) -> Option<Diagnosis> {
    let guesses = [(LineEnding::CrLf, with_cr(expected)), (LineEnding::Lf, without_cr(expected))];
    let (ending, _) = guesses.into_iter().find(|(_, guess)| explains(guess, expected, seen))?;
    Some(Diagnosis::LineEnds(ending))
}

/// The letters of ASCII alone: Unicode's tables of case would weigh more than all the rest here.
fn letters(expected: &[u8], seen: &[u8]) -> Option<Diagnosis> {
    let text = start(expected);
    let guesses = [
        (LetterCase::Upper, text.to_ascii_uppercase()),
        (LetterCase::Lower, text.to_ascii_lowercase()),
    ];
    let (case, _) = guesses.into_iter().find(|(_, guess)| explains(guess, expected, seen))?;
    Some(Diagnosis::Letters(case))
}

/// How many bytes stand before the echo.
fn banner(expected: &[u8], seen: &[u8]) -> Option<usize> {
    let echo = start(expected);
    (1..=MAX_BANNER).find(|&at| seen.get(at..).is_some_and(|rest| rest.starts_with(echo)))
}

/// Whether a guess at what became of the bytes expected agrees with what was seen, as far as both
/// go and one looks.
fn explains(guess: &[u8], expected: &[u8], seen: &[u8]) -> bool {
    let (guess, seen) = (start(guess), start(seen));
    guess != start(expected) && (guess.starts_with(seen) || seen.starts_with(guess))
}

fn start(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(LOOKED_AT)]
}

/// The start of `bytes`, with a carriage return before every line feed.
fn with_cr(bytes: &[u8]) -> Vec<u8> {
    let mut previous = 0;
    let pairs = start(bytes).iter().flat_map(|&byte| {
        let lacks_cr = byte == b'\n' && previous != b'\r';
        previous = byte;
        lacks_cr.then_some(b'\r').into_iter().chain([byte])
    });
    pairs.collect()
}

/// The start of `bytes`, without the carriage returns before line feeds.
fn without_cr(bytes: &[u8]) -> Vec<u8> {
    let mut rest = start(bytes).iter().copied().peekable();
    let mut kept = Vec::new();
    while let Some(byte) = rest.next() {
        if byte != b'\r' || rest.peek() != Some(&b'\n') {
            kept.push(byte);
        }
    }
    kept
}

#[cfg(test)]
mod tests;
