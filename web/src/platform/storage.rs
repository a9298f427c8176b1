//! The browser's storage. The user may have disabled it, and it may be full.

use page_model::command::StorageKey;
use web_sys::Storage;

use super::browser::window;

/// Returns the value of a key, or else the one of its older key. Returns `None` if there is none or
/// storage is disabled.
pub fn read(key: StorageKey) -> Option<String> {
    let storage = storage(key)?;
    let read = |name| storage.get_item(name).ok().flatten();
    read(key.name()).or_else(|| read(key.older_name()?))
}

/// Stores a value, or removes it if it is `None`. Returns whether that succeeded; then there is none
/// under the older key any more.
pub fn store(key: StorageKey, value: Option<&str>) -> bool {
    let Some(storage) = storage(key) else { return false };
    let result = match value {
        Some(value) => storage.set_item(key.name(), value),
        None => storage.remove_item(key.name()),
    };
    let older = key.older_name().filter(|_| result.is_ok());
    result.and(older.map_or(Ok(()), |name| storage.remove_item(name))).is_ok()
}

/// Returns the storage that all tabs share or, for a draft, the one of this tab.
fn storage(key: StorageKey) -> Option<Storage> {
    let storage = match key {
        StorageKey::Draft => window().session_storage(),
        _ => window().local_storage(),
    };
    storage.ok().flatten()
}
