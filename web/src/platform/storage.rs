//! What the browser stores for this page. It may be set to store nothing, or be full.

use web_sys::Storage;

use super::browser::window;

/// Returns the value of a key.
pub fn read(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Stores a value, or removes it if it is `None`. Returns whether the browser did it.
pub fn store(key: &str, value: Option<&str>) -> bool {
    let Some(storage) = storage() else { return false };
    let result = match value {
        Some(value) => storage.set_item(key, value),
        None => storage.remove_item(key),
    };
    result.is_ok()
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
