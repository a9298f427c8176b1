//! The types of a fault's arguments, whose values are always within their bounds.

use std::fmt;
use std::time::Duration;

use crate::payload::escaped;

/// A number of bytes, or an offset, of at most 1 GiB.
pub type Count = Bounded<0, { 1024 * 1024 * 1024 }>;
/// The size of something that is sent, from 1 byte to 64 KiB.
pub type Size = Bounded<1, { 64 * 1024 }>;
/// The longest [`Time`].
pub const MAX_TIME: Duration = Duration::from_mins(1);
/// The length of the longest [`Greeting`], in bytes, which is that of a reply line in SMTP (RFC
/// 5321, section 4.5.3.1.5).
pub const MAX_GREETING: usize = 512;

/// A whole number from `MIN` to `MAX`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bounded<const MIN: u32, const MAX: u32>(u32);

impl<const MIN: u32, const MAX: u32> Bounded<MIN, MAX> {
    /// The lowest number.
    pub const MIN: Self = Self(MIN);
    /// The highest number.
    pub const MAX: Self = Self(MAX);

    /// Returns this number, or `None` if it is out of bounds.
    #[must_use]
    pub fn new(number: u64) -> Option<Self> {
        let number = u32::try_from(number).ok()?;
        (MIN..=MAX).contains(&number).then_some(Self(number))
    }

    /// Returns the number.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }
}

impl<const MIN: u32, const MAX: u32> fmt::Display for Bounded<MIN, MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A duration of whole milliseconds, at most [`MAX_TIME`], which is printed as `200ms` or `1s`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(Duration);

impl Time {
    /// Returns a time of this many milliseconds, or `None` if it is longer than [`MAX_TIME`].
    #[must_use]
    pub fn from_millis(millis: u64) -> Option<Self> {
        Some(Self(Duration::from_millis(millis))).filter(|time| time.0 <= MAX_TIME)
    }

    /// Returns the duration.
    #[must_use]
    pub fn get(self) -> Duration {
        self.0
    }

    /// Returns the duration in milliseconds.
    #[must_use]
    pub fn millis(self) -> u64 {
        u64::try_from(self.0.as_millis()).unwrap_or(u64::MAX)
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.millis() {
            millis if millis > 0 && millis % 1000 == 0 => write!(f, "{}s", millis / 1000),
            millis => write!(f, "{millis}ms"),
        }
    }
}

/// The text that a server sends first, of one to [`MAX_GREETING`] bytes, which is printed with
/// escapes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Greeting(Vec<u8>);

impl Greeting {
    /// Returns a greeting of these bytes, or `None` if they are too many or none.
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Option<Self> {
        (1..=MAX_GREETING).contains(&bytes.len()).then_some(Self(bytes))
    }

    /// Returns the bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for Greeting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&escaped(&self.0))
    }
}
