//! The window, the document and the clock.

use page_model::time::PageTime;
use wasm_bindgen::JsCast;
use web_sys::{
    Document, Element, HtmlElement, MediaQueryList, Performance, VisibilityState, Window,
};

// Both are asked at each message of a stream, and to get them anew takes longer than to ask them.
thread_local! {
    static DOCUMENT: Document = window().document().expect("a window has a document");
    static PERFORMANCE: Performance = window().performance().expect("a window has a clock");
}

/// Returns the window.
pub fn window() -> Window {
    web_sys::window().expect("the page runs in a window")
}

/// Returns the document.
pub fn document() -> Document {
    DOCUMENT.with(Document::clone)
}

/// Returns the time by the page's clock (`performance.now()`).
pub fn now() -> PageTime {
    PageTime::from_ms(PERFORMANCE.with(Performance::now))
}

/// Returns when the page's clock was at zero, in milliseconds since 1970 (UTC).
pub fn clock_began() -> f64 {
    js_sys::Date::now() - now().as_ms()
}

/// Returns the step in which the page's clock advances, in milliseconds: browsers make it coarse on
/// purpose. Watching the clock stops after its first step, or after so many looks at one that stands
/// still.
pub fn clock_step() -> f64 {
    const LOOKS: usize = 100_000;
    let start = now();
    let step = (0..LOOKS).map(|_| now() - start).find(|&step| step > 0.0);
    step.unwrap_or(f64::INFINITY)
}

/// Returns a random whole number below `bound`.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is below the bound")]
pub fn random(bound: u32) -> u32 {
    (js_sys::Math::random() * f64::from(bound)) as u32
}

/// Returns where the page was loaded from, as in `http://localhost:8080`.
pub fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// Returns [`origin`] with the scheme of a WebSocket: `ws` or `wss`.
pub fn socket_origin() -> String {
    let origin = origin();
    origin.strip_prefix("http").map_or(String::new(), |rest| format!("ws{rest}"))
}

/// Returns the fragment of the page's URL, without its `#`.
pub fn fragment() -> String {
    let hash = window().location().hash().unwrap_or_default();
    hash.trim_start_matches('#').to_owned()
}

/// Returns the first element that a selector finds.
pub fn first(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

/// Returns the element with this id.
pub fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Returns a media query, which can be watched.
pub fn media(query: &str) -> Option<MediaQueryList> {
    window().match_media(query).ok().flatten()
}

/// Returns whether the page can be seen.
pub fn is_visible() -> bool {
    DOCUMENT.with(Document::visibility_state) == VisibilityState::Visible
}

/// Writes a warning into the browser's console.
pub fn warn(text: &str) {
    web_sys::console::warn_1(&text.into());
}
