//! HTTP requests to the bridge.

use js_sys::Uint8Array;
use page_model::command::{FetchError, Request, Response};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestCache, RequestInit};

use super::browser;

/// Sends a request, bypassing all caches, and returns the response with the time of its arrival.
pub async fn fetch(request: &Request) -> Response {
    let result = body(request).await;
    Response { at: browser::now(), result }
}

async fn body(request: &Request) -> Result<Vec<u8>, FetchError> {
    let unreachable = |_: JsValue| FetchError::Unreachable;
    let init = RequestInit::new();
    init.set_method(request.method);
    init.set_cache(RequestCache::NoStore);
    let promise = browser::window().fetch_with_str_and_init(&request.path, &init);
    let response: web_sys::Response =
        JsFuture::from(promise).await.map_err(unreachable)?.unchecked_into();
    if !response.ok() {
        return Err(FetchError::Status(response.status()));
    }
    let body = JsFuture::from(response.array_buffer().map_err(unreachable)?).await;
    Ok(Uint8Array::new(&body.map_err(unreachable)?).to_vec())
}
