//! The part of the composer that is loaded once it is needed: the settings of the message, a file
//! that is attached, and what is told of a change or of a link.

use page_model::Model;
use page_model::composer::ExpectedView;
use yew::prelude::*;

use super::attachment::{attachment, note};
use super::choices::Choices;
use super::expected_bytes::expected_bytes;
use crate::components::context::Dispatch;
use crate::components::link::notices;

/// The part of the composer that is loaded on demand.
pub struct Part {
    /// Draws the settings of the message.
    pub choices: fn(&Model, &Dispatch) -> Html,
    /// Draws the field for the expected bytes, if there is one.
    pub expected: fn(&Model, &Dispatch) -> Html,
    /// Draws the file that is the message, if one is.
    pub attachment: fn(&Model, &Dispatch) -> Html,
    /// Draws the result of the last change of the message, if it is told.
    pub note: fn(&Model, &Dispatch) -> Html,
    /// Draws what is told about links.
    pub link_notices: fn(&Model, &Dispatch) -> Html,
}

/// The part of the composer that is loaded on demand. Only `lazy` may refer to it.
pub static PART: Part = Part { choices, expected, attachment, note, link_notices };

fn choices(model: &Model, _: &Dispatch) -> Html {
    html! { <Choices view={model.message_view().settings.choices} /> }
}

fn expected(model: &Model, _: &Dispatch) -> Html {
    let choices = model.message_view().settings.choices;
    match &choices.expected {
        Some(ExpectedView::Bytes { field, hint }) => {
            expected_bytes(model.lang, field, hint, &choices)
        }
        Some(ExpectedView::Same | ExpectedView::Anything) | None => Html::default(),
    }
}

fn link_notices(model: &Model, _: &Dispatch) -> Html {
    notices(model.lang, &model.link_view())
}
