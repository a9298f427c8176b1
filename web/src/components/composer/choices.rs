//! What the line of settings unfolds: the notation, the line ending, and a file to attach.

use echo_core::payload::{LineEnding, Notation};
use page_model::Event;
use page_model::composer::{ChoicesView, ComposerEvent};
use yew::prelude::*;

use super::file;
use super::segments::{Segment, choose, segments};
use crate::components::context::{use_dispatch, use_lang};
use crate::i18n::settings as i18n;

/// Properties of [`Choices`].
#[derive(PartialEq, Properties)]
pub struct ChoicesProps {
    /// The settings.
    pub view: ChoicesView,
}

/// Draws the settings of the message.
#[component]
pub fn Choices(ChoicesProps { view }: &ChoicesProps) -> Html {
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
