//! A saved request: what is sent to whom, and how, under a name.

use echo_core::payload::{self, LineEnding, Notation};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::expected_reply::ExpectedReply;
use crate::format;
use crate::modes::Mode;
use crate::setup::Setup;

/// The most requests that are kept.
pub const MAX_REQUESTS: usize = 50;
/// The longest name, in characters.
pub const MAX_NAME: usize = 60;
/// The longest message, in bytes of the text as typed: as in a link.
pub const MAX_MESSAGE: usize = 4 * 1024;
/// The longest target, in bytes, as in the record of a run.
const MAX_TARGET: usize = 300;
/// The most bytes of an expected reply: as many as a link can have.
const MAX_EXPECTED: usize = MAX_MESSAGE / 3;
/// The number of characters of a name that is made from the message.
const MAX_SUGGESTION: usize = 24;

/// A saved request. Its name tells it from the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Serialized", into = "Serialized")]
pub struct Request {
    name: String,
    setup: Setup,
}

/// Why something cannot be saved as a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RequestError {
    /// The name is empty.
    #[error("a request needs a name")]
    NoName,
    /// The name has more than [`MAX_NAME`] characters.
    #[error("a name has at most {MAX_NAME} characters")]
    LongName,
    /// The message, the target or the expected reply is longer than what is kept.
    #[error("a request holds at most {MAX_MESSAGE} bytes of a message")]
    TooLong,
    /// The value of `expect` is not valid.
    #[error("what is expected is \"same\", \"anything\" or \"these:\" and bytes in hex")]
    Expect,
}

/// The serialized form of a [`Request`], with the keys of a link. What is left out is at its
/// default.
#[derive(Serialize, Deserialize)]
struct Serialized {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    msg: String,
    #[serde(rename = "as", default, skip_serializing_if = "is_default")]
    notation: Notation,
    #[serde(rename = "end", default, skip_serializing_if = "is_default")]
    ending: LineEnding,
    #[serde(rename = "how", default, skip_serializing_if = "is_default")]
    mode: Mode,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expect: Option<String>,
}

impl From<Request> for Serialized {
    fn from(Request { name, setup }: Request) -> Self {
        let Setup { to, message: msg, notation, ending, mode, expected } = setup;
        let expect = (expected != ExpectedReply::Same).then(|| expected.to_text());
        Self { name, to, msg, notation, ending, mode, expect }
    }
}

impl TryFrom<Serialized> for Request {
    type Error = RequestError;

    fn try_from(it: Serialized) -> Result<Self, RequestError> {
        let same = Some(ExpectedReply::Same);
        let expected = it.expect.as_deref().map_or(same, ExpectedReply::from_text);
        let setup = Setup {
            to: it.to,
            message: it.msg,
            notation: it.notation,
            ending: it.ending,
            mode: it.mode,
            expected: expected.ok_or(RequestError::Expect)?,
        };
        Self::new(&it.name, setup)
    }
}

impl Request {
    /// Creates a request, with a name that does not begin or end with white space.
    ///
    /// # Errors
    ///
    /// Returns an error if the name is empty or too long, or if the setup is longer than what is
    /// kept of it.
    pub fn new(name: &str, setup: Setup) -> Result<Self, RequestError> {
        let name = name.trim();
        // A field would change or hide some characters.
        let setup = setup.visible();
        let expected = match &setup.expected {
            ExpectedReply::Bytes(bytes) => bytes.len(),
            ExpectedReply::Same | ExpectedReply::Anything => 0,
        };
        let is_too_long = setup.message.len() > MAX_MESSAGE
            || expected > MAX_EXPECTED
            || setup.to.as_ref().is_some_and(|to| to.len() > MAX_TARGET);
        match name.chars().count() {
            0 => Err(RequestError::NoName),
            count if count > MAX_NAME => Err(RequestError::LongName),
            _ if is_too_long => Err(RequestError::TooLong),
            _ => Ok(Self { name: name.to_owned(), setup }),
        }
    }

    /// Returns the same request under another name.
    ///
    /// # Errors
    ///
    /// Returns an error if the name is empty or too long.
    pub fn renamed(&self, name: &str) -> Result<Self, RequestError> {
        Self::new(name, self.setup.clone())
    }

    /// Returns its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns what it sets the page up with.
    #[must_use]
    pub fn setup(&self) -> &Setup {
        &self.setup
    }
}

/// Returns a name for a setup: the beginning of its message, on one line, or else its target.
#[must_use]
pub fn suggested_name(setup: &Setup) -> String {
    let text = setup.message.trim();
    let text = if text.is_empty() { setup.to.as_deref().unwrap_or_default() } else { text };
    let line = payload::printable(text.lines().next().unwrap_or_default().as_bytes());
    format::shortened(line, MAX_SUGGESTION)
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
