//! Files that a person gives to the page, or takes from it.

use gloo_timers::callback::Timeout;
use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, Url};

use crate::model::runs::file::{MAX_FILE, Refusal};

/// How long a file stays there to be taken, in milliseconds.
const TAKEN_MS: u32 = 10_000;

/// The text of a file.
pub async fn read(file: File) -> Result<String, Refusal> {
    if file.size() > f64::from(MAX_FILE) {
        return Err(Refusal::TooLong);
    }
    let text = JsFuture::from(file.text()).await.map_err(|_| Refusal::Unreadable)?;
    text.as_string().ok_or(Refusal::Unreadable)
}

/// Gives the person a file of JSON.
pub fn download(name: &str, text: &str) -> Result<(), JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type("application/json");
    let parts = Array::of1(&JsValue::from_str(text));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &kind)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Timeout::new(TAKEN_MS, move || {
        // It fails for nothing.
        let _ = Url::revoke_object_url(&url);
    })
    .forget();
    Ok(())
}
