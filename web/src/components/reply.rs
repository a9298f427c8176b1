//! What came, where anything could: as text that can be read.

use echo_core::payload::printable;
use yew::Html;

use crate::i18n::Words;
use crate::tag::tag;

/// How much of it is shown, in bytes and in lines.
const MAX_SHOWN: usize = 512;
const MAX_LINES: usize = 6;

/// The first lines of the `count` bytes, of which these were kept.
pub fn view(bytes: &[u8], count: u64, words: &Words) -> Html {
    let lines: Vec<_> = start(bytes).split_inclusive(|&byte| byte == b'\n').collect();
    let lines = &lines[..lines.len().min(MAX_LINES)];
    let shown: usize = lines.iter().map(|line| line.len()).sum();
    tag("div")
        .key("reply")
        .class("reply received")
        .children(
            lines
                .iter()
                .enumerate()
                .map(|(index, line)| tag("samp").key(index).child(printable(line)).html()),
        )
        .child(
            ((shown as u64) < count)
                .then(|| tag("p").key("cut").child((words.reply.first_of_them)(shown))),
        )
        .html()
}

/// The start of the bytes, not cut inside a character.
fn start(bytes: &[u8]) -> &[u8] {
    let is_inside = |end: &usize| bytes.get(*end).is_some_and(|byte| byte & 0xc0 == 0x80);
    let end = (MAX_SHOWN.min(bytes.len())..bytes.len()).find(|end| !is_inside(end));
    &bytes[..end.unwrap_or(bytes.len()).min(MAX_SHOWN + 3)]
}
