//! The time of a line.

use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::{FormatTime as _, SystemTime};

/// Returns the time as tracing-subscriber writes it in other lines. It is empty if it cannot be
/// formatted.
pub(super) fn now() -> String {
    let mut now = String::new();
    let _ = SystemTime.format_time(&mut Writer::new(&mut now));
    now
}
