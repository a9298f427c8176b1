//! A reply with placeholders for what was received.

use std::ops::Range;

use echo_core::payload::{self, LineEnding, Notation};

use super::input::MAX_INPUT;
use super::typed::{MAX_TYPED, RuleMistakeKind, TypedBytes};

/// The longest reply, in bytes. A reply that could be longer is a mistake in the rule.
pub const MAX_REPLY: usize = 1024 * 1024;
/// How often `{input}` and `{line}` can stand in a reply, together: each can be [`MAX_INPUT`]
/// bytes.
pub const MAX_INPUTS: usize = 15;
/// The most bytes that are written of the peer's address.
const MAX_PEER: usize = 64;

// A placeholder of a few characters other than `{input}` and `{line}` is never longer than the
// peer's address.
const _: () = assert!(MAX_INPUTS * MAX_INPUT + MAX_TYPED / "{peer}".len() * MAX_PEER <= MAX_REPLY);

/// A part of a reply that depends on what was received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placeholder {
    /// The whole input.
    Input,
    /// Its first line, without the line ending; all of it if it has no line feed.
    Line,
    /// How many bytes it has, in decimal.
    Bytes,
    /// The peer's address, as `127.0.0.1:51234`.
    Peer,
}

impl Placeholder {
    /// Every placeholder.
    pub const ALL: [Self; 4] = [Self::Input, Self::Line, Self::Bytes, Self::Peer];

    /// Returns how it is written, in braces.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Input => "{input}",
            Self::Line => "{line}",
            Self::Bytes => "{bytes}",
            Self::Peer => "{peer}",
        }
    }

    const fn can_be_long(self) -> bool {
        matches!(self, Self::Input | Self::Line)
    }
}

/// What was received when a rule matched.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Received<'a> {
    /// The input, as far as it is kept.
    pub(super) input: &'a [u8],
    /// How many bytes it has.
    pub(super) total: u64,
    /// The peer's address.
    pub(super) peer: &'a str,
}

/// A reply, parsed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Template(Vec<Segment>);

#[derive(Clone, Debug, PartialEq)]
enum Segment {
    Bytes(Vec<u8>),
    Placeholder(Placeholder),
}

impl Template {
    /// Parses a reply, whose lines end as `ending` says. Where `{` begins no escape `\u{…}`, it
    /// begins a placeholder; `{{` stands for a brace, but not in hex.
    ///
    /// # Errors
    /// Returns the first mistake, and its place in the text.
    pub(super) fn parse(typed: &TypedBytes, ending: LineEnding) -> Result<Self, Mistake> {
        let mut segments = Vec::new();
        let mut start = 0;
        while let Some(found) = find(typed, start)? {
            let literal = parse_literal(typed, start..found.range.start, ending)?;
            segments.push(Segment::Bytes(literal));
            segments.push(found.segment);
            start = found.range.end;
        }
        let mut rest = parse_literal(typed, start..typed.text.len(), ending)?;
        rest.extend_from_slice(ending.bytes());
        segments.push(Segment::Bytes(rest));
        let template = Self(segments);
        let is_bounded =
            template.placeholders().filter(|it| it.can_be_long()).count() <= MAX_INPUTS;
        is_bounded.then_some(template).ok_or((RuleMistakeKind::TooManyInputs, None))
    }

    fn placeholders(&self) -> impl Iterator<Item = Placeholder> {
        self.0.iter().filter_map(|segment| match segment {
            Segment::Placeholder(placeholder) => Some(*placeholder),
            Segment::Bytes(_) => None,
        })
    }

    /// Returns the reply: at most [`MAX_REPLY`] bytes.
    pub(super) fn expand(&self, received: &Received<'_>) -> Vec<u8> {
        let mut reply = Vec::new();
        for segment in &self.0 {
            match segment {
                Segment::Bytes(bytes) => reply.extend_from_slice(bytes),
                Segment::Placeholder(Placeholder::Input) => reply.extend_from_slice(received.input),
                Segment::Placeholder(Placeholder::Line) => {
                    reply.extend_from_slice(first_line(received.input));
                }
                Segment::Placeholder(Placeholder::Bytes) => {
                    reply.extend_from_slice(received.total.to_string().as_bytes());
                }
                Segment::Placeholder(Placeholder::Peer) => {
                    reply.extend(received.peer.bytes().take(MAX_PEER));
                }
            }
        }
        reply
    }
}

fn first_line(input: &[u8]) -> &[u8] {
    let end = input.iter().position(|&byte| byte == b'\n').unwrap_or(input.len());
    input[..end].strip_suffix(b"\r").unwrap_or(&input[..end])
}

/// A mistake, and its place in the text.
type Mistake = (RuleMistakeKind, Option<Range<usize>>);

/// What stands at a brace.
struct Found {
    range: Range<usize>,
    segment: Segment,
}

/// Finds the next brace that belongs to no escape, from `start` on.
fn find(typed: &TypedBytes, start: usize) -> Result<Option<Found>, Mistake> {
    let text = &*typed.text;
    let Some(at) = brace(text, start, typed.notation) else { return Ok(None) };
    if text[at..].starts_with("{{") && typed.notation != Notation::Hex {
        let segment = Segment::Bytes(b"{".to_vec());
        return Ok(Some(Found { range: at..at + 2, segment }));
    }
    let is_there = |placeholder: &Placeholder| text[at..].starts_with(placeholder.text());
    if let Some(placeholder) = Placeholder::ALL.into_iter().find(is_there) {
        let range = at..at + placeholder.text().len();
        return Ok(Some(Found { range, segment: Segment::Placeholder(placeholder) }));
    }
    // What looks like a name is part of the mistake.
    let name = text[at + 1..]
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(text.len() - at - 1);
    let end = at + 1 + name;
    let end = if text[end..].starts_with('}') { end + 1 } else { end };
    Err((RuleMistakeKind::UnknownPlaceholder, Some(at..end)))
}

/// Returns the place of the first `{` from `start` on that belongs to no escape.
fn brace(text: &str, start: usize, notation: Notation) -> Option<usize> {
    let mut rest = start;
    loop {
        let at = rest + text[rest..].find(['{', '\\'])?;
        if text[at..].starts_with('{') {
            return Some(at);
        }
        let escape = match notation {
            Notation::Escapes if text[at..].starts_with("\\u{") => "\\u{".len(),
            Notation::Escapes => 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8),
            Notation::Text | Notation::Hex => 1,
        };
        rest = at + escape;
    }
}

/// Parses the text between placeholders.
fn parse_literal(
    typed: &TypedBytes,
    range: Range<usize>,
    ending: LineEnding,
) -> Result<Vec<u8>, Mistake> {
    let (start, before) = (range.start, &typed.text[..range.start]);
    payload::parse_lines(typed.notation, &typed.text[range], ending).map_err(|mut mistake| {
        mistake.range = start + mistake.range.start..start + mistake.range.end;
        mistake.character += before.chars().count();
        let range = mistake.range.clone();
        (RuleMistakeKind::Notation(mistake), Some(range))
    })
}
