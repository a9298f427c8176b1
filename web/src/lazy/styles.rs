//! The style sheet of the parts, which comes with the first of them.

use js_sys::Promise;
use page_model::loadable::LoadError;
use wasm_bindgen_futures::JsFuture;

use crate::platform::browser::element;

/// The id of the link to the style sheet, as `xtask/src/styles.rs` writes it. A page that trunk built
/// by itself has none, and all style sheets from the start.
const LINK_ID: &str = "part-styles";

/// The attribute for as long as which the browser does not load the style sheet.
const DISABLED: &str = "disabled";

/// The attribute of the link once the style sheet is loaded.
const LOADED: &str = "data-loaded";

/// Starts to load the style sheet unless it is being loaded or there, and waits for it.
///
/// # Errors
/// The style sheet could not be loaded. The next call tries it again.
pub(super) fn load() -> impl Future<Output = Result<(), LoadError>> {
    let link = element(LINK_ID).filter(|link| !link.has_attribute(LOADED));
    let is_over = link.as_ref().map(|link| {
        Promise::new(&mut |resolve, reject| {
            // It fails for no element that is on the page.
            let _ = link.add_event_listener_with_callback("load", &resolve);
            let _ = link.add_event_listener_with_callback("error", &reject);
            let _ = link.remove_attribute(DISABLED);
        })
    });
    async move {
        let (Some(link), Some(is_over)) = (link, is_over) else { return Ok(()) };
        let result = JsFuture::from(is_over).await;
        // Only a link that was disabled is looked at again.
        let attribute = if result.is_ok() { LOADED } else { DISABLED };
        let _ = link.set_attribute(attribute, "");
        result.map(drop).map_err(|_| LoadError)
    }
}
