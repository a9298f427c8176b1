//! A button that copies a text, and a command for a terminal with such a button.

use std::rc::Rc;

use page_model::Event;
use page_model::copy::CopyState;
use yew::prelude::*;

use crate::components::context::{use_copied, use_dispatch, use_lang};
use crate::i18n::copy as i18n;

/// Properties of [`CopyButton`].
#[derive(PartialEq, Properties)]
pub struct CopyButtonProps {
    /// The text.
    pub text: Rc<str>,
    /// What the button says; `Copy` if nothing else is given.
    #[prop_or_default]
    pub label: Option<&'static str>,
}

/// A button that copies a text, and says for a while that it did.
#[component]
pub fn CopyButton(CopyButtonProps { text, label }: &CopyButtonProps) -> Html {
    let (lang, dispatch, copied) = (use_lang(), use_dispatch(), use_copied());
    let state = CopyState::of(text, copied.0.as_ref());
    let label = i18n::button(lang, label.unwrap_or(i18n::copy(lang)), state);
    let onclick = {
        let text = Rc::clone(text);
        dispatch.reform(move |_| Event::CopyPressed(text.to_string()))
    };
    html! { <button type="button" {onclick}>{ label }</button> }
}

/// Draws a command after the words that lead over to it, which are its key.
pub fn command(lead: &'static str, command: &Rc<str>) -> Html {
    html! {
        <p key={lead} class="command">
            <span>{ lead }</span>
            <code lang="en">{ for command.split_inclusive(' ').enumerate().map(word) }</code>
            <CopyButton text={Rc::clone(command)} />
        </p>
    }
}

/// A word of a command: the command may be wrapped between words, but never inside an option, where
/// a reader would type `--keep-` and `open`.
fn word((index, word): (usize, &str)) -> Html {
    let class = word.starts_with('-').then_some("option");
    html! { <span key={index} class={classes!(class)}>{ word }</span> }
}
