//! The page's address.

use wasm_bindgen::prelude::JsValue;
use web_sys::History;

use crate::browser;
use page_model::link::LinkEffect;

/// What stands behind the `#` of the page's address.
pub fn fragment() -> String {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok());
    hash.map(|hash| hash.trim_start_matches('#').to_owned()).unwrap_or_default()
}

/// Carries out an effect.
pub fn carry_out(effect: LinkEffect) {
    match effect {
        LinkEffect::Show(fragment) => show(&fragment, History::replace_state_with_url),
        LinkEffect::Push(fragment) => show(&fragment, History::push_state_with_url),
        LinkEffect::Speak(lang) => browser::declare_language(lang),
    }
}

/// A way to change the history.
type Change = fn(&History, &JsValue, &str, Option<&str>) -> Result<(), JsValue>;

/// No event follows: the page need not open what it shows.
fn show(fragment: &str, how: Change) {
    let history = web_sys::window().and_then(|window| window.history().ok());
    if let Some(history) = history {
        let url = if fragment.is_empty() { "/".into() } else { format!("#{fragment}") };
        // Browsers refuse when it is done a hundred times in a few seconds.
        let _ = how(&history, &JsValue::NULL, "", Some(&url));
    }
}
