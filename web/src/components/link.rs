//! The button that copies a link, and what there is to say about links.

use page_model::copy::CopyState;
use page_model::link::{CopyLink, InvalidValue, LinkEvent, LinkView};
use page_model::{Event, Lang};
use yew::prelude::*;

use super::context::Dispatch;
use crate::i18n::{copy, link as i18n};

/// The id of the text that says why there is no link to copy.
const TOO_LONG_ID: &str = "link-too-long";

/// Draws why there is no link to copy, and the invalid values of the link that was opened.
pub fn notices(lang: Lang, view: &LinkView) -> Html {
    html! {
        <div key="link" class="link">
            if let CopyLink::TooLong(what) = view.copy {
                <p id={TOO_LONG_ID}>{ i18n::too_long(lang, what) }</p>
            }
            { for view.invalid.iter().enumerate().map(|(index, value)| invalid(lang, index, value)) }
        </div>
    }
}

/// Draws the button that copies a link.
pub fn copy_button(lang: Lang, view: CopyLink, dispatch: &Dispatch) -> Html {
    let state = match view {
        CopyLink::Ready(state) => state,
        CopyLink::TooLong(_) => CopyState::Idle,
    };
    let is_too_long = matches!(view, CopyLink::TooLong(_));
    let onclick = dispatch.reform(|_| Event::Link(LinkEvent::CopyPressed));
    html! {
        <button
            type="button"
            aria-disabled={is_too_long.then_some("true")}
            aria-describedby={is_too_long.then_some(TOO_LONG_ID)}
            {onclick}
        >
            { copy::button(lang, i18n::copy(lang), state) }
        </button>
    }
}

fn invalid(lang: Lang, index: usize, InvalidValue { key, value }: &InvalidValue) -> Html {
    html! { <p key={index} class="bad">{ i18n::invalid(lang, key, value) }</p> }
}
