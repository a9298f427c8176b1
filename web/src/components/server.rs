//! What the bridge's own echo server sees: who connected, how many bytes, how it ended.

use echo_core::payload::printable;
use echo_core::wire::EchoConnection;
use yew::{Callback, Html, html};

use crate::model::server::{Bytes, ServerEvent};
use crate::model::{Event, Model};
use crate::words::server::ServerWords;

/// How many connections are drawn.
const SHOWN: usize = 16;

/// The panel, where there is something to see.
pub fn view(model: &Model, emit: &Callback<Event>) -> Html {
    if !model.shows_server() {
        return Html::default();
    }
    let (words, open) = (&model.lang.words().server, model.server.open);
    let onclick = emit.reform(|_| Event::Server(ServerEvent::Toggled));
    html! {
        <section key="server" class="server" aria-labelledby="server-sees">
            <h2 key="head">
                <button id="server-sees" type="button" aria-expanded={open.to_string()} {onclick}>
                    { words.sees }<span aria-hidden="true">{ if open { " ▴" } else { " ▾" } }</span>
                </button>
            </h2>
            if open {
                { list(model, words, emit) }
            }
        </section>
    }
}

fn list(model: &Model, words: &ServerWords, emit: &Callback<Event>) -> Html {
    let server = &model.server;
    if server.silent {
        return html! { <p key="silent">{ words.silent }</p> };
    }
    if server.connections.is_empty() {
        return html! { <p key="nobody">{ words.nobody }</p> };
    }
    let rows = server.connections.iter().take(SHOWN);
    html! { <ul key="list">{ for rows.map(|it| row(it, model, words, emit)) }</ul> }
}

fn row(it: &EchoConnection, model: &Model, words: &ServerWords, emit: &Callback<Event>) -> Html {
    let id = it.id;
    let wanted = model.server.payload.as_ref().filter(|payload| payload.of == id);
    let onclick = emit.reform(move |_| Event::Server(ServerEvent::PayloadWanted(id)));
    html! {
        <li key={id}>
            <span key="peer" class="server-peer">{ it.peer.to_string() }</span>
            <span key="who" class="server-who">{ (words.who)(it.bridge) }</span>
            <span key="bytes">{ (words.bytes)(it.received, it.echoed) }</span>
            <span key="end">{ (words.end)(it.end) }</span>
            <button key="show" class="quiet" type="button"
                aria-expanded={wanted.is_some().to_string()} {onclick}>{ words.show }</button>
            { wanted.map(|wanted| payload(&wanted.bytes, it.received, words)).unwrap_or_default() }
        </li>
    }
}

fn payload(bytes: &Bytes, received: u64, words: &ServerWords) -> Html {
    let bytes = match bytes {
        Bytes::Asked => return Html::default(),
        Bytes::Gone => return html! { <p key="payload">{ words.gone }</p> },
        Bytes::Came(bytes) if bytes.is_empty() => {
            return html! { <p key="payload">{ words.none }</p> };
        }
        Bytes::Came(bytes) => bytes,
    };
    html! {
        <p key="payload" tabindex="0">
            <samp>{ printable(bytes) }</samp>
            if received > bytes.len() as u64 {
                <span>{ format!(" … {}", words.beginning) }</span>
            }
        </p>
    }
}
