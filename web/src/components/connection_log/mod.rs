//! The connections to the bridge's own echo server, in a panel that unfolds.

pub mod list;

use page_model::Event;
use page_model::connection_log::ConnectionLogEvent;
use yew::prelude::*;

use super::context::{use_dispatch, use_lang};
use crate::i18n::connection_log as i18n;

/// The id of the heading's button, which names the panel.
const HEADING_ID: &str = "server-sees";

/// Properties of [`ConnectionLog`].
#[derive(PartialEq, Properties)]
pub struct ConnectionLogProps {
    /// Whether the panel is unfolded.
    pub is_open: bool,
    /// The connections, while it is.
    pub children: Html,
}

/// Draws the panel.
#[component]
pub fn ConnectionLog(ConnectionLogProps { is_open, children }: &ConnectionLogProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    let onclick = dispatch.reform(|_| Event::ConnectionLog(ConnectionLogEvent::Toggled));
    html! {
        <section class="server" aria-labelledby={HEADING_ID}>
            <h2>
                <button type="button" id={HEADING_ID} aria-expanded={is_open.to_string()} {onclick}>
                    { i18n::heading(lang) }
                    <span aria-hidden="true">{ if *is_open { " ▴" } else { " ▾" } }</span>
                </button>
            </h2>
            { children.clone() }
        </section>
    }
}
