//! What is asked of the bridge about its own echo server.

use echo_core::wire::{CONNECTIONS_PATH, EchoConnection, EchoConnections, RELEASE_PATH};
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

use crate::browser;
use page_model::Event;
use page_model::connection_log::{ConnectionLogEffect, ConnectionLogEvent};
use page_model::lesson::LessonEvent;
use page_model::lesson::release::ReleaseError;

/// Something to ask.
#[derive(Clone, Copy)]
enum Question {
    /// Who is connected.
    Connections,
    /// The bytes of a connection.
    Payload(u64),
    /// To give the port free.
    ReleasePort,
}

/// The bridge's answer; else its status, 0 where there is none.
type Answer = Result<Vec<u8>, u16>;

/// Carries out an effect.
pub fn carry_out(effect: ConnectionLogEffect, emit: &Callback<Event>) {
    match effect {
        ConnectionLogEffect::Ask => ask(Question::Connections, emit),
        ConnectionLogEffect::FetchPayload(id) => ask(Question::Payload(id), emit),
        // An alarm of the page's.
        ConnectionLogEffect::AskLater => {}
    }
}

/// Has the echo server give its port free.
pub fn release_port(emit: &Callback<Event>) {
    ask(Question::ReleasePort, emit);
}

fn ask(question: Question, emit: &Callback<Event>) {
    let emit = emit.clone();
    spawn_local(async move {
        let answer = fetch(question).await;
        emit.emit(understand(question, answer));
    });
}

fn understand(question: Question, answer: Answer) -> Event {
    match question {
        Question::Connections => Event::ConnectionLog(ConnectionLogEvent::Came(
            answer.ok().and_then(|json| connections(&json)),
        )),
        Question::Payload(id) => {
            Event::ConnectionLog(ConnectionLogEvent::PayloadCame(id, answer.ok()))
        }
        Question::ReleasePort => {
            Event::Lesson(LessonEvent::ReleaseAnswered(answer.map(drop).map_err(ReleaseError::of)))
        }
    }
}

fn connections(json: &[u8]) -> Option<Vec<EchoConnection>> {
    browser::read_json(json).map(|told: EchoConnections| told.connections)
}

async fn fetch(question: Question) -> Answer {
    match question {
        Question::Connections => browser::fetch("GET", CONNECTIONS_PATH).await,
        Question::Payload(id) => browser::fetch("GET", &format!("{CONNECTIONS_PATH}/{id}")).await,
        Question::ReleasePort => browser::fetch("POST", RELEASE_PATH).await,
    }
}
