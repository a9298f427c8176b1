//! The list of the connections that came in.

use std::rc::Rc;

use page_model::Event;
use page_model::inspector::StepTo;
use page_model::server::ServerEvent;
use page_model::server::view::ConnectionView;
use yew::prelude::*;

use crate::components::callbacks::dispatch_some;
use crate::components::context::{Dispatch, use_dispatch, use_lang};
use crate::i18n::{format, server as i18n};

/// The id of the heading.
const HEADING_ID: &str = "who-connected";

/// Properties of [`Connections`].
#[derive(PartialEq, Properties)]
pub struct ConnectionsProps {
    /// The connections, newest first.
    pub connections: Vec<Rc<ConnectionView>>,
    /// How many others are no longer listed.
    pub removed: u64,
    /// How many were not claimed, because too many were open.
    pub unclaimed: u64,
}

/// Draws the list. The arrow keys move in it; the Tab key leads to the selected connection.
#[component]
pub fn Connections(props: &ConnectionsProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    let has_selected = props.connections.iter().any(|it| it.is_selected);
    html! {
        <>
            <h3 id={HEADING_ID}>{ i18n::connections(lang) }</h3>
            <ul class="peers" aria-labelledby={HEADING_ID} onkeydown={on_key(&dispatch)}>
                { for props.connections.iter().enumerate().map(|(index, view)| html! {
                    <Connection
                        key={view.id.element_id()}
                        view={Rc::clone(view)}
                        is_tab_stop={view.is_selected || (!has_selected && index == 0)}
                    />
                }) }
            </ul>
            if props.removed > 0 {
                <p class="hint">{ i18n::removed(lang, props.removed) }</p>
            }
            if props.unclaimed > 0 {
                <p class="hint wrong">{ i18n::unclaimed(lang, props.unclaimed) }</p>
            }
        </>
    }
}

/// Properties of [`Connection`].
#[derive(PartialEq, Properties)]
struct ConnectionProps {
    view: Rc<ConnectionView>,
    is_tab_stop: bool,
}

/// Draws a connection in the list.
#[component]
fn Connection(ConnectionProps { view, is_tab_stop }: &ConnectionProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    let id = view.id;
    let onclick = dispatch.reform(move |_| Event::Server(ServerEvent::Selected(id)));
    let size = |arrow: &str, bytes: u64| format!("{arrow} {}", format::size(bytes));
    html! {
        <li>
            <button
                type="button"
                id={id.element_id()}
                aria-pressed={view.is_selected.to_string()}
                tabindex={if *is_tab_stop { "0" } else { "-1" }}
                {onclick}
            >
                <span class="peer">{ view.peer.to_string() }</span>
                <span class="received">{ size("←", view.received) }</span>
                <span class="sent">{ size("→", view.sent) }</span>
                <span>{ i18n::state(lang, view.state) }</span>
                <span class="since">{ i18n::seconds(view.seconds) }</span>
            </button>
        </li>
    }
}

/// Returns a listener that moves from connection to connection with the arrow keys.
fn on_key(dispatch: &Dispatch) -> Callback<KeyboardEvent> {
    dispatch_some(dispatch, |event: KeyboardEvent| {
        let to = match event.key().as_str() {
            "ArrowUp" => StepTo::Previous,
            "ArrowDown" => StepTo::Next,
            _ => return None,
        };
        event.prevent_default();
        Some(Event::Server(ServerEvent::SelectionMoved(to)))
    })
}
