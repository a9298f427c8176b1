//! What it takes long to find out about a run that is over, found out once.

use std::rc::Rc;

use echo_core::payload::printable;

use super::reason::Difference;
use crate::connection::ConnectionId;
use crate::diagnosis::Diagnosis;
use crate::difference::{self, Comparison};
use crate::expected_reply::ExpectedReplyKind;
use crate::export;
use crate::format;
use crate::memo::Memo;
use crate::modes::once::Run;
use crate::modes::once::RunExchange;
use crate::terminal_command::Reader;

/// The most bytes and lines of a reply that are shown as text.
const MAX_REPLY_BYTES: usize = 512;
const MAX_REPLY_LINES: usize = 6;

/// The details of the latest run, for as long as no more bytes of it are kept. Those that come
/// after are only counted, and no detail depends on their number.
#[derive(Debug, Default)]
pub(crate) struct DetailsCache(Memo<(ConnectionId, usize, bool), Details>);

/// The details of a run whose reply is awaited no longer.
#[derive(Debug)]
pub(super) struct Details {
    /// What the program printed last, before its end.
    pub(super) sentence: Rc<str>,
    /// The first difference from what was expected.
    pub(super) difference: Option<Difference>,
    /// What is likely behind the outcome.
    pub(super) diagnosis: Option<Diagnosis>,
    /// The surroundings of the first difference, if anything came.
    pub(super) comparison: Option<Rc<Comparison>>,
    /// What came after the reply: its first bytes, in hexadecimal.
    pub(super) extra: Rc<str>,
    /// What came, as text, where anything might.
    pub(super) reply: Rc<ReplyText>,
    /// The command that does the same in a terminal, if the message is short and a terminal reaches
    /// the target.
    pub(super) command: Option<Rc<str>>,
}

/// The beginning of a reply as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReplyText {
    /// The first lines, what is not printable escaped.
    pub lines: Vec<String>,
    /// How many bytes the lines stand for, if more came.
    pub cut_after: Option<usize>,
}

impl DetailsCache {
    /// Returns the details of a run whose reply is awaited no longer.
    pub(super) fn details(
        &self,
        run: &Run,
        exchange: &RunExchange,
        reader: &Reader<'_>,
    ) -> Rc<Details> {
        let (extra, _) = exchange.exchange.extra();
        // From elsewhere than the bridge's machine, its own echo server is reached by nobody.
        let address = reader.reach(&run.target);
        let key = (run.id(), extra.len(), address.is_some());
        self.0.get(key, || Details::of(run, exchange, address.as_deref()))
    }
}

impl Details {
    /// `address` is that of the target for a terminal, if that reaches it.
    fn of(run: &Run, exchange: &RunExchange, address: Option<&str>) -> Self {
        let (expected, reply) = (exchange.exchange.expected(), exchange.exchange.reply());
        let (extra, extra_count) = exchange.exchange.extra();
        let received = [reply, extra].concat();
        let is_anything = exchange.expected_kind == ExpectedReplyKind::Anything;
        Self {
            sentence: sentence(run),
            difference: Difference::first(expected, reply),
            diagnosis: exchange.diagnosis(&received),
            comparison: (!received.is_empty())
                .then(|| Rc::new(difference::around(expected, &received))),
            extra: format::hex(extra).into(),
            reply: Rc::new(if is_anything {
                ReplyText::of(extra, extra_count)
            } else {
                ReplyText::default()
            }),
            command: address
                .and_then(|address| export::command(address, exchange.exchange.sent()))
                .map(Into::into),
        }
    }
}

/// Returns what the program printed of how it went.
pub(super) fn sentence(run: &Run) -> Rc<str> {
    run.log.sentence().map(format::abridged).unwrap_or_default().into()
}

impl Difference {
    /// Returns the first difference between bytes that are expected and those that came.
    pub(crate) fn first(expected: &[u8], received: &[u8]) -> Option<Self> {
        let offset = difference::first(expected, received)?;
        let (expected_byte, received) = (expected[offset], received[offset]);
        Some(Self { offset, length: expected.len(), expected: expected_byte, received })
    }
}

impl ReplyText {
    /// Returns the first lines of `count` bytes, of which `bytes` were kept.
    fn of(bytes: &[u8], count: u64) -> Self {
        let lines: Vec<_> =
            beginning(bytes).split_inclusive(|&byte| byte == b'\n').take(MAX_REPLY_LINES).collect();
        let shown: usize = lines.iter().map(|line| line.len()).sum();
        Self {
            lines: lines.into_iter().map(printable).collect(),
            cut_after: ((shown as u64) < count).then_some(shown),
        }
    }
}

/// Returns the beginning of a text, not cut inside a character of UTF-8.
fn beginning(bytes: &[u8]) -> &[u8] {
    /// The most bytes of a character that follow its first.
    const MAX_FOLLOWING: usize = 3;
    let is_inside = |end: &usize| bytes.get(*end).is_some_and(|byte| byte & 0xc0 == 0x80);
    let end = (MAX_REPLY_BYTES.min(bytes.len())..bytes.len()).find(|end| !is_inside(end));
    &bytes[..end.unwrap_or(bytes.len()).min(MAX_REPLY_BYTES + MAX_FOLLOWING)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_reply_the_first_lines_are_shown() {
        let text = ReplyText::of(b"1\r\n2\n3\n4\n5\n6\n7\n", 15);
        assert_eq!(text.lines, ["1\\r\\n", "2\\n", "3\\n", "4\\n", "5\\n", "6\\n"]);
        assert_eq!(text.cut_after, Some(13));
        assert_eq!(ReplyText::of(b"all", 3).cut_after, None);
        assert_eq!(ReplyText::of(b"beginning", 100_000).cut_after, Some(9));
    }

    #[test]
    fn a_reply_is_not_cut_inside_a_character() {
        let text = "你".repeat(1_000);
        let shown = ReplyText::of(text.as_bytes(), text.len() as u64);
        assert_eq!(shown.lines, ["你".repeat(MAX_REPLY_BYTES / 3 + 1)]);
    }

    #[test]
    fn bytes_that_are_no_text_are_cut_all_the_same() {
        let shown = ReplyText::of(&[0x80; 1_000], 1_000);
        assert_eq!(shown.cut_after, Some(MAX_REPLY_BYTES + 3));
    }
}
