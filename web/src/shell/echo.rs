//! What is asked of the bridge about its own echo server.

use echo_core::wire::{CONNECTIONS_PATH, EchoConnections, STEP_ASIDE_PATH};
use gloo_timers::callback::Timeout;
use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{RequestCache, RequestInit, Response};
use yew::Callback;

use crate::browser;
use crate::model::Event;
use crate::model::lesson::aside::Refusal;
use crate::model::server::{ASK_MS, ServerEffect, ServerEvent};

/// Carries out an effect.
pub fn carry_out(effect: ServerEffect, emit: &Callback<Event>) {
    let tell = emit.reform(Event::Server);
    match effect {
        ServerEffect::Ask => spawn_local(async move {
            let told = fetch("GET", CONNECTIONS_PATH).await.ok();
            let told = told.and_then(|json| serde_json::from_slice::<EchoConnections>(&json).ok());
            tell.emit(ServerEvent::Came(told.map(|told| told.connections)));
        }),
        ServerEffect::AskLater => {
            let due = move || tell.emit(ServerEvent::AskDue { visible: browser::is_visible() });
            Timeout::new(ASK_MS, due).forget();
        }
        ServerEffect::FetchPayload(id) => spawn_local(async move {
            let bytes = fetch("GET", &format!("{CONNECTIONS_PATH}/{id}")).await.ok();
            tell.emit(ServerEvent::PayloadCame(id, bytes));
        }),
    }
}

/// Has the echo server give its port free.
pub async fn step_aside() -> Result<(), Refusal> {
    fetch("POST", STEP_ASIDE_PATH).await.map(|_| ()).map_err(Refusal::of)
}

/// What the bridge answers; else its status, 0 where there is none.
async fn fetch(method: &str, path: &str) -> Result<Vec<u8>, u16> {
    let request = RequestInit::new();
    request.set_method(method);
    request.set_cache(RequestCache::NoStore);
    let window = web_sys::window().ok_or(0u16)?;
    let response = JsFuture::from(window.fetch_with_str_and_init(path, &request)).await;
    let response: Response = response.map_err(|_| 0u16)?.unchecked_into();
    if !response.ok() {
        return Err(response.status());
    }
    let body = response.array_buffer().map_err(|_| 0u16)?;
    let body = JsFuture::from(body).await.map_err(|_| 0u16)?;
    Ok(Uint8Array::new(&body).to_vec())
}
