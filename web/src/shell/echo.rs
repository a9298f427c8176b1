//! What is asked of the bridge about its own echo server.

use echo_core::wire::{CONNECTIONS_PATH, EchoConnection, EchoConnections, STEP_ASIDE_PATH};
use gloo_timers::callback::Timeout;
use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{RequestCache, RequestInit, Response};
use yew::Callback;

use crate::browser;
use crate::model::Event;
use crate::model::lesson::LessonEvent;
use crate::model::lesson::aside::Refusal;
use crate::model::server::{ASK_MS, ServerEffect, ServerEvent};

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
        ServerEffect::AskLater => {
            let emit = emit.clone();
            Timeout::new(ASK_MS, move || {
                let visible = browser::is_visible();
                emit.emit(Event::Server(ServerEvent::AskDue { visible }));
            })
            .forget();
        }
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
    let told: EchoConnections = browser::said(std::str::from_utf8(json).ok()?)?;
    Some(told.connections)
}

async fn fetch(question: Question) -> Answer {
    let request = RequestInit::new();
    request.set_cache(RequestCache::NoStore);
    let path = match question {
        Question::Connections => CONNECTIONS_PATH.into(),
        Question::Payload(id) => format!("{CONNECTIONS_PATH}/{id}"),
        Question::StepAside => {
            request.set_method("POST");
            STEP_ASIDE_PATH.into()
        }
    };
    let window = web_sys::window().ok_or(0u16)?;
    let response = JsFuture::from(window.fetch_with_str_and_init(&path, &request)).await;
    let response: Response = response.map_err(|_| 0u16)?.unchecked_into();
    if !response.ok() {
        return Err(response.status());
    }
    let body = JsFuture::from(response.array_buffer().map_err(|_| 0u16)?).await;
    Ok(Uint8Array::new(&body.map_err(|_| 0u16)?).to_vec())
}
