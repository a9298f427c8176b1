//! The notation, the line ending and the expected reply: a line that unfolds.

use echo_core::payload::{LineEnding, Notation};
use page_model::composer::{ChoicesView, ComposerEvent, SettingsView};
use page_model::{Event, Lang};
use yew::prelude::*;

use super::expected::expected;
use super::file;
use super::segments::{Segment, choose, segments};
use crate::components::context::{Dispatch, use_dispatch, use_lang};
use crate::i18n::format::grouped;
use crate::i18n::settings as i18n;

/// Shows the line, and what it unfolds.
pub fn settings(lang: Lang, view: &SettingsView, dispatch: &Dispatch) -> Html {
    let onclick = dispatch.reform(|_| Event::Composer(ComposerEvent::Folded));
    html! {
        <div class="settings">
            <button
                type="button"
                aria-expanded={view.is_open.to_string()}
                aria-controls="settings"
                {onclick}
            >
                { summary(lang, view) }
                <span aria-hidden="true">
                    { if view.is_open { "\u{a0}▴" } else { "\u{a0}▾" } }
                </span>
            </button>
            if let Some(it) = &view.choices.expected {
                { expected(lang, it, &view.choices, dispatch) }
            }
            <div id="settings" class="unfolded" hidden={!view.is_open}>
                <Choices view={view.choices.clone()} />
            </div>
        </div>
    }
}

/// Returns `Text · no ending · 6 B`.
fn summary(lang: Lang, SettingsView { byte_count, choices, .. }: &SettingsView) -> String {
    let count = match byte_count {
        Some(count) => format!("{} B", grouped(*count)),
        None => i18n::a_mistake(lang).into(),
    };
    let notation = i18n::notation(lang, choices.notation);
    let ending = i18n::ending_alone(lang, choices.ending);
    format!("{notation} · {ending} · {count}")
}

/// Properties of [`Choices`].
#[derive(PartialEq, Properties)]
struct ChoicesProps {
    view: ChoicesView,
}

/// Draws the settings of the message.
#[component]
fn Choices(ChoicesProps { view }: &ChoicesProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    let refresh = use_force_update();
    let notation = |notation| Segment {
        label: i18n::notation(lang, notation),
        is_chosen: notation == view.notation,
        onchange: {
            let (dispatch, refresh) = (dispatch.clone(), refresh.clone());
            // The model keeps the notation where another one cannot express the bytes: the browser
            // has chosen the other one by then, and the view is the same as before.
            Callback::from(move |_| {
                dispatch.emit(Event::Composer(ComposerEvent::NotationChosen(notation)));
                refresh.force_update();
            })
        },
    };
    let ending = |ending| Segment {
        label: i18n::ending(lang, ending),
        is_chosen: ending == view.ending,
        onchange: choose(&dispatch, ComposerEvent::EndingChosen(ending)),
    };
    html! {
        <>
            <div class="choices">
                { segments("mode", i18n::notations(lang), Notation::ALL.map(notation)) }
                { segments("ending", i18n::endings(lang), LineEnding::ALL.map(ending)) }
            </div>
            { file::picker(lang, &dispatch) }
            <p class="keys">{ i18n::keys(lang, view.ending) }</p>
        </>
    }
}
