//! What the lesson asks of the browser.

use gloo_timers::callback::Timeout;
use yew::Callback;

use super::{echo, storage};
use crate::browser;
use page_model::Event;
use page_model::lesson::{FLASH_MS, LessonEffect, LessonEvent, System, WorkbenchField};

/// Where the progress is kept. A format that older pages could not read gets a key of its own.
const KEY: &str = "lesson.v1";
/// The id of a step's title.
pub const TITLE: &str = "lesson-title";
/// What marks an element that stands out.
const FLASH: &str = "data-flash";

/// What was kept on an earlier visit.
pub fn remembered() -> LessonEvent {
    let platform = web_sys::window().and_then(|window| window.navigator().platform().ok());
    let system = System::of_platform(&platform.unwrap_or_default());
    LessonEvent::Remembered { kept: storage::read(KEY), system }
}

/// Carries out an effect. What a browser does not keep is forgotten.
pub fn carry_out(effect: LessonEffect, emit: &Callback<Event>) {
    match effect {
        LessonEffect::Keep(progress) => _ = storage::write(KEY, &progress),
        LessonEffect::FocusTitle => {
            if let Some(title) = browser::element(TITLE) {
                // It fails for no element that is on the page.
                let _ = title.focus();
            }
        }
        LessonEffect::Flash(places) => flash(places),
        LessonEffect::ReleasePort => echo::release_port(emit),
        // An alarm of the page's.
        LessonEffect::LookLater => {}
    }
}

/// The page may not be drawn yet: that is done before the next timer.
fn flash(places: Vec<WorkbenchField>) {
    Timeout::new(0, move || {
        let found: Vec<_> = places.into_iter().map(selector).filter_map(browser::first).collect();
        for element in &found {
            // It fails only for names that are no attribute's.
            let _ = element.set_attribute(FLASH, "");
        }
        Timeout::new(FLASH_MS, move || {
            for element in found {
                let _ = element.remove_attribute(FLASH);
            }
        })
        .forget();
    })
    .forget();
}

fn selector(place: WorkbenchField) -> &'static str {
    match place {
        WorkbenchField::To => "#to",
        WorkbenchField::Modes => ".how .switch",
        WorkbenchField::Message => "#message",
        WorkbenchField::LineEnding => ".settings summary, .settings button",
    }
}
