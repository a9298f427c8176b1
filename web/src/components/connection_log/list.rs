//! The latest connections to the bridge's own echo server: who connected, how many bytes came, how
//! each ended. It is loaded on demand.

use page_model::connection_log::{ConnectionLogEvent, ConnectionView, PayloadView, View};
use page_model::{Event, Model};
use yew::prelude::*;

use crate::components::context::{use_dispatch, use_lang};
use crate::i18n::connection_log as i18n;

/// Draws the connections while the panel is open. Only `lazy` may refer to this.
pub fn draw(model: &Model) -> Html {
    match model.connection_log_view() {
        None => Html::default(),
        Some(View::Unavailable) => html! { <p>{ i18n::unavailable(model.lang) }</p> },
        Some(View::Empty) => html! { <p>{ i18n::empty(model.lang) }</p> },
        Some(View::Connections(connections)) => html! {
            <ul>
                { for connections.iter().map(|view| html! {
                    <Connection key={view.id} view={view.clone()} />
                }) }
            </ul>
        },
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
