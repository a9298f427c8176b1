//! The first bytes that will go out, each character bracketed over its bytes.

use echo_core::hexdump::Unit;
use echo_core::payload::is_invisible;
use yew::{Html, classes, html};

use crate::model::draft::Preview;
use crate::model::glyph;
use crate::words::{Words, format};

/// The bytes and their characters.
pub fn view(preview: &Preview, words: &Words) -> Html {
    let label = format!("{}: {}", words.composer.preview, format::hex_of(preview.bytes));
    html! {
        <div key="preview" class="preview">
            <div key="bytes" class="units" role="img" aria-label={label}>
                { for preview.units.iter().map(|it| unit(it, preview.bytes)) }
            </div>
            if preview.more > 0 {
                <span key="more">{ (words.composer.more)(preview.more) }</span>
            }
        </div>
    }
}

fn unit(unit: &Unit, bytes: &[u8]) -> Html {
    let glyph = glyph::shown(unit);
    let stands_in = unit.character.is_none_or(is_invisible);
    html! {
        <span key={unit.range.start} class="unit">
            <span>{ format::hex_of(&bytes[unit.range.clone()]) }</span>
            <span class={classes!("glyph", stands_in.then_some("stands-in"))}>{ glyph }</span>
        </span>
    }
}
