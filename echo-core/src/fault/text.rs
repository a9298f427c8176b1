//! The text form of a fault: its name, followed by its arguments, each after a colon.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use super::argument::{ArgumentError, Expected, ParseArgument};
use super::definition::{Fault, FaultKind};
use super::error::{ParseFaultError, ParseFaultErrorKind};

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        self.arguments().iter().try_for_each(|argument| write!(f, ":{argument}"))
    }
}

impl FromStr for Fault {
    type Err = ParseFaultError;

    fn from_str(text: &str) -> Result<Self, ParseFaultError> {
        let end = text.find(':').unwrap_or(text.len());
        let unknown = || ParseFaultError::new(text, 0..end, ParseFaultErrorKind::UnknownName);
        let kind = FaultKind::from_name(&text[..end]).ok_or_else(unknown)?;
        let mut arguments = Arguments { text, end };
        let fault = match kind {
            FaultKind::Truncate => Self::Truncate(arguments.next()?),
            FaultKind::Reset => Self::Reset(arguments.next()?),
            FaultKind::Corrupt => Self::Corrupt(arguments.next()?),
            FaultKind::Upper => Self::Upper,
            FaultKind::Delay => Self::Delay(arguments.next()?),
            FaultKind::Split => Self::Split { size: arguments.next()?, gap: arguments.next()? },
            FaultKind::Extra => Self::Extra(arguments.next()?),
            FaultKind::Banner => Self::Banner(arguments.next()?),
            FaultKind::Silent => Self::Silent,
            FaultKind::LateFin => Self::LateFin,
            FaultKind::Refuse => Self::Refuse,
            FaultKind::Expired => Self::Expired,
            FaultKind::WrongName => Self::WrongName,
            FaultKind::SelfSigned => Self::SelfSigned,
            FaultKind::Plaintext => Self::Plaintext,
            FaultKind::NoCloseNotify => Self::NoCloseNotify,
            FaultKind::Chaos => Self::Chaos(arguments.next()?),
        };
        arguments.finish()?;
        Ok(fault)
    }
}

/// The arguments in the text form of a fault, from left to right.
struct Arguments<'a> {
    text: &'a str,
    /// The end of the name or of the argument that was parsed last, as an offset in bytes.
    end: usize,
}

impl Arguments<'_> {
    /// Parses the next argument.
    fn next<T: ParseArgument>(&mut self) -> Result<T, ParseFaultError> {
        let begin = self.text.len().min(self.end + 1);
        let colon = self.text[begin..].find(':').filter(|_| !T::TAKES_REST);
        let end = colon.map_or(self.text.len(), |at| begin + at);
        let range = self.range(end, T::EXPECTED)?;
        T::parse(&self.text[range.clone()]).map_err(|error| match error {
            ArgumentError::Invalid => {
                let kind = ParseFaultErrorKind::NotA(T::EXPECTED);
                ParseFaultError::new(self.text, range, kind)
            }
            ArgumentError::Escape(error) => {
                let place = range.start + error.range.start..range.start + error.range.end;
                let kind = ParseFaultErrorKind::Escape(error.kind);
                ParseFaultError::new(self.text, place, kind)
            }
        })
    }

    /// Moves on to `end` and returns the range of the argument that ends there, which must not be
    /// empty.
    fn range(&mut self, end: usize, expected: Expected) -> Result<Range<usize>, ParseFaultError> {
        let range = end.min(self.end + 1)..end;
        self.end = end;
        if range.is_empty() {
            let kind = ParseFaultErrorKind::Missing(expected);
            return Err(ParseFaultError::new(self.text, range, kind));
        }
        Ok(range)
    }

    /// Checks that no text is left after the last argument.
    fn finish(&self) -> Result<(), ParseFaultError> {
        let rest = self.end..self.text.len();
        if rest.is_empty() {
            return Ok(());
        }
        Err(ParseFaultError::new(self.text, rest, ParseFaultErrorKind::Surplus))
    }
}
