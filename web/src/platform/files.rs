//! Files that a person gives to the page, or takes from it.

use gloo_timers::callback::Timeout;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, BlobPropertyBag, DragEvent, File, FileList, HtmlAnchorElement, Url};

use page_model::composer::FileError;
use page_model::runs::file::{ImportError, MAX_FILE};

/// How long a file stays there to be taken, in milliseconds.
const TAKEN_MS: u32 = 10_000;

/// Reads a file of at most so many bytes.
async fn read_bytes(file: &File, most: usize) -> Result<Vec<u8>, FileError> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number")]
    let size = file.size() as u64;
    if size > most as u64 {
        return Err(FileError::TooBig(size));
    }
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|_| FileError::Unreadable)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// The text of a file.
pub async fn read(file: File) -> Result<String, ImportError> {
    if file.size() > f64::from(MAX_FILE) {
        return Err(ImportError::TooLong);
    }
    let text = JsFuture::from(file.text()).await.map_err(|_| ImportError::Unreadable)?;
    text.as_string().ok_or(ImportError::Unreadable)
}

/// Lets a file be dropped, but leaves alone what a field knows how to take.
pub fn over(event: &DragEvent) {
    let types = event.data_transfer().map(|data| data.types());
    if types.is_some_and(|types| types.includes(&"Files".into(), 0)) {
        event.prevent_default();
    }
}

/// The files that were dropped, which then are nobody else's.
pub fn dropped(event: &DragEvent) -> Option<FileList> {
    let files = event.data_transfer()?.files().filter(|files| files.length() > 0)?;
    event.prevent_default();
    Some(files)
}

/// Reads the first of some files, if it has at most so many bytes.
pub fn take(
    files: Option<FileList>,
    most: usize,
    tell: impl FnOnce(String, Result<Vec<u8>, FileError>) + 'static,
) {
    let Some(file) = files.and_then(|files| files.get(0)) else { return };
    spawn_local(async move {
        let bytes = read_bytes(&file, most).await;
        tell(file.name(), bytes);
    });
}

/// Gives the person a file of this kind.
pub fn save(name: &str, kind: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = Array::of1(&Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
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
