//! One row of the Timeline: when, what passed, and what the program printed.

use std::rc::Rc;

use echo_core::Line;
use page_model::Lang;
use page_model::inspector::bridge_clock::TimeUnit;
use page_model::inspector::timeline_view::{EventRow, LineView, RowHighlight, RowView};
use page_model::inspector::view::TimeOrigin;
use page_model::role::Role;
use yew::prelude::*;

use super::diagram;
use crate::components::context::use_lang;
use crate::components::inspector::direction;
use crate::i18n::{format, timeline as i18n};

/// Properties of [`Row`].
#[derive(PartialEq, Properties)]
pub struct RowProps {
    /// What the row shows.
    pub view: Rc<RowView>,
    /// How times are told.
    pub times: Times,
}

/// How times, and who takes part, are told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Times {
    /// Which end of the connection the page is.
    pub role: Role,
    /// The unit of the bridge's times.
    pub unit: TimeUnit,
    /// What the page's times count from.
    pub origin: TimeOrigin,
    /// The step of the page's clock, in milliseconds.
    pub clock_step: f64,
}

/// Draws one row of the Timeline.
#[component]
pub fn Row(RowProps { view, times }: &RowProps) -> Html {
    let lang = use_lang();
    match &**view {
        RowView::Pause { ms, .. } => html! {
            <div class="row pause">
                <span class="lanes"><span>{ format!("⋮ {}", format::pause(*ms)) }</span></span>
            </div>
        },
        RowView::Event(event) => event_row(lang, event, times),
    }
}

fn event_row(lang: Lang, event: &EventRow, times: &Times) -> Html {
    let is_marked = event.highlight != RowHighlight::None;
    let is_step = event.highlight == RowHighlight::Step;
    html! {
        <div
            class={classes!("row", is_marked.then_some("marked"))}
            data-row={event.number.to_string()}
            aria-current={is_step.then_some("step")}
        >
            <span
                class="time"
                title={i18n::page_time(lang, event.at_ms, times.clock_step, times.origin)}
            >
                { event.time.map(|time| i18n::time(times.unit, time)) }
            </span>
            { diagram::lanes(lang, &event.arrows, event.quote.as_deref()) }
            <span class="line">{ line(lang, times.role, &event.line) }</span>
        </div>
    }
}

fn line(lang: Lang, role: Role, line: &LineView) -> Html {
    match line {
        LineView::Printed(lines) => lines.iter().map(|line| printed(lang, line)).collect(),
        LineView::Note(event) => html! { <span>{ i18n::note(lang, role, event) }</span> },
        LineView::Piece { direction, text } => html! {
            <samp class={direction::name(*direction)}>{ text }</samp>
        },
        LineView::Wrote(bytes) => html! { <span>{ i18n::wrote(lang, *bytes) }</span> },
        LineView::Folded { direction, is_write, count, bytes } => html! {
            <span class={direction::name(*direction)}>
                { i18n::folded(lang, *direction, *is_write, *count, *bytes) }
            </span>
        },
    }
}

fn printed(lang: Lang, line: &Line) -> Html {
    html! {
        <>
            <samp lang="en">{ format::abridged(line) }</samp>
            if let Some(translation) = i18n::translation(lang, line) {
                <span class="translation">{ translation }</span>
            }
        </>
    }
}
