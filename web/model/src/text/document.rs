//! The text of a connection: its turns, and the passages of each.

use super::http::{BodyEncoding, Message};
use super::json;
use super::spans::{self, LineEndings};
use crate::inspector::record::ConnectionRecord;
use crate::runs::record::RunRecord;
use crate::transcript::{Direction, Row, Segment, Transcript};

/// The most messages of HTTP that are told apart in one turn.
const MAX_MESSAGES: usize = 100;

/// The turns of a connection.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The turns, in their order.
    pub turns: Vec<TextTurn>,
    /// Whether any of it is laid out, or would be, so that it can also be shown as it came.
    pub can_be_raw: bool,
    /// Whether it is read from its end, as what is said on a connection that stays.
    pub is_conversation: bool,
}

/// Bytes that went one way, before any went the other way.
#[derive(Debug, PartialEq, Eq)]
pub struct TextTurn {
    /// Which way.
    pub direction: Direction,
    /// The bytes, as far as they are kept.
    pub bytes: Vec<u8>,
    /// Which of them are kept.
    pub kept: Kept,
    /// How their lines end, if they have any.
    pub line_endings: Option<LineEndings>,
    /// What is shown of them, in order.
    pub passages: Vec<Passage>,
}

/// Which bytes of a turn are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// All.
    All,
    /// The first ones, of so many.
    First(u64),
    /// The newest ones, of so many.
    Newest(u64),
}

/// A passage of a turn.
#[derive(Debug, PartialEq, Eq)]
pub struct Passage {
    /// What it is.
    pub kind: PassageKind,
    /// What is shown: the bytes of the passage, or JSON laid out.
    pub shown: Vec<u8>,
    /// The bytes of a body, for a file of its own.
    pub body: Option<Vec<u8>>,
}

/// What a passage of a turn is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassageKind {
    /// All of the turn, or what comes after a message of HTTP.
    Text,
    /// All of the turn: JSON, laid out.
    Json,
    /// The head of a message of HTTP.
    Head,
    /// The body of a message of HTTP.
    Body {
        /// How it is encoded.
        encoding: BodyEncoding,
        /// Whether it is JSON, laid out.
        is_json: bool,
    },
}

impl Document {
    /// Returns the text of a connection: what was sent and then what came, or, on one that stays,
    /// all in the order in which it moved.
    #[must_use]
    pub fn of_connection(record: &ConnectionRecord, is_raw: bool) -> Self {
        let log = record.log;
        let segments = if record.is_conversation() { conversation(log) } else { apart(log) };
        let mut room = json::MAX_RESULT;
        let turn = |segment: Segment| {
            let bytes = log.bytes_of(&segment).to_vec();
            let count = segment.byte_count();
            let is_whole = bytes.len() as u64 == count;
            let starts_late = segment.range.start < log.bytes(segment.direction).start;
            let kept = match (is_whole, starts_late) {
                (true, _) => Kept::All,
                (false, true) => Kept::Newest(count),
                (false, false) => Kept::First(count),
            };
            TextTurn::new(segment.direction, bytes, kept, (!is_raw).then_some(&mut room))
        };
        let turns = segments.into_iter().map(turn).filter(|turn| !turn.bytes.is_empty());
        Self::of_turns(turns.collect(), record.is_conversation(), is_raw)
    }

    /// Returns the text of a finished run, as far as its bytes are kept.
    #[must_use]
    pub fn of_run(record: &RunRecord, is_raw: bool) -> Self {
        let mut room = json::MAX_RESULT;
        let turn = |(direction, bytes, count): (Direction, Vec<u8>, u64)| {
            let is_whole = bytes.len() as u64 == count;
            let kept = if is_whole { Kept::All } else { Kept::First(count) };
            TextTurn::new(direction, bytes, kept, (!is_raw).then_some(&mut room))
        };
        let (sent, received) = (&record.message, record.received());
        let count = record.reply.length().saturating_add(record.extra.length());
        let turns = [
            (Direction::Sent, sent.bytes().to_vec(), sent.length()),
            (Direction::Received, received, count),
        ];
        let turns = turns.into_iter().map(turn).filter(|turn| !turn.bytes.is_empty());
        Self::of_turns(turns.collect(), false, is_raw)
    }

    fn of_turns(turns: Vec<TextTurn>, is_conversation: bool, is_raw: bool) -> Self {
        let can_be_raw = turns.iter().any(|turn| turn.can_be_raw(is_raw));
        Self { turns, can_be_raw, is_conversation }
    }

