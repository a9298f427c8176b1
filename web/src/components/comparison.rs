//! What was expected above what came, byte by byte.

use yew::Html;

use crate::i18n::{Words, format};
use crate::tag::tag;
use page_model::difference::{Column, ComparedByte, DifferenceKind, around};

/// Both, around their first difference; `lead` says what was expected.
pub fn view(lead: &str, expected: &[u8], came: &[u8], words: &Words) -> Html {
    let shown = around(expected, came);
    let columns = &shown.columns;
    let row = |of: fn(&Column) -> &Option<ComparedByte>| {
        let bytes: Vec<u8> = columns.iter().filter_map(of_byte(of)).collect();
        format::hex_of(&bytes)
    };
    let label = format!(
        "{lead}: {}; {}: {}",
        row(|column| &column.expected),
        words.received,
        row(|column| &column.came)
    );
    tag("div")
        .class("comparison")
        .child(
            tag("div")
                .class("columns")
                .key("columns")
                .set("role", "img")
                .set("aria-label", label)
                .child(
                    tag("span")
                        .key("leads")
                        .class("column leads")
                        .child(tag("span").class("glyph"))
                        .child(tag("span").class("sent").child("→ ").child(lead))
                        .child(tag("span").class("received").child("← ").child(words.received))
                        .child(tag("span").class("glyph")),
                )
                .child(shown.cut_before.then(|| cut("before")))
                .children(columns.iter().map(column))
                .child(shown.cut_after.then(|| cut("after"))),
        )
        .child(legend(columns, words))
        .html()
}

fn of_byte(of: fn(&Column) -> &Option<ComparedByte>) -> impl Fn(&Column) -> Option<u8> {
    move |column| of(column).as_ref().map(|spot| spot.byte)
}

fn column(column: &Column) -> Html {
    let mark = column.mark();
    tag("span")
        .key(column.offset)
        .class("column")
        .child(glyph(column.expected.as_ref(), "sent"))
        .child(byte(
            column.expected.as_ref(),
            "sent",
            mark.filter(|mark| *mark == DifferenceKind::Extra),
        ))
        .child(byte(column.came.as_ref(), "received", mark))
        .child(glyph(column.came.as_ref(), "received"))
        .html()
}

fn byte(spot: Option<&ComparedByte>, side: &'static str, mark: Option<DifferenceKind>) -> Html {
    match (spot, mark) {
        (Some(spot), Some(DifferenceKind::Changed)) => {
            tag("mark").class(side).child(format!("{:02x}", spot.byte)).html()
        }
        (Some(spot), _) => tag("span").class(side).child(format!("{:02x}", spot.byte)).html(),
        (None, Some(DifferenceKind::Extra)) => tag("span").class("extra-sign").child("+").html(),
        (None, _) => tag("span").class("missing").html(),
    }
}

/// The character, or the part of the bracket that stands here.
fn glyph(spot: Option<&ComparedByte>, side: &'static str) -> Html {
    let Some(spot) = spot else { return tag("span").class("glyph").html() };
    let goes_on = spot.goes_on.then_some("goes-on");
    let ends = (!spot.ends).then_some("open");
    let glyph = spot.glyph.clone().unwrap_or_default();
    tag("span").class("glyph").class(side).class(goes_on).class(ends).child(glyph).html()
}

fn cut(key: &'static str) -> Html {
    tag("span")
        .key(key)
        .class("column")
        .child(tag("span").class("glyph"))
        .child(tag("span").child("…"))
        .child(tag("span").child("…"))
        .html()
}

/// What the marks mean, of those that occur.
fn legend(columns: &[Column], words: &Words) -> Html {
    let occurs = |mark: &DifferenceKind| columns.iter().any(|column| column.mark() == Some(*mark));
    let entry = |mark: DifferenceKind| {
        let sign = match mark {
            DifferenceKind::Changed => tag("mark").child("00").html(),
            DifferenceKind::Missing => tag("span").class("missing").html(),
            DifferenceKind::Extra => tag("span").child("+").html(),
        };
        let name = (words.reply.mark)(mark);
        tag("span").key(name).child(sign).child(" ").child(name).html()
    };
    tag("p")
        .key("legend")
        .class("legend")
        .set("aria-hidden", "true")
        .children(DifferenceKind::ALL.into_iter().filter(occurs).map(entry))
        .html()
}
