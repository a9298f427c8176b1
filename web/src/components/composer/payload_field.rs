//! A field for bytes.

use page_model::Event;
use page_model::composer::{ComposerEvent, FieldView};
use page_model::field::Field;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::components::callbacks::send_on_enter;
use crate::components::context::use_dispatch;

/// What the bytes are.
#[derive(Clone, Copy, PartialEq)]
pub enum Payload {
    /// The message.
    Message,
    /// The expected reply.
    Expected,
}

/// Properties of [`PayloadField`].
#[derive(PartialEq, Properties)]
pub struct PayloadFieldProps {
    /// What the bytes are.
    pub payload: Payload,
    /// The view model.
    pub view: FieldView,
}

/// Draws the field. It is a component of its own, because Yew reads the text of a field whenever it
/// renders the field, and this text may be long.
#[component]
pub fn PayloadField(PayloadFieldProps { payload, view }: &PayloadFieldProps) -> Html {
    let (payload, dispatch) = (*payload, use_dispatch());
    let oninput = dispatch.reform(move |input: InputEvent| {
        let field: HtmlTextAreaElement = input.target_unchecked_into();
        Event::Composer(payload.typed(field.value()))
    });
    html! {
        <textarea
            id={payload.id()}
            rows={view.row_count.to_string()}
            value={view.text.as_rc().clone()}
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            enterkeyhint="send"
            aria-describedby={payload.hint_id()}
            aria-invalid={view.is_rejected.then_some("true")}
            {oninput}
            onkeydown={send_on_enter(&dispatch)}
        />
    }
}

impl Payload {
    /// Returns the id of the field.
    pub fn id(self) -> &'static str {
        match self {
            Self::Message => Field::Message.element_id(),
            Self::Expected => Field::ExpectedReply.element_id(),
        }
    }

    /// Returns the id of the element that describes the field.
    pub fn hint_id(self) -> &'static str {
        match self {
            Self::Message => "message-hint",
            Self::Expected => "these-hint",
        }
    }

    fn typed(self, text: String) -> ComposerEvent {
        match self {
            Self::Message => ComposerEvent::Typed(text),
            Self::Expected => ComposerEvent::ExpectedTyped(text),
        }
    }
}
