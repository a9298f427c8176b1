//! What the page asks of the browser, besides its WebSocket.

use std::borrow::Cow;

use echo_core::wire::{INFO_PATH, Info};
use js_sys::Uint8Array;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Document, Element, File, HtmlDocument, HtmlElement, HtmlTextAreaElement, MediaQueryList,
    RequestCache, RequestInit, Response, VisibilityState, Window,
};

use crate::shell::storage;
use page_model::composer::FileError;
use page_model::{BridgeError, Lang};

const LANGUAGE_KEY: &str = "language";

fn window() -> Window {
    web_sys::window().expect("the page runs in a window")
}

fn document() -> Document {
    window().document().expect("a window has a document")
}

/// The page's clock, in milliseconds.
pub fn now() -> f64 {
    window().performance().expect("a window has a clock").now()
}

/// When [`now`] was zero, in milliseconds since 1970 (UTC).
pub fn clock_began() -> f64 {
    js_sys::Date::now() - now()
}

/// The step in which [`now`] advances, in milliseconds: browsers make it coarse on purpose.
/// Watching the clock stops after its first step, or after so many looks at one that stands still.
pub fn clock_step() -> f64 {
    const LOOKS: usize = 100_000;
    let start = now();
    let step = (0..LOOKS).map(|_| now() - start).find(|&step| step > 0.0);
    step.unwrap_or(f64::INFINITY)
}

/// A whole number below `bound`, by chance.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is below the bound")]
pub fn random(bound: u32) -> u32 {
    (js_sys::Math::random() * f64::from(bound)) as u32
}

/// Where the page was loaded from, as in `http://localhost:8080`.
pub fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// [`origin`] as a WebSocket's address has it.
pub fn socket_origin() -> String {
    let origin = origin();
    origin.strip_prefix("http").map_or(String::new(), |rest| format!("ws{rest}"))
}

/// The first element that a selector finds.
pub fn first(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

/// A media query, watched.
pub fn media(query: &str) -> Option<MediaQueryList> {
    window().match_media(query).ok().flatten()
}

/// Whether anybody can see the page.
pub fn is_visible() -> bool {
    document().visibility_state() == VisibilityState::Visible
}

/// Tells each time that somebody can see the page again.
pub fn on_seen(tell: impl Fn() + 'static) {
    let on_change = Closure::<dyn Fn()>::new(move || {
        if is_visible() {
            tell();
        }
    });
    document().set_onvisibilitychange(Some(on_change.as_ref().unchecked_ref()));
    // It lasts as long as the page.
    on_change.forget();
}

/// The language to begin with: the one chosen before, or the browser's.
pub fn language() -> Lang {
    let tag = storage::read(LANGUAGE_KEY).or_else(|| window().navigator().language());
    Lang::from_tag(&tag.unwrap_or_default())
}

/// Remembers a language. A browser may be set to keep nothing: then it is forgotten.
pub fn remember_language(lang: Lang) {
    let _ = storage::write(LANGUAGE_KEY, lang.tag());
}

/// Says which language the page is in.
pub fn declare_language(lang: Lang) {
    declare("lang", lang.tag());
}

/// Says something about the page as a whole.
pub fn declare(attribute: &str, value: &str) {
    if let Some(root) = document().document_element() {
        // It fails only for names that are no attribute's.
        let _ = root.set_attribute(attribute, value);
    }
}

/// The element that has this id.
pub fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Asks the bridge to describe itself.
pub async fn fetch_info() -> Result<Info, BridgeError> {
    const FORBIDDEN: u16 = 403;
    match fetch("GET", INFO_PATH).await {
        Ok(json) => read_json(&json).ok_or(BridgeError::NotThere),
        Err(FORBIDDEN) => Err(BridgeError::Refused),
        Err(_) => Err(BridgeError::NotThere),
    }
}

/// Asks the bridge for something that no cache may answer; else its status, 0 where there is none.
pub async fn fetch(method: &str, path: &str) -> Result<Vec<u8>, u16> {
    let request = RequestInit::new();
    request.set_method(method);
    request.set_cache(RequestCache::NoStore);
    let response = JsFuture::from(window().fetch_with_str_and_init(path, &request)).await;
    let response: Response = response.map_err(|_| 0u16)?.unchecked_into();
    if !response.ok() {
        return Err(response.status());
    }
    let body = JsFuture::from(response.array_buffer().map_err(|_| 0u16)?).await;
    Ok(Uint8Array::new(&body.map_err(|_| 0u16)?).to_vec())
}

/// Reads a file of at most so many bytes.
pub async fn read(file: &File, most: usize) -> Result<Vec<u8>, FileError> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number")]
    let size = file.size() as u64;
    if size > most as u64 {
        return Err(FileError::TooBig(size));
    }
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|_| FileError::Unreadable)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// Copies a text; whether it could.
pub async fn copy(text: &str) -> bool {
    // A page that came over plain http from another machine has no clipboard.
    if window().is_secure_context() {
        let written = window().navigator().clipboard().write_text(text);
        if JsFuture::from(written).await.is_ok() {
            return true;
        }
    }
    copy_by_selection(text).unwrap_or(false)
}

/// Copies the old way: selects the text in a field of its own.
fn copy_by_selection(text: &str) -> Result<bool, JsValue> {
    let focused = document().active_element();
    let field: HtmlTextAreaElement = document().create_element("textarea")?.unchecked_into();
    field.set_value(text);
    field.set_class_name("unseen");
    document().body().ok_or(JsValue::NULL)?.append_child(&field)?;
    field.select();
    let copied = document().unchecked_into::<HtmlDocument>().exec_command("copy");
    field.remove();
    if let Some(focused) = focused.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        focused.focus()?;
    }
    copied
}

/// Reads JSON that the bridge sent. What cannot be read stands in the console, with the reason.
pub fn read_json<T: DeserializeOwned>(json: &[u8]) -> Option<T> {
    serde_json::from_slice(json)
        .inspect_err(|error| {
            warn(&format!("What the bridge sent cannot be read: {error}: {}", beginning(json)));
        })
        .ok()
}

/// Returns the beginning of a text, for the console.
pub fn beginning(text: &[u8]) -> Cow<'_, str> {
    /// The most bytes that the console shows of a text.
    const MAX_SHOWN: usize = 200;
    String::from_utf8_lossy(&text[..text.len().min(MAX_SHOWN)])
}

/// Writes a warning into the browser's console.
pub fn warn(text: &str) {
    web_sys::console::warn_1(&text.into());
}
