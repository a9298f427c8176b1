//! The connections to the bridge's own echo server: who connected, how many bytes came, how each
//! ended.

use page_model::Event;
use page_model::connection_log::{ConnectionLogEvent, ConnectionView, PayloadView, View};
use yew::prelude::*;

use super::context::{use_dispatch, use_lang};
use crate::i18n::connection_log as i18n;

/// The id of the heading's button, which names the panel.
const HEADING_ID: &str = "server-sees";

/// Properties of [`ConnectionLog`].
#[derive(PartialEq, Properties)]
pub struct ConnectionLogProps {
    /// What the panel shows.
    pub view: View,
}

/// Draws the panel with the connections, which unfolds.
#[component]
pub fn ConnectionLog(ConnectionLogProps { view }: &ConnectionLogProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    let is_open = *view != View::Folded;
    let onclick = dispatch.reform(|_| Event::ConnectionLog(ConnectionLogEvent::Toggled));
    html! {
        <section class="server" aria-labelledby={HEADING_ID}>
            <h2>
                <button type="button" id={HEADING_ID} aria-expanded={is_open.to_string()} {onclick}>
                    { i18n::heading(lang) }
                    <span aria-hidden="true">{ if is_open { " ▴" } else { " ▾" } }</span>
                </button>
            </h2>
            {
                match view {
                    View::Folded => Html::default(),
                    View::Unavailable => html! { <p>{ i18n::unavailable(lang) }</p> },
                    View::Empty => html! { <p>{ i18n::empty(lang) }</p> },
                    View::Connections(connections) => html! {
                        <ul>
                            { for connections.iter().map(|view| html! {
                                <Connection key={view.id} view={view.clone()} />
                            }) }
                        </ul>
                    },
                }
            }
        </section>
    }
}

/// Properties of [`Connection`].
#[derive(PartialEq, Properties)]
struct ConnectionProps {
    view: ConnectionView,
}

/// Draws a connection in the list.
#[component]
fn Connection(ConnectionProps { view }: &ConnectionProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    let id = view.id;
    let onclick =
        dispatch.reform(move |_| Event::ConnectionLog(ConnectionLogEvent::PayloadWanted(id)));
    html! {
        <li>
            <span class="server-peer">{ view.peer.to_string() }</span>
            <span>{ i18n::client(lang, &view.client) }</span>
            <span>{ i18n::byte_counts(lang, view.received, view.echoed) }</span>
            <span>{ i18n::state(lang, view.end) }</span>
            if view.has_bytes {
                <button
                    type="button"
                    class="quiet"
                    aria-expanded={view.payload.is_some().to_string()}
                    {onclick}
                >
                    { i18n::show_bytes(lang) }
                </button>
            }
            {
                match &view.payload {
                    None | Some(PayloadView::Requested) => Html::default(),
                    Some(PayloadView::Gone) => html! { <p tabindex="0">{ i18n::bytes_gone(lang) }</p> },
                    Some(PayloadView::Empty) => html! { <p tabindex="0">{ i18n::no_bytes(lang) }</p> },
                    Some(PayloadView::Text { text, has_more }) => html! {
                        <p tabindex="0">
                            <samp>{ text }</samp>
                            if *has_more {
                                { i18n::more_bytes(lang) }
                            }
                        </p>
                    },
                }
            }
        </li>
    }
}
