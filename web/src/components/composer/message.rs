//! The message: its field, its first bytes, and its settings.

use page_model::composer::{ComposerEvent, MessageHint, MessageView, Sample};
use page_model::{Event, Lang};
use yew::prelude::*;

use super::Parts;
use super::payload_field::{Payload, PayloadField};
use super::preview::preview;
use super::settings::settings;
use crate::components::context::{Dispatch, use_dispatch, use_lang};
use crate::i18n::composer as i18n;

/// Properties of [`Message`].
#[derive(PartialEq, Properties)]
pub struct MessageProps {
    /// The view model.
    pub view: MessageView,
    /// What is loaded on demand.
    pub parts: Parts,
}

/// Draws the message.
#[component]
pub fn Message(MessageProps { view, parts }: &MessageProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    html! {
        <div class="field">
            <div class="label">
                <label for={Payload::Message.id()}>{ i18n::message(lang) }</label>
                <div class="chips" role="group" aria-label={i18n::samples(lang)}>
                    { for Sample::ALL.map(|it| sample(it, &dispatch)) }
                </div>
            </div>
            if view.is_attached {
                <div
                    id={Payload::Message.id()}
                    class="attachment"
                    role="group"
                    aria-label={i18n::message(lang)}
                    tabindex="-1"
                >
                    { parts.attachment.clone() }
                </div>
            } else {
                <PayloadField
                    payload={Payload::Message}
                    view={view.field.clone()}
                    can_recall={view.can_recall}
                />
            }
            <p
                id={Payload::Message.hint_id()}
                class={classes!("hint", view.field.is_rejected.then_some("wrong"))}
            >
                { hint(lang, &view.hint, &parts.note) }
            </p>
            if let Some(view) = view.preview.as_ref().filter(|_| !view.is_attached) {
                { preview(lang, view) }
            }
            { settings(lang, &view.settings, parts, &dispatch) }
        </div>
    }
}

fn hint(lang: Lang, hint: &MessageHint, note: &Html) -> Html {
    match hint {
        MessageHint::None => Html::default(),
        MessageHint::Mistake(mistake) => i18n::mistake(lang, mistake).into(),
        MessageHint::Note(_) => note.clone(),
        MessageHint::Empty => i18n::empty_message(lang).into(),
    }
}

fn sample(sample: Sample, dispatch: &Dispatch) -> Html {
    let onclick = dispatch.reform(move |_| Event::Composer(ComposerEvent::SamplePressed(sample)));
    html! { <button key={sample.name()} type="button" {onclick}>{ sample.name() }</button> }
}
