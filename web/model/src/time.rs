//! Units of time.

use std::fmt;
use std::ops::Sub;

use serde::{Deserialize, Serialize};

/// A moment by the page's clock: milliseconds since the page was opened, as
/// `performance.now()` tells them (High Resolution Time, W3C).
///
/// The clock never goes backwards. Its resolution is up to the browser: 5 µs to 1 ms are common.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct PageTime(f64);

impl PageTime {
    /// Creates a moment from the milliseconds since the page was opened.
    #[must_use]
    pub const fn from_ms(ms: f64) -> Self {
        Self(ms)
    }

    /// Returns the milliseconds since the page was opened.
    #[must_use]
    pub const fn as_ms(self) -> f64 {
        self.0
    }

    /// Returns the milliseconds since `earlier`, 0 if that is later.
    #[must_use]
    pub fn ms_since(self, earlier: Self) -> f64 {
        (self - earlier).max(0.0)
    }
}

impl Sub for PageTime {
    type Output = f64;

    /// Returns the difference in milliseconds.
    fn sub(self, earlier: Self) -> f64 {
        self.0 - earlier.0
    }
}

/// A number of microseconds: a duration, or a moment by the bridge's clock since the session
/// began.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Micros(pub u64);

impl Micros {
    /// Converts milliseconds, rounded to the nearest microsecond. A negative number gives 0, and
    /// infinity the greatest number.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
    pub fn from_ms(ms: f64) -> Self {
        Self((ms * 1_000.0).round() as u64)
    }

    /// Returns the milliseconds.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "no session takes 2^52 microseconds")]
    pub fn as_ms(self) -> f64 {
        self.0 as f64 / 1_000.0
    }

    /// Returns the time since `earlier`, or `None` if that is later.
    #[must_use]
    pub fn since(self, earlier: Self) -> Option<Self> {
        self.0.checked_sub(earlier.0).map(Self)
    }
}

impl fmt::Display for Micros {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} µs", self.0)
    }
}

/// Returns the moment so many milliseconds after the page was opened.
#[cfg(test)]
pub(crate) fn at_ms(ms: f64) -> PageTime {
    PageTime::from_ms(ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn milliseconds_become_the_nearest_microsecond() {
        let cases = [(1.4, 1_400), (0.0004, 0), (-1.0, 0), (f64::INFINITY, u64::MAX)];
        for (ms, us) in cases {
            assert_eq!(Micros::from_ms(ms), Micros(us));
        }
    }

    #[test]
    fn no_time_has_passed_since_a_later_moment() {
        let (earlier, later) = (PageTime::from_ms(1.0), PageTime::from_ms(3.5));
        assert_eq!((later.ms_since(earlier), earlier.ms_since(later)), (2.5, 0.0));
    }
}
