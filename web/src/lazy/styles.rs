//! The style sheet of the parts, which comes with the first of them.

use std::cell::RefCell;

use js_sys::{Object, Promise};
use page_model::loadable::LoadError;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

use crate::platform::browser::element;

/// The id of the link to the style sheet, as `xtask/src/styles.rs` writes it. A page that trunk built
/// by itself has none, and all style sheets from the start.
const LINK_ID: &str = "part-styles";

/// The attribute for as long as which the browser does not load the style sheet.
const DISABLED: &str = "disabled";

thread_local! {
    /// What is settled once the style sheet is loaded, for all parts that wait for it, and those that
    /// come later. `None` before the first one, and after it failed.
    static LOADING: RefCell<Option<Promise>> = const { RefCell::new(None) };
}

/// Starts to load the style sheet unless it is being loaded or there, and waits for it.
///
/// # Errors
/// The style sheet could not be loaded. The next call tries it again.
pub(super) fn load() -> impl Future<Output = Result<(), LoadError>> {
    let link = element(LINK_ID);
    let loading = link.as_ref().map(|link| {
        LOADING.with_borrow_mut(|loading| loading.get_or_insert_with(|| start(link)).clone())
    });
    // At once, and not when it is awaited: else a failure before that would go to the console.
    let settled = loading.clone().map(JsFuture::from);
    async move {
        let (Some(link), Some(loading), Some(settled)) = (link, loading, settled) else {
            return Ok(());
        };
        let result = settled.await;
        let is_latest = |current: &mut Option<Promise>| {
            current.take_if(|it| Object::is(it, &loading)).is_some()
        };
        // Another part that waited may have seen the failure before, and been tried again since.
        if result.is_err() && LOADING.with_borrow_mut(is_latest) {
            // Only a link that was disabled is loaded again.
            let _ = link.set_attribute(DISABLED, "");
        }
        result.map(drop).map_err(|_| LoadError)
    }
}

/// Has the browser load the link's style sheet.
fn start(link: &HtmlElement) -> Promise {
    Promise::new(&mut |resolve, reject| {
        // It fails for no element that is on the page.
        let _ = link.add_event_listener_with_callback("load", &resolve);
        let _ = link.add_event_listener_with_callback("error", &reject);
        let _ = link.remove_attribute(DISABLED);
    })
}
