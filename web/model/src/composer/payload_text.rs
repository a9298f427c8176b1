//! A text that stands for bytes.

use std::rc::Rc;

use echo_core::hexdump::{Unit, units};
use echo_core::payload::{self, LineEnding, Mistake, Notation};

/// The most bytes that a preview shows, but for the rest of the last character.
const PREVIEW_BYTES: usize = 18;
/// The most bytes of a file that a preview shows, but for the rest of the last character.
const FILE_PREVIEW_BYTES: usize = 8;
/// The bytes that a preview is made from: a character that begins within the preview ends here.
const HEAD_BYTES: usize = PREVIEW_BYTES + 3;
/// The most rows that a field grows to.
const MAX_ROWS: usize = 8;

/// A text as it was typed, and what is known of its bytes.
///
/// The text may be long, so it is parsed when it changes, not when it is shown.
#[derive(Clone, Debug)]
pub struct PayloadText {
    text: Rc<str>,
    row_count: usize,
    byte_count: Result<usize, Mistake>,
    preview: Option<Rc<Preview>>,
}

/// The first bytes that will be sent.
#[derive(Debug, PartialEq, Eq)]
pub struct Preview {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The characters that they encode, in order.
    pub units: Vec<Unit>,
    /// How many bytes follow.
    pub more: usize,
}

impl Default for PayloadText {
    fn default() -> Self {
        Self::new("", Notation::default(), LineEnding::default())
    }
}

impl PayloadText {
    /// Parses a text in a notation; `ending` is sent after it.
    #[must_use]
    pub fn new(text: &str, notation: Notation, ending: LineEnding) -> Self {
        let parsed = parse(text, notation, ending);
        let preview = parsed.as_ref().ok().and_then(|(count, head)| {
            (!is_evident(text, *count, head))
                .then(|| Rc::new(Preview::new(*count, head, PREVIEW_BYTES)))
        });
        Self {
            row_count: text.split('\n').take(MAX_ROWS).count(),
            byte_count: parsed.map(|(count, _)| count),
            preview,
            text: text.into(),
        }
    }

    /// Returns the text.
    #[must_use]
    pub fn text(&self) -> &Rc<str> {
        &self.text
    }

    /// Returns how many rows a field shows for the text: from 1 to 8.
    #[must_use]
    pub fn row_count(&self) -> usize {
        self.row_count
    }

    /// Returns how many bytes will be sent.
    ///
    /// # Errors
    /// Returns the first mistake in the text.
    pub fn byte_count(&self) -> Result<usize, &Mistake> {
        self.byte_count.as_ref().copied()
    }

    /// Returns how many bytes will be sent: none if there is a mistake in the text.
    #[must_use]
    pub fn count(&self) -> usize {
        self.byte_count().unwrap_or(0)
    }

    /// Returns the first of the bytes, unless the text itself shows them.
    #[must_use]
    pub fn preview(&self) -> Option<&Rc<Preview>> {
        self.preview.as_ref()
    }

    /// Writes the same bytes in another notation, or returns `None` if it cannot express them. A
    /// text with a mistake stays as it is.
    pub(super) fn convert(
        &self,
        from: Notation,
        to: Notation,
        ending: LineEnding,
    ) -> Option<String> {
        match payload::parse_lines(from, &self.text, ending) {
            Ok(bytes) => payload::write_lines(to, &bytes, ending),
            Err(_) => Some(self.text.to_string()),
        }
    }
}

/// Returns how many bytes will be sent, and the first [`HEAD_BYTES`] of them.
fn parse(text: &str, notation: Notation, ending: LineEnding) -> Result<(usize, Vec<u8>), Mistake> {
    if notation == Notation::Text {
        // The text may be long, and is not copied to be counted.
        let beginning = &text[..text.ceil_char_boundary(HEAD_BYTES)];
        let mut head = payload::parse_lines(notation, beginning, ending)?;
        head.extend(ending.bytes().iter().filter(|_| beginning.len() == text.len()));
        head.truncate(HEAD_BYTES);
        return Ok((payload::text_length(text, ending), head));
    }
    let mut head = payload::message(notation, text, ending)?;
    let count = head.len();
    head.truncate(HEAD_BYTES);
    Ok((count, head))
}

/// Returns `true` if the bytes are printable ASCII, and the same as the text.
fn is_evident(text: &str, count: usize, head: &[u8]) -> bool {
    let is_plain = |byte: &u8| matches!(byte, b' '..=b'~');
    count == text.len() && text.as_bytes().starts_with(head) && head.iter().all(is_plain)
}

impl Preview {
    /// Returns the first of the bytes of a file: as many as fit into a line.
    pub(super) fn of_file(bytes: &[u8]) -> Self {
        let head = &bytes[..bytes.len().min(HEAD_BYTES)];
        Self::new(bytes.len(), head, FILE_PREVIEW_BYTES)
    }

    /// Creates a preview of the first `shown` of `count` bytes, which begin with `head`.
    fn new(count: usize, head: &[u8], shown: usize) -> Self {
        let is_shown = |unit: &Unit| unit.range.start < shown;
        let units: Vec<_> = units(head).take_while(is_shown).collect();
        let end = units.last().map_or(0, |unit| unit.range.end);
        Self { bytes: head[..end].to_vec(), units, more: count - end }
    }
}
