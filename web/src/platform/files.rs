//! Reading files that the user chooses or drops, and saving files.

use gloo_timers::callback::Timeout;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    Blob, BlobPropertyBag, DragEvent, Event, File, HtmlAnchorElement, HtmlInputElement, Url,
};

use page_model::composer::FileError;
use page_model::runs::file::{ImportError, MAX_FILE};

use super::browser;

/// The time after which the object URL of a saved file is revoked, in milliseconds. The download has
/// started by then.
const REVOKE_DELAY_MS: u32 = 10_000;

/// Reads the bytes of a file, or returns an error if it has more than `max_bytes`.
async fn read_bytes(file: &File, max_bytes: usize) -> Result<Vec<u8>, FileError> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number")]
    let size = file.size() as u64;
    if size > max_bytes as u64 {
        return Err(FileError::TooBig(size));
    }
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|_| FileError::Unreadable)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// Reads a file as UTF-8 text, or returns an error if it has more than [`MAX_FILE`] bytes.
pub async fn read_text(file: File) -> Result<String, ImportError> {
    if file.size() > f64::from(MAX_FILE) {
        return Err(ImportError::TooLong);
    }
    let text = JsFuture::from(file.text()).await.map_err(|_| ImportError::Unreadable)?;
    text.as_string().ok_or(ImportError::Unreadable)
}

/// Lets the user drop what is dragged if it has files. A field handles dragged text itself.
pub fn accept_drag(event: &DragEvent) {
    let types = event.data_transfer().map(|data| data.types());
    if types.is_some_and(|types| types.includes(&"Files".into(), 0)) {
        event.prevent_default();
    }
}

/// Returns the first of the dropped files, or `None` if there are none, and marks the event as
/// handled.
pub fn take_dropped(event: &DragEvent) -> Option<File> {
    let file = event.data_transfer()?.files()?.get(0)?;
    event.prevent_default();
    Some(file)
}

/// Returns the first file that was chosen in a field, or `None` if there is none, and empties the
/// field: otherwise the browser would not report the same file when it is chosen again.
pub fn take_chosen(event: &Event) -> Option<File> {
    let field = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
    let file = field.files()?.get(0)?;
    field.set_value("");
    Some(file)
}

/// Reads a file, and passes its name and its bytes to `on_read`. The result is an error if the file
/// has more than `max_bytes`.
pub fn read(
    file: File,
    max_bytes: usize,
    on_read: impl FnOnce(String, Result<Vec<u8>, FileError>) + 'static,
) {
    spawn_local(async move {
        let bytes = read_bytes(&file, max_bytes).await;
        on_read(file.name(), bytes);
    });
}

/// Saves a file with this name and media type in the browser's folder for downloads.
pub fn save(name: &str, media_type: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = Array::of1(&Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = browser::document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Timeout::new(REVOKE_DELAY_MS, move || {
        // A failure would only keep the file's bytes in memory for longer.
        let _ = Url::revoke_object_url(&url);
    })
    .forget();
    Ok(())
}
