//! The buttons that explain terms.

use page_model::Event;
use page_model::menu::MenuEvent;
use page_model::topic::Topic;
use yew::prelude::*;

use super::context::{use_dispatch, use_lang, use_topic};
use crate::i18n::topic as i18n;

/// The id of what the buttons open.
pub const EXPLANATION_ID: &str = "explanation";

/// Properties of [`Explain`].
#[derive(PartialEq, Properties)]
pub struct ExplainProps {
    /// What the button explains.
    pub topic: Topic,
}

/// Draws a button that explains terms. The explanation is drawn by the root: it is loaded on demand.
#[component]
pub fn Explain(ExplainProps { topic }: &ExplainProps) -> Html {
    let (lang, dispatch, topic) = (use_lang(), use_dispatch(), *topic);
    let is_open = use_topic() == Some(topic);
    let onclick = dispatch.reform(move |_| Event::Menu(MenuEvent::TopicToggled(topic)));
    html! {
        <button
            type="button"
            class="explain"
            id={topic.button_id()}
            aria-label={i18n::explain(lang, topic)}
            aria-expanded={is_open.to_string()}
            aria-controls={EXPLANATION_ID}
            {onclick}
        >
            { "?" }
        </button>
    }
}
