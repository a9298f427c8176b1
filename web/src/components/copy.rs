//! Buttons that copy a text, and tell for a while that they did.

use page_model::copy::CopyState;
use page_model::{Event, Model};
use yew::prelude::*;

use super::context::{use_dispatch, use_lang};
use crate::i18n::copy as i18n;
use crate::tag::{Tag, button};

/// Properties of [`CopyButton`].
#[derive(PartialEq, Properties)]
pub struct CopyButtonProps {
    /// The text that is copied.
    pub text: AttrValue,
    /// Whether the text was copied lately.
    pub state: CopyState,
    /// What the button says while that was not.
    pub label: &'static str,
    /// The class of the button.
    #[prop_or_default]
    pub class: Option<&'static str>,
}

/// A button that copies a text.
#[component]
pub fn CopyButton(CopyButtonProps { text, state, label, class }: &CopyButtonProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    let onclick = {
        let text = text.clone();
        dispatch.reform(move |_| Event::CopyPressed(text.to_string()))
    };
    html! {
        <button type="button" class={*class} {onclick}>{ i18n::button(lang, label, *state) }</button>
    }
}

/// A button that copies a text, for components that still take the model.
pub fn copies(text: String, before: &'static str, model: &Model, emit: &Callback<Event>) -> Tag {
    let said = label(&text, before, model);
    button().onclick(emit.reform(move |_| Event::CopyPressed(text.clone()))).child(said)
}

/// The label of a button that copies a text, for components that still take the model.
pub fn label(text: &str, before: &'static str, model: &Model) -> &'static str {
    i18n::button(model.lang, before, model.copy_state(text))
}
