//! Dates in the time zone of the user.

use js_sys::Date;
use wasm_bindgen::prelude::JsValue;

/// Formats a time in milliseconds since the Unix epoch as `2026-11-23 03:20:05`. This order of year,
/// month and day is unambiguous in every language.
pub fn local(unix_ms: u64) -> String {
    let date = date(unix_ms);
    format!(
        "{}-{:02}-{:02} {:02}:{:02}:{:02}",
        date.get_full_year(),
        date.get_month() + 1,
        date.get_date(),
        date.get_hours(),
        date.get_minutes(),
        date.get_seconds(),
    )
}

/// Formats a time in milliseconds since the Unix epoch for the HTML attribute `datetime`.
pub fn machine(unix_ms: u64) -> String {
    date(unix_ms).to_iso_string().into()
}

fn date(unix_ms: u64) -> Date {
    #[allow(clippy::cast_precision_loss, reason = "JavaScript's dates end before 2^53 ms")]
    Date::new(&JsValue::from_f64(unix_ms as f64))
}
