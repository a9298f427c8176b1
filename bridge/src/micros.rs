//! Durations in the unit of the protocol.

use tokio::time::Duration;

/// Returns `duration` in whole microseconds, at most [`u64::MAX`].
pub(crate) fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}
