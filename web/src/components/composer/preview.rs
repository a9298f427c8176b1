//! The first bytes that will be sent, with the characters that they encode.

use echo_core::hexdump::Unit;
use echo_core::payload::is_invisible;
use page_model::composer::Preview;
use page_model::{Lang, glyph};
use yew::prelude::*;

use crate::i18n::{composer as i18n, format};

/// Shows the bytes, each character under its own.
pub fn preview(lang: Lang, view: &Preview) -> Html {
    let label = i18n::preview(lang, &format::hex_of(&view.bytes));
    html! {
        <div class="preview">
            <div class="units" role="img" aria-label={label}>
                { for view.units.iter().map(|it| unit(it, &view.bytes)) }
            </div>
            if view.more > 0 {
                <span>{ i18n::more_bytes(lang, view.more) }</span>
            }
        </div>
    }
}

fn unit(unit: &Unit, bytes: &[u8]) -> Html {
    let stands_in = unit.character.is_none_or(is_invisible);
    html! {
        <span key={unit.range.start} class="unit">
            <span>{ format::hex_of(&bytes[unit.range.clone()]) }</span>
            <span class={classes!("glyph", stands_in.then_some("stands-in"))}>
                { glyph::shown(unit) }
            </span>
        </span>
    }
}
