//! A place in a text that is being read.

use super::{Mistake, MistakeKind};

pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The place, in bytes from the text's start.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let next = self.peek();
        self.at += next.map_or(0, char::len_utf8);
        next
    }

    /// Goes past `prefix`, if that is what comes next.
    pub(super) fn eat(&mut self, prefix: &str) -> bool {
        let there = self.text[self.at..].starts_with(prefix);
        self.at += if there { prefix.len() } else { 0 };
        there
    }

    /// Goes on to the first character that `stops`, or to the end, and gives what it passed.
    pub(super) fn until(&mut self, stops: impl Fn(char) -> bool) -> &'a str {
        let rest = &self.text[self.at..];
        let passed = &rest[..rest.find(stops).unwrap_or(rest.len())];
        self.at += passed.len();
        passed
    }

    /// The value of the hex digit that comes next; at the end of the text, the mistake `at_end`
    /// in what stands from `start` on.
    pub(super) fn digit(&mut self, start: usize, at_end: MistakeKind) -> Result<u8, Mistake> {
        let here = self.at;
        let c = self.next().ok_or_else(|| self.mistake(start, at_end))?;
        let digit = c.to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        digit.ok_or_else(|| self.mistake(here, MistakeKind::BadHexDigit(c)))
    }

    /// A mistake in what stands from `start` to here.
    pub(super) fn mistake(&self, start: usize, kind: MistakeKind) -> Mistake {
        Mistake::new(self.text, start..self.at, kind)
    }
}
