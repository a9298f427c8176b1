//! What the bridge's own echo server sees: who connected, how many bytes, how it ended.

use echo_core::payload::printable;
use echo_core::wire::EchoConnection;
use yew::Callback;

use crate::tag::{Tag, button, tag};
use crate::words::server::ConnectionLogWords;
use page_model::connection_log::{ConnectionLogEvent, PayloadState};
use page_model::{Event, Model};

/// The id of its button, which names it.
const ID: &str = "server-sees";
/// Modes many connections are drawn.
const SHOWN: usize = 16;

/// The panel, where there is something to see.
pub fn view(model: &Model, emit: &Callback<Event>) -> Option<Tag> {
    let (words, open) = (&crate::words::of(model.lang).server, model.connection_log.open);
    let onclick = emit.reform(|_| Event::ConnectionLog(ConnectionLogEvent::Toggled));
    let fold = if open { " ▴" } else { " ▾" };
    model.shows_server().then(|| {
        let button = button()
            .set("id", ID)
            .set("aria-expanded", open.to_string())
            .onclick(onclick)
            .child(words.sees)
            .child(tag("span").set("aria-hidden", "true").child(fold));
        tag("section")
            .key("server")
            .class("server")
            .set("aria-labelledby", ID)
            .child(tag("h2").child(button))
            .child(open.then(|| list(model, words, emit)))
    })
}

fn list(model: &Model, words: &ConnectionLogWords, emit: &Callback<Event>) -> Tag {
    let server = &model.connection_log;
    if server.silent || server.connections.is_empty() {
        let why = if server.silent { words.silent } else { words.nobody };
        return tag("p").key("none").child(why);
    }
    let rows = server.connections.iter().take(SHOWN);
    tag("ul").key("list").children(rows.map(|it| row(it, model, words, emit)))
}

fn row(
    it: &EchoConnection,
    model: &Model,
    words: &ConnectionLogWords,
    emit: &Callback<Event>,
) -> Tag {
    let id = it.id;
    let wanted = model.connection_log.payload.as_ref().filter(|payload| payload.of == id);
    let show = button()
        .class("quiet")
        .set("aria-expanded", wanted.is_some().to_string())
        .onclick(emit.reform(move |_| Event::ConnectionLog(ConnectionLogEvent::PayloadWanted(id))))
        .child(words.show);
    tag("li")
        .key(id)
        .child(tag("span").class("server-peer").child(it.peer.to_string()))
        .child(tag("span").child((words.who)(it.bridge)))
        .child(tag("span").child((words.bytes)(it.received, it.echoed)))
        .child(tag("span").child((words.end)(it.end)))
        .child(show)
        .child(wanted.and_then(|wanted| payload(&wanted.bytes, it.received, words)))
}

fn payload(bytes: &PayloadState, received: u64, words: &ConnectionLogWords) -> Option<Tag> {
    let shown = tag("p").set("tabindex", "0");
    Some(match bytes {
        PayloadState::Asked => return None,
        PayloadState::Gone => shown.child(words.gone),
        PayloadState::Came(bytes) if bytes.is_empty() => shown.child(words.none),
        PayloadState::Came(bytes) => {
            let more = (received > bytes.len() as u64).then_some(words.beginning);
            shown.child(tag("samp").child(printable(bytes))).child(more)
        }
    })
}
