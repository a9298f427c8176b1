//! What the page is set up to send: to whom, what, and how. Links, steps of the lesson and earlier
//! runs set it.

use std::rc::Rc;

use echo_core::payload::{self, LineEnding, Notation};

use crate::attachment::Attachment;
use crate::expected_reply::ExpectedReply;
use crate::modes::Mode;

/// The message that a new page holds: the tutorial's.
pub const DEFAULT_MESSAGE: &str = "Hello!";
/// The longest message of a link or of a saved request, in bytes of the text as typed, or of the
/// attachment: chat and mail programs truncate or break much longer links.
pub const MAX_MESSAGE: usize = 4 * 1024;
/// The longest target that is written to a link or kept in a saved request, in bytes: a DNS name of
/// at most 253 characters (RFC 1035, section 2.3.4: 255 octets on the wire) and a port.
pub const MAX_TARGET: usize = 300;
/// The longest rules of a link, in bytes of their JSON.
pub const MAX_RULES_JSON: usize = 4 * 1024;

/// What is sent to whom, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    /// The target, or `None` for the echo server.
    pub to: Option<String>,
    /// The message, as typed in `notation`.
    pub message: String,
    /// The file that is sent in place of what is typed, if there is one.
    pub attachment: Option<Attachment>,
    /// The notation of the message.
    pub notation: Notation,
    /// How the lines of the message end.
    pub ending: LineEnding,
    /// The mode in which it is sent.
    pub mode: Mode,
    /// The expected reply.
    pub expected: ExpectedReply,
    /// How the page is set up as a server; `None` while it is a client.
    pub server: Option<ServerSetup>,
}

/// How the page is set up as a server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServerSetup {
    /// Where it listens once the user wants that, or `None` for the default.
    pub listen: Option<String>,
    /// How it answers, or `None` for echo.
    pub answer: Option<String>,
    /// The rules that it answers by, as JSON, or `None` for the default. A link has them only where
    /// it answers by them.
    pub rules: Option<Rc<str>>,
    /// Whether it listened when the page was left. Only a draft has it: nothing listens because a
    /// link was opened.
    pub was_listening: bool,
}

/// The name of the rules, as [`ServerSetup::answer`] has it.
pub const RULES: &str = "rules";

/// What of a setup is longer than what a link or a saved request holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooLong {
    /// The message.
    Message,
    /// The attachment. A link holds none at all.
    Attachment,
    /// The expected reply.
    Expected,
    /// The target.
    Target,
    /// The rules that the page answers by as a server.
    Rules,
}

impl TooLong {
    /// Returns what it is, in the words of an error.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::Attachment => "attachment",
            Self::Expected => "expected reply",
            Self::Target => "target",
            Self::Rules => "rules",
        }
    }
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            to: None,
            message: DEFAULT_MESSAGE.into(),
            attachment: None,
            notation: Notation::default(),
            ending: LineEnding::default(),
            mode: Mode::default(),
            expected: ExpectedReply::default(),
            server: None,
        }
    }
}

impl Setup {
    /// Returns a setup that sends exactly these bytes.
    #[must_use]
    pub fn sending(to: Option<String>, bytes: &[u8]) -> Self {
        let (notation, message) = typed(bytes, LineEnding::None);
        Self { to, message, notation, ..Self::default() }
    }

    /// Returns what is too long for a link or a saved request, if anything is.
    #[must_use]
    pub fn too_long(&self) -> Option<TooLong> {
        let attached = self.attachment.as_ref().map_or(0, |it| it.bytes().len());
        let lengths = [
            (self.attachment.is_none() && self.message.len() > MAX_MESSAGE, TooLong::Message),
            (attached > MAX_MESSAGE, TooLong::Attachment),
            (!self.expected.fits(), TooLong::Expected),
            (self.to.as_ref().is_some_and(|to| to.len() > MAX_TARGET), TooLong::Target),
            (self.linked_rules().is_some_and(|it| it.len() > MAX_RULES_JSON), TooLong::Rules),
        ];
        lengths.into_iter().find(|(is_too_long, _)| *is_too_long).map(|(_, what)| what)
    }

    /// Returns the rules that a link has, if the page answers by others than the default.
    fn linked_rules(&self) -> Option<&str> {
        let server = self.server.as_ref().filter(|it| it.answer.as_deref() == Some(RULES));
        server.and_then(|server| server.rules.as_deref())
    }

    /// Leaves out what only this tab knows.
    #[must_use]
    pub fn as_link(mut self) -> Self {
        let has_rules = self.linked_rules().is_some();
        if let Some(server) = &mut self.server {
            server.was_listening = false;
            server.rules.take_if(|_| !has_rules);
        }
        self
    }

    /// Escapes those characters of the message that a text field would change or hide.
    #[must_use]
    pub fn visible(self) -> Self {
        if self.notation != Notation::Text {
            return self;
        }
        let bytes = payload::parse_lines(self.notation, &self.message, self.ending);
        let (notation, message) = typed(&bytes.unwrap_or_default(), self.ending);
        Self { message, notation, ..self }
    }
}

/// Bytes as text where that can be typed with this ending of its lines, else with escapes.
fn typed(bytes: &[u8], ending: LineEnding) -> (Notation, String) {
    let write =
        |notation| payload::write_lines(notation, bytes, ending).map(|text| (notation, text));
    write(Notation::Text).or_else(|| write(Notation::Escapes)).unwrap_or_default()
}
