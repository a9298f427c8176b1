//! A text that stands for bytes.

use std::ops::Range;
use std::rc::Rc;

use echo_core::hexdump::{Unit, units};
use echo_core::payload::{self, LineEnding, Mistake, Notation};

/// How many bytes a preview shows, and how many more it needs to know the last character whole.
const SHOWN: usize = 18;
const HEAD: usize = SHOWN + 3;

/// A text as it was typed, and what it stands for. It is read when it changes, not when it is
/// shown: it may be long.
#[derive(Clone, Debug)]
pub struct PayloadText {
    text: Rc<str>,
    reading: Result<Reading, Mistake>,
}

/// What a text and its ending stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// How many bytes.
    pub count: usize,
    head: Vec<u8>,
}

/// The first of the bytes that will go out.
#[derive(Debug, PartialEq, Eq)]
pub struct Preview<'a> {
    /// The bytes.
    pub bytes: &'a [u8],
    /// The characters they make.
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
    /// A text to be read in a mode, with an ending.
    #[must_use]
    pub fn new(text: &str, mode: Notation, ending: LineEnding) -> Self {
        Self { reading: Reading::of(text, mode, ending), text: text.into() }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &Rc<str> {
        &self.text
    }

    /// What it stands for.
    ///
    /// # Errors
    /// The first mistake in it.
    pub fn reading(&self) -> Result<&Reading, &Mistake> {
        self.reading.as_ref()
    }

    /// How many bytes it stands for; none, where there is a mistake.
    #[must_use]
    pub fn count(&self) -> usize {
        self.reading.as_ref().map_or(0, |reading| reading.count)
    }

    /// The first of its bytes, where they say more than the text itself.
    #[must_use]
    pub fn preview(&self) -> Option<Preview<'_>> {
        let reading = self.reading.as_ref().ok()?;
        let is_plain = |byte: &u8| matches!(byte, b' '..=b'~');
        let head = &reading.head;
        let says_no_more = reading.count == self.text.len()
            && self.text.as_bytes().starts_with(head)
            && head.iter().all(is_plain);
        (!says_no_more).then(|| reading.preview())
    }

    /// Where the mistake stands, in the units that a browser counts a field's text in: UTF-16.
    #[must_use]
    pub fn selection(&self, mistake: &Mistake) -> Range<u32> {
        let units =
            |end: usize| u32::try_from(self.text[..end].encode_utf16().count()).unwrap_or(u32::MAX);
        units(mistake.range.start)..units(mistake.range.end)
    }

    /// The same bytes in another mode; what stands for none as yet stays as it is.
    pub(super) fn rewritten(&self, from: Notation, to: Notation) -> Option<String> {
        match payload::parse(from, &self.text) {
            Ok(bytes) => payload::write(to, &bytes),
            Err(_) => Some(self.text.to_string()),
        }
    }
}

impl Reading {
    fn of(text: &str, mode: Notation, ending: LineEnding) -> Result<Self, Mistake> {
        if mode == Notation::Text {
            let head = text.bytes().chain(ending.bytes().iter().copied()).take(HEAD).collect();
            return Ok(Self { count: text.len() + ending.bytes().len(), head });
        }
        let mut head = payload::message(mode, text, ending)?;
        let count = head.len();
        head.truncate(HEAD);
        head.shrink_to_fit();
        Ok(Self { count, head })
    }

    fn preview(&self) -> Preview<'_> {
        let shown = |unit: &Unit| unit.range.start < SHOWN;
        let units: Vec<_> = units(&self.head).take_while(shown).collect();
        let end = units.last().map_or(0, |unit| unit.range.end);
        Preview { bytes: &self.head[..end], units, more: self.count - end }
    }
}
