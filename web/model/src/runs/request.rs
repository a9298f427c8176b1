//! A saved request: what is sent to whom, and how, under a name.

use echo_core::payload::{self, LineEnding, Notation};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::attachment::Attachment;
use crate::expected_reply::ExpectedReply;
use crate::format;
use crate::modes::Mode;
use crate::setup::{Setup, TooLong};

/// The most requests that are kept.
pub const MAX_REQUESTS: usize = 50;
/// The longest name, in characters.
pub const MAX_NAME: usize = 60;
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
    /// This is longer than what is kept of it.
    #[error("the {} is too long for a request", .0.name())]
    TooLong(TooLong),
    /// The bytes of the attachment are not hexadecimal, or there are none.
    #[error("a request with a \"file\" has its bytes as \"msg\", in hex")]
    Attachment,
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
    /// The message as typed, or the bytes of the attachment in hex.
    msg: String,
    /// The name of the attachment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file: Option<String>,
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
        let Setup { to, message, attachment, notation, ending, mode, expected, server: _ } = setup;
        let (msg, file) = match attachment {
            Some(it) => {
                let hex = payload::write(Notation::Hex, it.bytes()).unwrap_or_default();
                (hex, Some(it.name().to_owned()))
            }
            None => (message, None),
        };
        let expect = (expected != ExpectedReply::Same).then(|| expected.to_text());
        Self { name, to, msg, file, notation, ending, mode, expect }
    }
}

impl TryFrom<Serialized> for Request {
    type Error = RequestError;

    fn try_from(it: Serialized) -> Result<Self, RequestError> {
        let same = Some(ExpectedReply::Same);
        let expected = it.expect.as_deref().map_or(same, ExpectedReply::from_text);
        let (message, attachment) = match it.file {
            Some(name) => (String::new(), Some(attachment(&name, &it.msg)?)),
            None => (it.msg, None),
        };
        let setup = Setup {
            to: it.to,
            message,
            attachment,
            notation: it.notation,
            ending: it.ending,
            mode: it.mode,
            expected: expected.ok_or(RequestError::Expect)?,
            server: None,
        };
        Self::new(&it.name, setup)
    }
}

impl Request {
    /// Creates a request, with a name that does not begin or end with white space. What was typed
    /// before a file was attached is not part of it.
    ///
    /// # Errors
    ///
    /// Returns an error if the name is empty or too long, or if the setup is longer than what is
    /// kept of it.
    pub fn new(name: &str, setup: Setup) -> Result<Self, RequestError> {
        let name = name.trim();
        // A field would change or hide some characters.
        let mut setup = setup.visible();
        if setup.attachment.is_some() {
            setup.message.clear();
        }
        match name.chars().count() {
            0 => Err(RequestError::NoName),
            count if count > MAX_NAME => Err(RequestError::LongName),
            _ => match setup.too_long() {
                Some(what) => Err(RequestError::TooLong(what)),
                None => Ok(Self { name: name.to_owned(), setup }),
            },
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

/// Reads an attachment.
fn attachment(name: &str, hex: &str) -> Result<Attachment, RequestError> {
    let bytes = payload::parse(Notation::Hex, hex).map_err(|_| RequestError::Attachment)?;
    Attachment::new(name, bytes).ok_or(RequestError::Attachment)
}

/// Returns a name for a setup: that of its attachment, or the beginning of its message, on one line,
/// or else its target.
#[must_use]
pub fn suggested_name(setup: &Setup) -> String {
    let text = setup.attachment.as_ref().map_or(&*setup.message, Attachment::name).trim();
    let text = if text.is_empty() { setup.to.as_deref().unwrap_or_default() } else { text };
    let line = payload::printable(text.lines().next().unwrap_or_default().as_bytes());
    format::shortened(line, MAX_SUGGESTION)
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
