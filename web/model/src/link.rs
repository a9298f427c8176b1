//! Links that set the page up, by the fragment of their URL, such as
//! `#to=localhost:7&msg=%E4%BD%A0%E5%A5%BD&how=once`.
//!
//! Values at their defaults are left out. Unknown keys are ignored. Invalid values are reported,
//! and the default is used instead. Opening a link never sends anything.

mod event;
mod keys;
mod opened_link;
#[cfg(test)]
mod tests;
mod view;

pub use event::LinkEvent;
pub use opened_link::OpenedLink;
pub use view::{CopyLink, LinkView};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::inspector::Tab;
use crate::lang::Lang;
use crate::setup::Setup;
use keys::KEYS;

/// The number of characters to which an invalid value is shortened.
const MAX_SHOWN: usize = 40;
/// The characters to percent-encode in a value: all but the unreserved ones (RFC 3986, section
/// 2.3), so that no program that recognises links in a text takes one for the link's end.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// The characters to percent-encode in a target: `:` and `/` stay readable, too.
const ENCODED_IN_TARGET: &AsciiSet = &ENCODED.remove(b':').remove(b'/');

/// The contents of a link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// What is sent to which target, and how. `None` if the link has no value of it, so that the
    /// page keeps its setup; if it has some, the others are at their defaults.
    pub setup: Option<Setup>,
    /// The view that is shown.
    pub view: Tab,
    /// The number of the lesson's step that is shown, the first being 1, or `None` if no
    /// step is shown.
    pub lesson: Option<u8>,
    /// The language of the page, or `None` to keep it.
    pub lang: Option<Lang>,
    /// Whether the page is in the presentation mode.
    pub presents: bool,
}

/// A value that is not valid for its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidValue {
    /// The key.
    pub key: &'static str,
    /// The value as it is in the link, shortened to 40 characters.
    pub value: String,
}

impl Link {
    /// Parses the fragment of a URL, without its `#`. Also returns the invalid values.
    #[must_use]
    pub fn parse(fragment: &str) -> (Self, Vec<InvalidValue>) {
        let mut link = Self::default();
        let mut invalid = Vec::new();
        for (name, value) in fragment.split('&').filter_map(|pair| pair.split_once('=')) {
            let Some(key) = KEYS.iter().find(|key| key.name == name) else { continue };
            let text = percent_decode_str(value).decode_utf8().ok();
            if text.and_then(|text| (key.read)(&mut link, &text)).is_none() {
                invalid.push(InvalidValue {
                    key: key.name,
                    value: value.chars().take(MAX_SHOWN).collect(),
                });
            }
        }
        link.setup = link.setup.map(Setup::visible);
        (link, invalid)
    }

    /// Returns the fragment of the link's URL, without a `#`. It is empty if every value is at its
    /// default.
    #[must_use]
    pub fn print(&self) -> String {
        let pairs = KEYS.iter().filter_map(|key| {
            let value = (key.write)(self)?;
            let encoded =
                if matches!(key.name, "to" | "listen") { ENCODED_IN_TARGET } else { ENCODED };
            Some(format!("{}={}", key.name, utf8_percent_encode(&value, encoded)))
        });
        pairs.collect::<Vec<_>>().join("&")
    }
}
