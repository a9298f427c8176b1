//! The text form of a fault: a name, then what it needs, each behind a colon.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use super::{Bounded, Expected, Fault, Greeting, Mistake, MistakeKind, Time};
use crate::payload::{self, Mode};

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        match self {
            Self::Truncate(n) | Self::Reset(n) | Self::Corrupt(n) => write!(f, ":{n}"),
            Self::Delay(time) => write!(f, ":{time}"),
            Self::Split { size, gap } => write!(f, ":{size}:{gap}"),
            Self::Extra(n) => write!(f, ":{n}"),
            Self::Banner(greeting) => write!(f, ":{greeting}"),
            Self::Chaos(seed) => write!(f, ":{seed}"),
            Self::Upper | Self::Silent | Self::LateFin | Self::Refuse => Ok(()),
        }
    }
}

impl FromStr for Fault {
    type Err = Mistake;

    fn from_str(text: &str) -> Result<Self, Mistake> {
        let end = text.find(':').unwrap_or(text.len());
        let mut fields = Fields { text, end };
        let fault = match &text[..end] {
            "truncate" => Self::Truncate(fields.number()?),
            "reset" => Self::Reset(fields.number()?),
            "corrupt" => Self::Corrupt(fields.number()?),
            "upper" => Self::Upper,
            "delay" => Self::Delay(fields.time()?),
            "split" => Self::Split { size: fields.number()?, gap: fields.time()? },
            "extra" => Self::Extra(fields.number()?),
            "banner" => Self::Banner(fields.greeting()?),
            "silent" => Self::Silent,
            "late-fin" => Self::LateFin,
            "refuse" => Self::Refuse,
            "chaos" => Self::Chaos(fields.seed()?),
            _ => return Err(Mistake::new(text, 0..end, MistakeKind::UnknownName)),
        };
        fields.finish()?;
        Ok(fault)
    }
}

/// What stands behind the colons of a text.
struct Fields<'a> {
    text: &'a str,
    /// Where the last field that was read ends.
    end: usize,
}

impl Fields<'_> {
    fn number<const MIN: u32, const MAX: u32>(&mut self) -> Result<Bounded<MIN, MAX>, Mistake> {
        let expected = Expected::Number { min: MIN.into(), max: MAX.into() };
        self.next(expected, |text| Bounded::new(digits(text)?))
    }

    fn seed(&mut self) -> Result<u64, Mistake> {
        self.next(Expected::Number { min: 0, max: u64::MAX }, digits)
    }

    fn time(&mut self) -> Result<Time, Mistake> {
        self.next(Expected::Time, |text| {
            let millis = match text.strip_suffix("ms") {
                Some(millis) => digits(millis)?,
                None => digits(text.strip_suffix('s')?)?.checked_mul(1000)?,
            };
            Time::from_millis(millis)
        })
    }

    /// All that is left, colons too.
    fn greeting(&mut self) -> Result<Greeting, Mistake> {
        let range = self.range(self.text.len(), Expected::Greeting)?;
        let bytes =
            payload::parse(Mode::Escapes, &self.text[range.clone()]).map_err(|mistake| {
                let place = range.start + mistake.range.start..range.start + mistake.range.end;
                Mistake::new(self.text, place, MistakeKind::Escape(mistake.kind))
            })?;
        let too_long = MistakeKind::NotA(Expected::Greeting);
        Greeting::new(bytes).ok_or_else(|| Mistake::new(self.text, range, too_long))
    }

    /// The next field, as `read` reads it.
    fn next<T>(
        &mut self,
        expected: Expected,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<T, Mistake> {
        let begin = self.text.len().min(self.end + 1);
        let end = self.text[begin..].find(':').map_or(self.text.len(), |at| begin + at);
        let range = self.range(end, expected)?;
        let value = read(&self.text[range.clone()]);
        value.ok_or_else(|| Mistake::new(self.text, range, MistakeKind::NotA(expected)))
    }

    /// The place of the next field, which goes up to `end`.
    fn range(&mut self, end: usize, expected: Expected) -> Result<Range<usize>, Mistake> {
        let range = end.min(self.end + 1)..end;
        self.end = end;
        if range.is_empty() {
            return Err(Mistake::new(self.text, range, MistakeKind::Missing(expected)));
        }
        Ok(range)
    }

    /// Nothing may be left.
    fn finish(&self) -> Result<(), Mistake> {
        let rest = self.end..self.text.len();
        if rest.is_empty() {
            return Ok(());
        }
        Err(Mistake::new(self.text, rest, MistakeKind::Surplus))
    }
}

/// A number of digits alone: no sign, no white space.
fn digits(text: &str) -> Option<u64> {
    text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
}
