//! How long runs took, as text.

use page_model::Lang;
use page_model::runs::summary::{PageDuration, RunTimes};

use crate::i18n::{format, verdict as i18n};

/// Returns how long the reply took over TCP, if that is known.
pub fn tcp(times: &RunTimes) -> Option<String> {
    times.tcp_us.map(|us| named(times, format::micros(us)))
}

/// Returns how long the reply took as the browser measured it, if that is known.
pub fn browser(times: &RunTimes) -> Option<String> {
    times.browser.map(|duration| named(times, page_duration(duration)))
}

/// Returns both, as far as they are known.
pub fn both(lang: Lang, times: &RunTimes) -> String {
    let tcp = tcp(times).map(|time| i18n::over_tcp(&time));
    let browser = browser(times).map(|time| i18n::through_browser(lang, &time));
    tcp.into_iter().chain(browser).collect::<Vec<_>>().join(" · ")
}

/// Returns a duration by the page's clock.
pub fn page_duration(PageDuration { us, step_us }: PageDuration) -> String {
    #[allow(clippy::cast_precision_loss, reason = "three digits of it are shown")]
    let ms = |us: u64| us as f64 / 1_000.0;
    format::millis(ms(us), ms(step_us))
}

fn named(times: &RunTimes, time: String) -> String {
    if times.are_medians { format!("p50 {time}") } else { time }
}
