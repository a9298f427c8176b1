//! The clipboard.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlDocument, HtmlElement, HtmlTextAreaElement};

use super::browser::{document, window};

/// Copies a text to the clipboard. Returns whether that succeeded.
pub async fn copy(text: &str) -> bool {
    // A page from another machine over plain HTTP has no Clipboard API.
    if window().is_secure_context() {
        let written = window().navigator().clipboard().write_text(text);
        if JsFuture::from(written).await.is_ok() {
            return true;
        }
    }
    copy_selection(text).unwrap_or(false)
}

/// Copies a text with `document.execCommand`, which needs no secure context: selects it in a
/// temporary field. Returns whether that succeeded.
fn copy_selection(text: &str) -> Result<bool, JsValue> {
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
