//! The runs, kept in the browser and taken elsewhere.

use gloo_timers::callback::Timeout;
use js_sys::Date;
use web_sys::{FocusOptions, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::Callback;

use super::{files, storage};
use crate::browser;
use page_model::Event;
use page_model::runs::list::ListedRunId;
use page_model::runs::{RunsAnchor, RunsEffect, RunsEvent};

/// Where the runs are kept. A format that older pages could not read gets a key of its own.
pub const KEY: &str = "runs.v1";
const FILE: &str = "echo-playground-runs.json";

/// What was kept on an earlier visit.
pub fn remembered() -> RunsEvent {
    RunsEvent::Remembered(storage::read(KEY))
}

/// Carries out an effect; `clock_step` is the step of the page's clock, in milliseconds.
pub fn carry_out(effect: RunsEffect, clock_step: f64, emit: &Callback<Event>) {
    let tell = emit.reform(Event::Runs);
    match effect {
        RunsEffect::Date(record) => {
            tell.emit(RunsEvent::Over { record, when: Date::now(), clock_step });
        }
        RunsEffect::Keep(text) => tell.emit(RunsEvent::Kept(storage::write(KEY, &text))),
        RunsEffect::Forget => tell.emit(RunsEvent::Kept(storage::remove(KEY))),
        RunsEffect::Download(text) => {
            // It fails only for a page that is being left.
            let _ = files::save(FILE, "application/json", text.as_bytes());
        }
        RunsEffect::Reveal(place) => reveal(place),
        RunsEffect::Focus(id) => focus(id),
    }
}

/// The id of a heading, which stands for what is under it.
pub fn heading_id(place: RunsAnchor) -> &'static str {
    match place {
        RunsAnchor::List => "runs",
        RunsAnchor::Shown => "shown-run",
    }
}

/// The id of a run's button in the list.
pub fn button_id(id: ListedRunId) -> String {
    format!("run-{}", id.0)
}

/// What is shown is drawn before the next timer.
fn reveal(place: RunsAnchor) {
    Timeout::new(0, move || {
        if let Some(heading) = browser::element(heading_id(place)) {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            heading.scroll_into_view_with_scroll_into_view_options(&options);
        }
    })
    .forget();
}

fn focus(id: ListedRunId) {
    if let Some(button) = browser::element(&button_id(id)) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        // It fails for no element that is on the page.
        let _ = button.focus_with_options(&options);
    }
}
