//! The browser's local storage. The user may have disabled it, and it may be full.

use web_sys::Storage;

use super::browser::window;

/// Returns the value of a key, or `None` if there is none or storage is disabled.
pub fn read(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Stores a value, or removes it if it is `None`. Returns whether that succeeded.
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
