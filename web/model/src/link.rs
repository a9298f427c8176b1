//! A link that sets the page up, as in `#to=localhost:7&msg=%E4%BD%A0%E5%A5%BD&how=once`.
//!
//! What is at its default is left out, keys that are unknown are passed over, and a value that is
//! unknown is told and left at its default. Nothing is ever sent because a link was opened.

mod keys;
mod page;
#[cfg(test)]
mod tests;

pub use page::{LinkEvent, OpenedLink};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::inspector::Tab;
use crate::lang::Lang;
use crate::setup::Setup;
use keys::KEYS;

/// The longest message that a link carries, in bytes as typed; much longer links do not survive
/// the programs that people send them with.
pub const MAX_MESSAGE: usize = 4 * 1024;
/// How many characters are shown of a value that is not understood.
const SHOWN: usize = 40;
/// What stays as it is in a value: nothing that a chat program would take for the link's end.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// What stays as it is in a target besides, so that it can be read.
const ENCODED_IN_TARGET: &AsciiSet = &ENCODED.remove(b':').remove(b'/');

/// What a link says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// What is sent to whom, and how. A link that says nothing of it leaves what is there; one
    /// that says something means the default for the rest.
    pub setup: Option<Setup>,
    /// Which view is shown.
    pub view: Tab,
    /// Which step of the lesson is shown.
    pub lesson: Option<u8>,
    /// The language of the page.
    pub lang: Option<Lang>,
}

/// A value that is not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidValue {
    /// Its key.
    pub key: &'static str,
    /// The value, its beginning if it is long.
    pub value: String,
}

impl Link {
    /// Reads the part of an address behind its `#`, with the values that are not understood.
    #[must_use]
    pub fn parse(fragment: &str) -> (Self, Vec<InvalidValue>) {
        let mut link = Self::default();
        let mut bad = Vec::new();
        for (name, value) in fragment.split('&').filter_map(|pair| pair.split_once('=')) {
            let Some(key) = KEYS.iter().find(|key| key.name == name) else { continue };
            let text = percent_decode_str(value).decode_utf8().ok();
            if text.and_then(|text| (key.read)(&mut link, &text)).is_none() {
                bad.push(InvalidValue {
                    key: key.name,
                    value: value.chars().take(SHOWN).collect(),
                });
            }
        }
        link.setup = link.setup.map(Setup::visible);
        (link, bad)
    }

    /// The part of an address behind its `#`; empty where all is at its default.
    #[must_use]
    pub fn print(&self) -> String {
        let pairs = KEYS.iter().filter_map(|key| {
            let value = (key.write)(self)?;
            let encoded = if key.name == "to" { ENCODED_IN_TARGET } else { ENCODED };
            Some(format!("{}={}", key.name, utf8_percent_encode(&value, encoded)))
        });
        pairs.collect::<Vec<_>>().join("&")
    }
}
