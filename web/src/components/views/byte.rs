//! What is said of one byte.

use echo_core::hexdump::{Unit, name};
use yew::Html;

use super::{Parts, pointing};
use crate::tag::tag;
use page_model::inspector::record::ConnectionRecord;
use page_model::transcript::Direction;

impl Parts<'_> {
    /// As in `0a · line feed · byte 6 of 6`, of the byte that is pointed at.
    pub(super) fn says(&self, run: &ConnectionRecord) -> Html {
        let said = self.marked.byte.and_then(|(direction, offset)| {
            let text = self.about(run, direction, offset)?;
            Some(tag("span").class(pointing::value(direction)).child(text).html())
        });
        said.unwrap_or_default()
    }

    fn about(&self, run: &ConnectionRecord, direction: Direction, offset: u64) -> Option<String> {
        let words = &self.words.views;
        let kept = run.log.bytes(direction);
        let index = kept.index(offset)?;
        let byte = kept.bytes[index];
        let unit = Unit::at(kept.bytes, index)?;
        let place = (words.byte)(offset + 1, kept.end());
        Some(format!("{byte:02x} · {} · {place}", self.called(byte, &unit, index)))
    }

    fn called(&self, byte: u8, unit: &Unit, index: usize) -> String {
        let words = &self.words.views;
        match (name(byte), unit.character) {
            (Some(name), _) => (words.control)(byte, name).to_owned(),
            (None, None) => words.no_character.to_owned(),
            (None, Some(_)) if unit.range.len() > 1 => {
                let nth = index - unit.range.start + 1;
                (words.part)(nth, unit.range.len(), unit.glyph())
            }
            (None, Some(_)) => unit.glyph().to_string(),
        }
    }
}

/// The element of a byte's cell.
pub fn byte_id(direction: Direction, offset: u64) -> String {
    format!("{}-{offset}", pointing::value(direction))
}
