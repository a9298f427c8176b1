//! The page's address.

use wasm_bindgen::prelude::JsValue;

use crate::browser;
use crate::model::link::LinkEffect;

/// What stands behind the `#` of the page's address.
pub fn fragment() -> String {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok());
    hash.map(|hash| hash.trim_start_matches('#').to_owned()).unwrap_or_default()
}

/// Carries out an effect.
pub fn carry_out(effect: LinkEffect) {
    match effect {
        LinkEffect::Show(fragment) => show(&fragment),
        LinkEffect::Speak(lang) => browser::declare_language(lang),
    }
}

/// No event follows: the page need not open what it shows.
fn show(fragment: &str) {
    let history = web_sys::window().and_then(|window| window.history().ok());
    if let Some(history) = history {
        let url = if fragment.is_empty() { "/".into() } else { format!("#{fragment}") };
        // Browsers refuse when it is done a hundred times in a few seconds.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&url));
    }
}
