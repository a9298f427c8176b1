//! What the page is set up to send: to whom, what, and how. Links, steps of the lesson and earlier
//! runs set it.

use echo_core::payload::{self, LineEnding, Notation};

use crate::expected_reply::ExpectedReply;
use crate::modes::Mode;

/// The message that a new page holds: the tutorial's.
pub const DEFAULT_MESSAGE: &str = "Hello!";

/// What is sent to whom, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    /// The target, or `None` for the echo server.
    pub to: Option<String>,
    /// The message, as typed in `notation`.
    pub message: String,
    /// The notation of the message.
    pub notation: Notation,
    /// How the lines of the message end.
    pub ending: LineEnding,
    /// The mode in which it is sent.
    pub mode: Mode,
    /// The expected reply.
    pub expected: ExpectedReply,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            to: None,
            message: DEFAULT_MESSAGE.into(),
            notation: Notation::default(),
            ending: LineEnding::default(),
            mode: Mode::default(),
            expected: ExpectedReply::default(),
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
