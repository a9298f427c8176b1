//! The first bytes that will go out, each character bracketed over its bytes.

use echo_core::hexdump::Unit;
use echo_core::payload::is_invisible;
use yew::Html;

use crate::i18n::{Words, format};
use crate::tag::tag;
use page_model::composer::Preview;
use page_model::glyph;

/// The bytes and their characters.
pub fn view(preview: &Preview, words: &Words) -> Html {
    let label = format!("{}: {}", words.composer.preview, format::hex_of(preview.bytes));
    tag("div")
        .key("preview")
        .class("preview")
        .child(
            tag("div")
                .key("bytes")
                .class("units")
                .set("role", "img")
                .set("aria-label", label)
                .children(preview.units.iter().map(|it| unit(it, preview.bytes))),
        )
        .child(
            (preview.more > 0)
                .then(|| tag("span").key("more").child((words.composer.more)(preview.more))),
        )
        .html()
}

fn unit(unit: &Unit, bytes: &[u8]) -> Html {
    let glyph = glyph::shown(unit);
    let stands_in = unit.character.is_none_or(is_invisible);
    tag("span")
        .key(unit.range.start)
        .class("unit")
        .child(tag("span").child(format::hex_of(&bytes[unit.range.clone()])))
        .child(tag("span").class("glyph").class(stands_in.then_some("stands-in")).child(glyph))
        .html()
}
