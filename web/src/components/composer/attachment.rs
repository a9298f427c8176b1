//! A file that is the message, and what is told of changes of the message.

use page_model::attachment::MAX_ATTACHMENT;
use page_model::composer::{ComposerEvent, ComposerNote, MessageHint};
use page_model::{Event, Model};
use yew::prelude::*;

use super::preview::preview;
use crate::components::context::Dispatch;
use crate::i18n::attachment as i18n;

/// Draws the file that is the message, if one is.
pub fn attachment(model: &Model, dispatch: &Dispatch) -> Html {
    let (lang, view) = (model.lang, model.attachment_view());
    view.map_or_else(Html::default, |view| {
        html! {
            <>
                <p class="file-name" title={view.name.clone()}><bdi>{ &view.name }</bdi></p>
                { button(dispatch, ComposerEvent::AttachmentRemoved, i18n::remove(lang)) }
                <p class="hint">{ i18n::size(lang, view.size) }</p>
                { preview(lang, &view.preview) }
                if !view.is_kept {
                    <p class="hint">{ i18n::not_kept(lang) }</p>
                }
            </>
        }
    })
}

/// Draws the result of the last change of the message, if it is told.
pub fn note(model: &Model, dispatch: &Dispatch) -> Html {
    let lang = model.lang;
    // An alert is announced when its element is added.
    match model.message_view().hint {
        MessageHint::Note(ComposerNote::LongMessage { length, offer }) => {
            html! {
                <span key="refusal" role="alert" class="wrong">
                    { i18n::long_message(lang, length) }
                    { " " }
                    if offer.is_some() {
                        { button(dispatch, ComposerEvent::AttachPressed, i18n::attach(lang)) }
                    } else if length > MAX_ATTACHMENT {
                        { i18n::longest(lang) }
                    }
                </span>
            }
        }
        MessageHint::Note(told) => {
            html! { <span key="note" role="alert" class="wrong">{ i18n::note(lang, &told) }</span> }
        }
        MessageHint::None | MessageHint::Mistake(_) | MessageHint::Empty => Html::default(),
    }
}

fn button(dispatch: &Dispatch, event: ComposerEvent, label: &'static str) -> Html {
    let onclick = dispatch.reform(move |_| Event::Composer(event.clone()));
    html! { <button type="button" class="quiet" {onclick}>{ label }</button> }
}
