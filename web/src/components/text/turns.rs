//! The turns of a text.

use std::rc::Rc;

use page_model::copy::CopyState;
use page_model::text::TextEvent;
use page_model::text::document::{Passage, PassageKind};
use page_model::text::spans::{Found, Span};
use page_model::text::view::{DocumentRef, PassageView, TurnView};
use page_model::{Event, Lang};
use yew::prelude::*;

use crate::components::context::{Dispatch, use_copied, use_dispatch, use_lang};
use crate::components::inspector::direction;
use crate::i18n::{copy, text as i18n};

/// Properties of [`Turns`].
#[derive(PartialEq, Properties)]
pub(super) struct TurnsProps {
    pub(super) turns: Rc<Vec<TurnView>>,
    pub(super) document: DocumentRef,
}

/// Draws the turns, each with what can be done with it.
#[component]
pub(super) fn Turns(TurnsProps { turns, document }: &TurnsProps) -> Html {
    let (lang, dispatch, copied) = (use_lang(), use_dispatch(), use_copied());
    // The text that was copied last, by its turn and its length.
    let last_copy = use_state(|| (usize::MAX, 0));
    let turn = |view: &TurnView| {
        let index = view.index;
        let copied = copied.0.as_ref().filter(|it| *last_copy == (index, it.text.len()));
        let state = CopyState::from(copied.map(|copied| copied.is_copied));
        let oncopy = {
            let (document, dispatch) = (document.0.clone(), dispatch.clone());
            let last_copy = last_copy.setter();
            Callback::from(move |_: MouseEvent| {
                let text = document.text_of(index);
                last_copy.set((index, text.len()));
                dispatch.emit(Event::CopyPressed(text));
            })
        };
        let way = direction::name(view.direction);
        html! {
            <section key={index} class={classes!("turn", way)}>
                <p class="turn-head">
                    <strong>
                        { direction::arrow(view.direction) }{ " " }{ i18n::turn(lang, view) }
                    </strong>
                    if let Some(endings) = view.line_endings {
                        <span>{ i18n::line_endings(lang, endings) }</span>
                    }
                    <button type="button" class="quiet" onclick={oncopy}>
                        { copy::button(lang, copy::copy(lang), state) }
                    </button>
                    { save(lang, &dispatch, document, index, None) }
                </p>
                { for view.passages.iter().map(|it| passage(lang, &dispatch, document, index, it)) }
            </section>
        }
    };
    html! { <div>{ for turns.iter().map(turn) }</div> }
}

fn passage(
    lang: Lang,
    dispatch: &Dispatch,
    document: &DocumentRef,
    turn: usize,
    view: &PassageView,
) -> Html {
    let is_body = matches!(view.kind, PassageKind::Body { .. });
    html! {
        <>
            if let Some(name) = i18n::passage(lang, view.kind) {
                <p key={format!("name-{}", view.index)} class="turn-head">
                    <span>{ name }</span>
                    if is_body {
                        { save(lang, dispatch, document, turn, Some(view.index)) }
                    }
                </p>
            }
            <pre key={view.index}>{ for view.spans.iter().map(span) }</pre>
        </>
    }
}

fn span(Span { text, is_escape, found }: &Span) -> Html {
    let escape = is_escape.then_some("escape");
    match found {
        None if !is_escape => text.as_str().into(),
        None => html! { <span class={classes!(escape)}>{ text }</span> },
        Some(found) => {
            let current = (*found == Found::Current).then_some("current");
            html! { <mark class={classes!(escape, current)}>{ text }</mark> }
        }
    }
}

/// Draws the button that saves a turn, or the body in one of its passages.
fn save(
    lang: Lang,
    dispatch: &Dispatch,
    document: &DocumentRef,
    turn: usize,
    passage: Option<usize>,
) -> Html {
    let (document, dispatch) = (document.0.clone(), dispatch.clone());
    let onclick = Callback::from(move |_: MouseEvent| {
        let Some(turn) = document.turns.get(turn) else { return };
        let body =
            passage.and_then(|passage| turn.passages.get(passage)).and_then(Passage::body_bytes);
        let contents = body.unwrap_or(&turn.bytes).to_vec();
        let name = Passage::file_name(&contents, body.is_some());
        dispatch.emit(Event::Text(TextEvent::SavePressed { name, contents }));
    });
    let label = if passage.is_some() { i18n::save_body(lang) } else { i18n::save(lang) };
    html! { <button type="button" class="quiet" {onclick}>{ label }</button> }
}
