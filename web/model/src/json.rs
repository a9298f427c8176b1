//! Reading JSON that the bridge sent.

use std::borrow::Cow;

use serde::de::DeserializeOwned;

/// The most bytes that a warning quotes of a text.
const MAX_QUOTED: usize = 200;

/// Reads JSON that the bridge sent.
///
/// # Errors
///
/// A warning for the console: what is wrong, and the beginning of the text.
pub fn read<T: DeserializeOwned>(json: &[u8]) -> Result<T, String> {
    serde_json::from_slice(json).map_err(|error| {
        let beginning = beginning(json);
        format!("The bridge sent JSON that the page cannot read: {error}: {beginning}")
    })
}

/// Returns the beginning of a text, for a warning.
#[must_use]
pub fn beginning(text: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(&text[..text.len().min(MAX_QUOTED)])
}
