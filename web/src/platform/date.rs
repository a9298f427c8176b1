//! Dates, as the person's clock shows them.

use js_sys::Date;
use wasm_bindgen::prelude::JsValue;

/// A date as `2026-11-23 03:20:05`, which nobody reads with day and month exchanged.
pub fn local(when: u64) -> String {
    let date = date(when);
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

/// A date as the attribute `datetime` has it.
pub fn machine(when: u64) -> String {
    date(when).to_iso_string().into()
}

fn date(when: u64) -> Date {
    #[allow(clippy::cast_precision_loss, reason = "a calendar ends long before 2^53 ms")]
    Date::new(&JsValue::from_f64(when as f64))
}
