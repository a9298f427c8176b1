//! Durations on the command line: none is zero, and each has an upper bound.

use std::str::FromStr;

use tokio::time::Duration;

/// The longest duration of any flag, in days.
///
/// A duration is added to the current time, which overflows, and so panics, for one of billions of
/// years. A year is longer than any connection is meant to last.
const MAX_DAYS: u64 = 365;
const MAX_DURATION: Duration = Duration::from_hours(24 * MAX_DAYS);

/// Parses a duration such as `200ms`, `5s` or `1h 30m`.
///
/// # Errors
/// Returns a sentence that says what is wrong with `text`, or which bound it exceeds.
pub(super) fn parse(text: &str) -> Result<Duration, String> {
    match humantime::parse_duration(text) {
        Ok(Duration::ZERO) => Err("it must be longer than zero".into()),
        Ok(duration) if duration > MAX_DURATION => {
            Err(format!("it must be at most {MAX_DAYS} days"))
        }
        Ok(duration) => Ok(duration),
        Err(error) => Err(format!("{error}; write it as 200ms, 5s or 5m")),
    }
}

/// Parses a duration that may be zero.
///
/// # Errors
/// Returns a sentence that says what is wrong with `text`, or which bound it exceeds.
pub(super) fn parse_or_zero(text: &str) -> Result<Duration, String> {
    match humantime::parse_duration(text) {
        Ok(Duration::ZERO) => Ok(Duration::ZERO),
        _ => parse(text),
    }
}

/// How long a connection may stay open while no byte moves either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdleTimeout {
    /// At most this long.
    After(Duration),
    /// As long as both ends keep it open.
    Off,
}

impl IdleTimeout {
    /// Returns the bound, if there is one.
    #[must_use]
    pub fn limit(self) -> Option<Duration> {
        match self {
            Self::After(limit) => Some(limit),
            Self::Off => None,
        }
    }
}

impl FromStr for IdleTimeout {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "off" {
            return Ok(Self::Off);
        }
        parse(text).map(Self::After).map_err(|error| format!("{error}; \"off\" sets no bound"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_longer_than_nothing_and_at_most_a_year() {
        assert_eq!(parse("200ms"), Ok(Duration::from_millis(200)));
        assert_eq!(parse("365days"), Ok(MAX_DURATION));
        for text in ["0", "0s", "", "5", "-5s", "soon"] {
            assert!(parse(text).is_err(), "{text:?}");
        }
        for text in ["365days 1ns", "500000000000y"] {
            assert!(parse(text).unwrap_err().contains("at most 365 days"), "{text:?}");
        }
        assert!(parse("99999999999999999999y").is_err());
    }

    #[test]
    fn where_zero_is_allowed_the_other_bounds_are_the_same() {
        assert_eq!(parse_or_zero("0s"), Ok(Duration::ZERO));
        assert_eq!(parse_or_zero("15s"), Ok(Duration::from_secs(15)));
        for text in ["", "5", "-5s", "soon", "366days"] {
            assert!(parse_or_zero(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn the_idle_timeout_is_a_duration_or_off() {
        assert_eq!("off".parse::<IdleTimeout>().unwrap().limit(), None);
        let limit = "90s".parse::<IdleTimeout>().unwrap().limit();
        assert_eq!(limit, Some(Duration::from_secs(90)));
        for text in ["0", "0s", "never", "OFF"] {
            let error = text.parse::<IdleTimeout>().unwrap_err();
            assert!(error.contains("\"off\""), "{text:?}: {error}");
        }
    }
}
