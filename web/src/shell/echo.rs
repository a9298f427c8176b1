//! What is asked of the bridge about its own echo server.

use echo_core::wire::{CONNECTIONS_PATH, EchoConnection, EchoConnections, RELEASE_PATH};
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

use crate::browser;
use page_model::Event;
use page_model::lesson::LessonEvent;
use page_model::lesson::aside::Refusal;
use page_model::server::{ServerEffect, ServerEvent};

/// Something to ask.
#[derive(Clone, Copy)]
enum Question {
    /// Who is connected.
    Connections,
    /// The bytes of a connection.
    Payload(u64),
    /// To give the port free.
    StepAside,
}

/// The bridge's answer; else its status, 0 where there is none.
type Answer = Result<Vec<u8>, u16>;

/// Carries out an effect.
pub fn carry_out(effect: ServerEffect, emit: &Callback<Event>) {
    match effect {
        ServerEffect::Ask => ask(Question::Connections, emit),
        ServerEffect::FetchPayload(id) => ask(Question::Payload(id), emit),
        // An alarm of the page's.
        ServerEffect::AskLater => {}
    }
}

/// Has the echo server give its port free.
pub fn step_aside(emit: &Callback<Event>) {
    ask(Question::StepAside, emit);
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
        Question::Connections => {
            Event::Server(ServerEvent::Came(answer.ok().and_then(|json| connections(&json))))
        }
        Question::Payload(id) => Event::Server(ServerEvent::PayloadCame(id, answer.ok())),
        Question::StepAside => {
            Event::Lesson(LessonEvent::AsideCame(answer.map(drop).map_err(Refusal::of)))
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
        Question::StepAside => browser::fetch("POST", RELEASE_PATH).await,
    }
}
