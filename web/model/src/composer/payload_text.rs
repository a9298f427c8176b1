//! A text field whose text represents bytes.

use std::ops::Range;
use std::rc::Rc;

use echo_core::hexdump::{Unit, units};
use echo_core::payload::{self, LineEnding, Mistake, Notation};

/// The number of bytes in a preview. It may have up to three more, to complete its last character.
const PREVIEW_BYTES: usize = 18;
/// The number of bytes that are kept for a preview: a character has at most four in UTF-8.
const HEAD_BYTES: usize = PREVIEW_BYTES + 3;

/// A text as the user typed it, and the bytes that it represents. Since it may be long, it is
/// parsed when it changes rather than when it is shown.
#[derive(Clone, Debug)]
pub struct PayloadText {
    text: Rc<str>,
    reading: Result<Reading, Mistake>,
}

/// The bytes that a text and its line ending represent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The number of bytes.
    pub count: usize,
    /// The first [`HEAD_BYTES`] of them.
    head: Vec<u8>,
}

/// A preview of the bytes that a text represents.
#[derive(Debug, PartialEq, Eq)]
pub struct Preview<'a> {
    /// The first bytes, up to the end of a character.
    pub bytes: &'a [u8],
    /// The characters that these bytes encode.
    pub units: Vec<Unit>,
    /// The number of further bytes.
    pub more: usize,
}

impl Default for PayloadText {
    fn default() -> Self {
        Self::new("", Notation::default(), LineEnding::default())
    }
}

impl PayloadText {
    /// Parses a text in a notation, with a line ending after it.
    #[must_use]
    pub fn new(text: &str, mode: Notation, ending: LineEnding) -> Self {
        Self { reading: Reading::parse(text, mode, ending), text: text.into() }
    }

    /// Returns the text.
    #[must_use]
    pub fn text(&self) -> &Rc<str> {
        &self.text
    }

    /// Returns the bytes that the text represents.
    ///
    /// # Errors
    ///
    /// Returns the first mistake if the text is not valid in its notation.
    pub fn reading(&self) -> Result<&Reading, &Mistake> {
        self.reading.as_ref()
    }

    /// Returns the number of bytes that the text represents, or 0 if it has a mistake.
    #[must_use]
    pub fn count(&self) -> usize {
        self.reading.as_ref().map_or(0, |reading| reading.count)
    }

    /// Returns a preview of the bytes, or `None` if the text has a mistake, or if the preview would
    /// show nothing but printable ASCII that the text itself starts with.
    #[must_use]
    pub fn preview(&self) -> Option<Preview<'_>> {
        let reading = self.reading.as_ref().ok()?;
        let is_plain = |byte: &u8| matches!(byte, b' '..=b'~');
        let head = &reading.head;
        let is_redundant = reading.count == self.text.len()
            && self.text.as_bytes().starts_with(head)
            && head.iter().all(is_plain);
        (!is_redundant).then(|| reading.preview())
    }

    /// Returns the position of a mistake in the text, in UTF-16 code units, as browsers count.
    #[must_use]
    pub fn selection(&self, mistake: &Mistake) -> Range<u32> {
        let units =
            |end: usize| u32::try_from(self.text[..end].encode_utf16().count()).unwrap_or(u32::MAX);
        units(mistake.range.start)..units(mistake.range.end)
    }

    /// Returns the text in another notation of the same bytes, or `None` if that cannot express
    /// them. A text with a mistake is returned unchanged.
    pub(super) fn convert(&self, from: Notation, to: Notation) -> Option<String> {
        match payload::parse(from, &self.text) {
            Ok(bytes) => payload::write(to, &bytes),
            Err(_) => Some(self.text.to_string()),
        }
    }
}

impl Reading {
    fn parse(text: &str, mode: Notation, ending: LineEnding) -> Result<Self, Mistake> {
        if mode == Notation::Text {
            let head =
                text.bytes().chain(ending.bytes().iter().copied()).take(HEAD_BYTES).collect();
            return Ok(Self { count: text.len() + ending.bytes().len(), head });
        }
        let mut head = payload::message(mode, text, ending)?;
        let count = head.len();
        head.truncate(HEAD_BYTES);
        head.shrink_to_fit();
        Ok(Self { count, head })
    }

    fn preview(&self) -> Preview<'_> {
        let shown = |unit: &Unit| unit.range.start < PREVIEW_BYTES;
        let units: Vec<_> = units(&self.head).take_while(shown).collect();
        let end = units.last().map_or(0, |unit| unit.range.end);
        Preview { bytes: &self.head[..end], units, more: self.count - end }
    }
}
