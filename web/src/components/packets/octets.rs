//! The bytes of the selected packet.

use page_model::Event;
use page_model::packets::PacketsEvent;
use page_model::packets::view::octets::{Octet, OctetGlyph, OctetMark, OctetRow, OctetsView};
use yew::prelude::*;

use super::observed::guess;
use crate::components::context::{use_dispatch, use_lang};
use crate::components::inspector::direction;
use crate::components::inspector::glyph_class;
use crate::components::inspector::moves::moves;
use crate::i18n::packets::detail as i18n;

/// Properties of [`Octets`].
#[derive(PartialEq, Properties)]
pub(super) struct OctetsProps {
    pub(super) view: OctetsView,
}

/// Draws the bytes of the selected packet.
#[component]
pub(super) fn Octets(OctetsProps { view }: &OctetsProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    let onkeydown = moves(&dispatch, |to| Event::Packets(PacketsEvent::OctetMoved(to)));
    html! {
        <div class={classes!("dump", "octets", view.is_short.then_some("short"))}>
            <div
                class="whole"
                role="grid"
                tabindex="0"
                aria-label={i18n::octets(lang)}
                aria-activedescendant={view.active.map(octet_id)}
                {onkeydown}
            >
                { for view.rows.iter().map(|row| html! {
                    <Row key={row.offset} view={row.clone()} />
                }) }
            </div>
            if view.hidden > 0 {
                <p>{ i18n::more_octets(lang, view.hidden) }</p>
            }
        </div>
    }
}

/// Properties of [`Row`].
#[derive(PartialEq, Properties)]
struct RowProps {
    view: OctetRow,
}

/// Draws a row of bytes.
#[component]
fn Row(RowProps { view }: &RowProps) -> Html {
    html! {
        <div class={classes!("bytes", direction::name(view.direction))} role="row">
            <span class="offset" role="rowheader">{ format!("{:04x}", view.offset) }</span>
            <span class="cells" role="presentation">{ for view.octets.iter().map(cell) }</span>
            <span class="text" aria-hidden="true">{ for view.glyphs.iter().map(glyph) }</span>
        </div>
    }
}

fn cell(octet: &Octet) -> Html {
    let Octet { offset, value, mark, is_header, is_measured } = *octet;
    let mark = mark.map(|mark| match mark {
        OctetMark::Active => "pointed",
        OctetMark::Marked => "marked",
    });
    html! {
        <span
            key={offset}
            id={octet_id(offset)}
            class={classes!("cell", mark, is_header.then_some("header"), guess(is_measured))}
            role="gridcell"
            data-octet={offset.to_string()}
        >
            { format!("{value:02x} ") }
        </span>
    }
}

fn glyph(view: &OctetGlyph) -> Html {
    let OctetGlyph { offset, columns, glyph, is_stand_in, is_header, is_marked } = *view;
    html! {
        <span
            key={offset}
            class={classes!(
                "glyph",
                glyph_class(columns, glyph.is_none()),
                is_stand_in.then_some("stand-in"),
                is_header.then_some("header"),
                is_marked.then_some("marked"),
            )}
            data-octet={offset.to_string()}
        >
            { glyph.map(String::from) }
        </span>
    }
}

fn octet_id(offset: usize) -> String {
    format!("octet-{offset}")
}