    /// Returns the text of a turn as it is shown.
    #[must_use]
    pub fn text_of(&self, turn: usize) -> String {
        let passages = self.turns.get(turn).map(|turn| &turn.passages[..]).unwrap_or_default();
        passages.iter().map(|passage| spans::text(&passage.shown)).collect()
    }
}

impl TextTurn {
    /// Creates a turn of these bytes. `room` is how much JSON may still be laid out; without any, the
    /// bytes are shown as they came.
    fn new(direction: Direction, bytes: Vec<u8>, kept: Kept, room: Option<&mut usize>) -> Self {
        let passages =
            room.map_or_else(|| vec![Passage::text(&bytes)], |room| passages(&bytes, room));
        let line_endings = LineEndings::of(&bytes);
        Self { direction, bytes, kept, line_endings, passages }
    }

    /// Returns whether it is shown otherwise than as it came, or, if it `is_raw`, would be.
    fn can_be_raw(&self, is_raw: bool) -> bool {
        match &self.passages[..] {
            [Passage { kind: PassageKind::Text, .. }] => {
                is_raw
                    && (Message::parse(&self.bytes).is_some()
                        || json::lay_out(&self.bytes, json::MAX_RESULT).is_some())
            }
            _ => true,
        }
    }
}

impl Passage {
    /// Returns the bytes of a body, for a file of its own.
    #[must_use]
    pub fn body_bytes(&self) -> Option<&[u8]> {
        self.body.as_deref()
    }

    /// Returns the name of a file with these bytes.
    #[must_use]
    pub fn file_name(bytes: &[u8], is_body: bool) -> &'static str {
        let is_json = matches!(bytes.trim_ascii().first(), Some(b'{' | b'['));
        match (is_body, str::from_utf8(bytes)) {
            (true, Ok(_)) if is_json => "body.json",
            (true, Ok(text)) if text.trim_start().starts_with('<') => "body.html",
            (true, Ok(_)) => "body.txt",
            (true, Err(_)) => "body.bin",
            (false, Ok(_)) => "bytes.txt",
            (false, Err(_)) => "bytes.bin",
        }
    }

    fn text(bytes: &[u8]) -> Self {
        Self { kind: PassageKind::Text, shown: bytes.to_vec(), body: None }
    }

    fn body(message: &Message<'_>, room: &mut usize) -> Self {
        let laid_out = lay_out(&message.body, room);
        let (encoding, is_json) = (message.encoding, laid_out.is_some());
        Self {
            kind: PassageKind::Body { encoding, is_json },
            shown: laid_out.map_or_else(|| message.body.to_vec(), String::into_bytes),
            body: Some(message.body.to_vec()),
        }
    }
}

/// Returns the passages of a turn: the messages of HTTP, JSON, or text.
fn passages(bytes: &[u8], room: &mut usize) -> Vec<Passage> {
    if let Some(json) = lay_out(bytes, room) {
        return vec![Passage { kind: PassageKind::Json, shown: json.into_bytes(), body: None }];
    }
    let (mut passages, mut rest) = (Vec::new(), bytes);
    for _ in 0..MAX_MESSAGES {
        let Some(message) = Message::parse(rest) else { break };
        passages.push(Passage {
            kind: PassageKind::Head,
            shown: message.head.to_vec(),
            body: None,
        });
        if !message.body.is_empty() {
            passages.push(Passage::body(&message, room));
        }
        rest = message.rest;
    }
    if !rest.is_empty() {
        passages.push(Passage::text(rest));
    }
    passages
}

/// Lays JSON out, and takes what that needs of the room that there is.
fn lay_out(bytes: &[u8], room: &mut usize) -> Option<String> {
    let text = json::lay_out(bytes, *room)?;
    *room = room.saturating_sub(text.len());
    Some(text)
}

fn apart(log: &Transcript) -> Vec<Segment> {
    let all = |direction| Segment { direction, range: 0..log.moved(direction) };
    Direction::BOTH.map(all).into()
}

fn conversation(log: &Transcript) -> Vec<Segment> {
    let mut turns: Vec<Segment> = Vec::new();
    for segment in log.rows().filter_map(Row::segment) {
        match turns.last_mut().filter(|last| last.direction == segment.direction) {
            Some(last) => last.range.end = segment.range.end,
            None => turns.push(segment.clone()),
        }
    }
    turns
}
