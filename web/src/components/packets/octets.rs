//! The bytes of the opened packet.

use echo_core::hexdump::{Hexdump, Row as Octets, Unit};
use echo_core::packets::layers::field_at;
use yew::Html;

use super::{Parts, hear, way};
use crate::components::views::span_class;
use crate::tag::{Tag, tag};
use page_model::packets::PacketsEvent;
use page_model::packets::detail::{PacketDetail, WIDTH};
use page_model::packets::stream;

/// How many rows are few.
const FEW_ROWS: usize = 12;

impl Parts<'_> {
    pub(super) fn octets(&self, look: &PacketDetail) -> Html {
        let shown = look.octets();
        let dump = Hexdump::new(shown, WIDTH);
        let rows = (0..dump.len()).filter_map(|number| dump.row(number));
        let more = look.row.packet.frame.bytes.len() - shown.len();
        // What is short stays in sight while the fields beside it are walked.
        tag("div")
            .class("dump octets")
            .class((dump.len() <= FEW_ROWS).then_some("short"))
            .child(
                tag("div")
                    .class("whole")
                    .set("role", "grid")
                    .set("tabindex", "0")
                    .set("aria-label", self.words.octets)
                    .set("aria-activedescendant", look.octet().map(id))
                    .onkeydown(hear::keys(self.emit, PacketsEvent::OctetMoved))
                    .children(rows.map(|row| self.octet_row(look, &row))),
            )
            .child((more > 0).then(|| tag("p").child((self.words.more_octets)(more))))
            .html()
    }

    fn octet_row(&self, look: &PacketDetail, row: &Octets) -> Tag {
        let cells = (row.offset..).zip(row.bytes).map(|(at, byte)| self.octet(look, at, *byte));
        let payload = look.row.packet.payload.start;
        let glyphs = row.units().flat_map(|unit| in_headers_alone(unit, payload));
        let here = row.offset..row.offset + row.bytes.len();
        let glyphs =
            glyphs.filter(|unit| unit.range.end > here.start && unit.range.start < here.end);
        let glyphs = glyphs.map(|unit| self.glyph(look, row, &unit));
        tag("div")
            .key(row.offset)
            .class("bytes")
            .class(way(look.row.by))
            .set("role", "row")
            .child(
                tag("span")
                    .key("offset")
                    .class("offset")
                    .set("role", "rowheader")
                    .child(format!("{:04x}", row.offset)),
            )
            .child(
                tag("span").key("cells").class("cells").set("role", "presentation").children(cells),
            )
            .child(
                tag("span").key("text").class("text").set("aria-hidden", "true").children(glyphs),
            )
    }

    fn octet(&self, look: &PacketDetail, at: usize, byte: u8) -> Tag {
        let is_measured = field_at(&look.layers, at).is_none_or(|field| field.measured);
        tag("span")
            .key(at)
            .set("id", id(at))
            .class("cell")
            .class(self.class(look, at))
            .class((!look.row.packet.payload.contains(&at)).then_some("header"))
            .class((!is_measured).then_some("guess"))
            .set("role", "gridcell")
            .set("data-octet", at.to_string())
            .child(format!("{byte:02x}"))
    }

    /// What a character looks like, over the places of its bytes in this row.
    fn glyph(&self, look: &PacketDetail, row: &Octets, unit: &Unit) -> Tag {
        let columns = row.columns(unit);
        let first = row.offset + columns.start;
        let begins = row.offset <= unit.range.start;
        let (glyph, is_itself) = match unit.character {
            Some(character) if character == unit.glyph() => (character, true),
            _ => ('.', false),
        };
        tag("span")
            .key(first)
            .class("glyph")
            .class(span_class(columns.len()))
            .class((!is_itself).then_some("stand-in"))
            .class((!look.row.packet.payload.contains(&first)).then_some("header"))
            .class(self.class(look, first).map(|_| "marked"))
            .set("data-octet", first.to_string())
            .child(if begins { String::from(glyph) } else { String::new() })
    }

    fn class(&self, look: &PacketDetail, at: usize) -> Option<&'static str> {
        if look.octet() == Some(at) {
            Some("pointed")
        } else if look.marked().contains(&at) || self.is_marked_elsewhere(look, at) {
            Some("marked")
        } else {
            None
        }
    }

    /// Whether another view marks this byte. That all of the packet's bytes are marked is said by
    /// its row.
    fn is_marked_elsewhere(&self, look: &PacketDetail, at: usize) -> bool {
        let all = stream::carried(&look.row);
        if look.spot.is_some() || all == self.marked.bytes {
            return false;
        }
        let byte = stream::byte(&look.row, at);
        byte.is_some_and(|(direction, offset)| self.marked.holds(direction, offset))
    }
}

/// Headers have numbers, not characters: where several of their bytes would make one, each stands
/// for itself.
fn in_headers_alone(unit: Unit, payload: usize) -> Vec<Unit> {
    if unit.range.start >= payload || unit.range.len() == 1 {
        return vec![unit];
    }
    unit.range.map(|at| Unit { range: at..at + 1, character: None }).collect()
}

fn id(octet: usize) -> String {
    format!("octet-{octet}")
}
