//! Buttons that copy a text, and show for a while whether they succeeded.

use page_model::Event;
use page_model::copy::CopyState;
use yew::prelude::*;

use super::context::{use_dispatch, use_lang};
use crate::i18n::copy as i18n;

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

/// Draws a button that copies a text.
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
