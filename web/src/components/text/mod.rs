//! The tab Bytes, and bytes as text: what was sent and what came, in readable lines that can be
//! searched, copied and saved.
//!
//! This is a part of the page that is loaded on demand (`lazy.rs`). [`PART`] is its entry.

mod tools;
mod turns;

use std::rc::Rc;

use page_model::inspector::BytesMode;
use page_model::inspector::filter::Filter;
use page_model::modes::Mode;
use page_model::runs::ShownRuns;
use page_model::runs::record::RunOutcome;
use page_model::text::view::View;
use page_model::{Lang, Model};
use yew::prelude::*;

use super::context::{Dispatch, use_lang};
use super::inspector::bytes::{Bytes, preview};
use super::inspector::timeline::filter::filter_bar;
use crate::i18n::{bytes, text as i18n};
use tools::Tools;
use turns::Turns;

/// What the part consists of.
pub struct Part {
    /// Draws the tab Bytes.
    pub bytes: fn(&Model) -> Html,
    /// Draws the bytes of the earlier run that is shown.
    pub earlier: fn(&Model) -> Html,
    /// Draws the first bytes of the highlighted row of the Timeline.
    pub preview: fn(&Model) -> Html,
    /// Draws what the rows of the Timeline are filtered by.
    pub filter: fn(Lang, &Dispatch, &Filter) -> Html,
}

/// The part.
pub static PART: Part = Part { bytes, earlier, preview: preview::draw, filter: filter_bar };

fn bytes(model: &Model) -> Html {
    let Some(view) = model.bytes_view() else { return Html::default() };
    let text = (view.mode == BytesMode::Text).then(|| model.text_view()).flatten();
    html! {
        <Bytes view={Rc::new(view)}>
            if let Some(view) = text {
                <Text {view} />
            }
        </Bytes>
    }
}

/// Draws the bytes below an earlier run: unfolded where nothing else shows what came.
fn earlier(model: &Model) -> Html {
    let shown = model.runs.part().map(|runs| runs.state().showing());
    let Some(ShownRuns::Earlier(run, _)) = shown else { return Html::default() };
    let Some(view) = model.earlier_text_view().filter(|view| !view.turns.is_empty()) else {
        return Html::default();
    };
    let record = &run.record;
    let open = record.outcome == RunOutcome::Received || record.mode == Mode::Interactive;
    html! {
        <details key={run.id.0} class="fold earlier-text" {open}>
            <summary>{ i18n::as_text(model.lang) }</summary>
            <Text {view} />
        </details>
    }
}

/// Properties of [`Text`].
#[derive(PartialEq, Properties)]
struct TextProps {
    view: View,
}

/// Draws a text, and what can be done with it.
#[component]
fn Text(TextProps { view }: &TextProps) -> Html {
    let lang = use_lang();
    if view.turns.is_empty() {
        return html! { <p>{ bytes::no_bytes(lang) }</p> };
    }
    html! {
        <>
            <Tools
                page={view.page}
                search={view.search.clone()}
                is_raw={view.is_raw}
            />
            <div
                id="text"
                class={view.sticks.then_some("sticks")}
                role="region"
                aria-label={i18n::region(lang)}
                tabindex="0"
            >
                <Turns turns={view.turns.clone()} document={view.document.clone()} />
            </div>
        </>
    }
}
