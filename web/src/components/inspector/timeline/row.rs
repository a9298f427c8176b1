//! One row of the Timeline.

use std::rc::Rc;

use page_model::Lang;
use page_model::inspector::sequence_diagram::Arrows;
use page_model::inspector::timeline_view::{EventRow, LineView, RowHighlight, RowView};
use page_model::transcript::Note;
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
    /// The step of the page's clock, in milliseconds.
    pub clock_step: f64,
}

/// Draws one row of the Timeline.
#[component]
pub fn Row(RowProps { view, clock_step }: &RowProps) -> Html {
    let lang = use_lang();
    match &**view {
        RowView::Pause { ms, .. } => html! {
            <div class="row pause">
                <span class="time">{ "⋮" }</span>
                <span class="line">{ format::pause(*ms) }</span>
                { diagram::arrows(lang, &Arrows::default(), None) }
            </div>
        },
        RowView::Event(event) => event_row(lang, event, *clock_step),
    }
}

fn event_row(lang: Lang, event: &EventRow, clock_step: f64) -> Html {
    let is_marked = event.highlight != RowHighlight::None;
    let is_step = event.highlight == RowHighlight::Step;
    html! {
        <div
            class={classes!("row", is_marked.then_some("marked"))}
            data-row={event.number.to_string()}
            aria-current={is_step.then_some("step")}
        >
            <span class="time">{ format::millis(event.at_ms, clock_step) }</span>
            <span class="line">{ line(lang, &event.line) }</span>
            { in_words(&event.arrows) }
            { diagram::arrows(lang, &event.arrows, event.quote.as_deref()) }
        </div>
    }
}

fn line(lang: Lang, line: &LineView) -> Html {
    match line {
        LineView::Note(Note::Printed(line)) => html! {
            <>
                <samp lang="en">{ format::abridged(line) }</samp>
                if let Some(translation) = i18n::translation(lang, line) {
                    <span class="translation">{ translation }</span>
                }
            </>
        },
        LineView::Note(event) => html! { <span>{ i18n::note(lang, event) }</span> },
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

/// Draws the arrows of a row as text, for a narrow screen.
fn in_words(arrows: &Arrows) -> Html {
    let Some(arrow) = arrows.target.or(arrows.page) else { return Html::default() };
    html! {
        <span class={classes!("moved", direction::name(arrow.way))}>
            { format!("{} {}", direction::arrow(arrow.way), i18n::tcp_label(&arrow)) }
        </span>
    }
}
