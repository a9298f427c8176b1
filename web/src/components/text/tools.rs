//! What can be done with a text: search it, show it as it came, turn its pages.

use page_model::text::TextEvent;
use page_model::text::view::{PageView, SearchView};
use page_model::{Event, Lang};
use yew::prelude::*;

use crate::components::callbacks::{dispatch_some, is_composing, text_input};
use crate::components::context::{Dispatch, use_dispatch, use_lang};
use crate::i18n::text as i18n;

/// Properties of [`Tools`].
#[derive(PartialEq, Properties)]
pub(super) struct ToolsProps {
    pub(super) page: PageView,
    pub(super) search: SearchView,
    pub(super) is_raw: Option<bool>,
}

/// Draws the tools above a text.
#[component]
pub(super) fn Tools(ToolsProps { page, search, is_raw }: &ToolsProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    html! {
        <div class="text-tools">
            { finder(lang, &dispatch, search) }
            if let Some(is_raw) = *is_raw {
                <button
                    key="raw"
                    type="button"
                    class="quiet"
                    aria-pressed={(!is_raw).to_string()}
                    onclick={dispatch.reform(move |_| Event::Text(TextEvent::RawChosen(!is_raw)))}
                >
                    { i18n::laid_out(lang) }
                </button>
            }
            if page.count > 1 {
                { pager(lang, &dispatch, *page) }
            }
        </div>
    }
}

/// Draws the field for what is searched for, and the way from one place to the next.
fn finder(lang: Lang, dispatch: &Dispatch, search: &SearchView) -> Html {
    let SearchView { query, count, has_more, current } = search;
    let oninput = text_input(dispatch, |query| Event::Text(TextEvent::QueryTyped(query)));
    let [previous, next] = neighbours(*current, *count);
    let onkeydown = dispatch_some(dispatch, move |event: KeyboardEvent| {
        if event.key() != "Enter" || is_composing(&event) {
            return None;
        }
        event.prevent_default();
        let index = if event.shift_key() { previous } else { next };
        Some(Event::Text(TextEvent::MatchChosen(index)))
    });
    let go = |index| dispatch.reform(move |_| Event::Text(TextEvent::MatchChosen(index)));
    html! {
        <span key="find">
            <input
                type="search"
                aria-label={i18n::find(lang)}
                placeholder={i18n::find(lang)}
                autocomplete="off"
                spellcheck="false"
                value={query.clone()}
                {oninput}
                {onkeydown}
            />
            <span aria-live="polite">
                if !query.is_empty() {
                    { i18n::found(lang, *current, *count, *has_more) }
                }
            </span>
            if *count > 1 {
                { step(i18n::previous_match(lang), "‹", go(previous), false) }
                { step(i18n::next_match(lang), "›", go(next), false) }
            }
        </span>
    }
}

fn pager(lang: Lang, dispatch: &Dispatch, PageView { index, count }: PageView) -> Html {
    let go = |index: usize| dispatch.reform(move |_| Event::Text(TextEvent::PageChosen(index)));
    let (previous, next) = (index.saturating_sub(1), (index + 1).min(count - 1));
    html! {
        <span key="pages">
            { step(i18n::previous_page(lang), "‹", go(previous), index == 0) }
            <span>{ i18n::page(lang, index + 1, count) }</span>
            { step(i18n::next_page(lang), "›", go(next), index + 1 == count) }
        </span>
    }
}

fn step(
    label: &'static str,
    sign: &'static str,
    onclick: Callback<MouseEvent>,
    disabled: bool,
) -> Html {
    html! {
        <button type="button" class="quiet" aria-label={label} {disabled} {onclick}>
            { sign }
        </button>
    }
}

/// Returns the places before and after this one; the first and the last are neighbours, too.
fn neighbours(current: Option<usize>, count: usize) -> [usize; 2] {
    let last = count.saturating_sub(1);
    match current {
        None => [last, 0],
        Some(at) => [at.checked_sub(1).unwrap_or(last), if at < last { at + 1 } else { 0 }],
    }
}
