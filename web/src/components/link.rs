//! The button that copies a link, and what was not understood of the link that was opened.

use page_model::copy::CopyState;
use page_model::link::{CopyLink, InvalidValue, LinkEvent, LinkView};
use page_model::{Event, Lang};
use yew::prelude::*;

use super::context::{Dispatch, use_dispatch, use_lang};
use crate::i18n::{copy, link as i18n};

/// Properties of [`Link`].
#[derive(PartialEq, Properties)]
pub struct LinkProps {
    /// The view model.
    pub view: LinkView,
}

/// Draws the button that copies a link, and the invalid values of the link that was opened.
#[component]
pub fn Link(LinkProps { view }: &LinkProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    html! {
        <div class="link">
            if let Some(view) = view.copy {
                { button(lang, view, &dispatch) }
            }
            { for view.invalid.iter().enumerate().map(|(index, value)| invalid(lang, index, value)) }
        </div>
    }
}

fn button(lang: Lang, view: CopyLink, dispatch: &Dispatch) -> Html {
    let state = match view {
        CopyLink::Ready(state) => state,
        CopyLink::TooLong => CopyState::Idle,
    };
    let is_too_long = view == CopyLink::TooLong;
    let onclick = dispatch.reform(|_| Event::Link(LinkEvent::CopyPressed));
    html! {
        <>
            <button type="button" aria-disabled={is_too_long.then_some("true")} {onclick}>
                { copy::button(lang, i18n::copy(lang), state) }
            </button>
            if is_too_long {
                <p>{ i18n::too_long(lang) }</p>
            }
        </>
    }
}

fn invalid(lang: Lang, index: usize, InvalidValue { key, value }: &InvalidValue) -> Html {
    html! { <p key={index} class="bad">{ i18n::invalid(lang, key, value) }</p> }
}
