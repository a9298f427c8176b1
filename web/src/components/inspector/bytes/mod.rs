//! The Bytes view: what was sent and what came, byte by byte.

pub mod preview;
mod row;

use std::rc::Rc;

use page_model::Event;
use page_model::difference::DifferenceKind;
use page_model::inspector::bytes_view::{BytesView, DirectionTotal, GridView};
use page_model::inspector::{BytesMode, InspectorEvent, Tab};
use page_model::topic::Topic;
use yew::prelude::*;

use super::direction;
use super::hover;
use super::ids::DESCRIPTION_ID;
use super::moves::moves;
use super::pane::{height_style, offset_style, row_key, use_pane};
use crate::components::context::{use_dispatch, use_lang};
use crate::components::pointing::Pointing;
use crate::components::topic::Explain;
use crate::i18n::{bytes as i18n, verdict};

pub use self::row::{ByteRow, RowKind, glyph_class};

/// Properties of [`Bytes`].
#[derive(PartialEq, Properties)]
pub struct BytesProps {
    /// What the view shows.
    pub view: Rc<BytesView>,
    /// The text, while the bytes are shown as text.
    pub children: Html,
}

/// Draws the Bytes view.
#[component]
pub fn Bytes(BytesProps { view, children }: &BytesProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    let mode = |mode: BytesMode| {
        let onclick =
            dispatch.reform(move |_| Event::Inspector(InspectorEvent::BytesModeChosen(mode)));
        html! {
            <button
                key={i18n::mode(lang, mode)}
                type="button"
                class="quiet"
                aria-pressed={(mode == view.mode).to_string()}
                {onclick}
            >
                { i18n::mode(lang, mode) }
            </button>
        }
    };
    let total = |total: DirectionTotal| {
        let name = direction::name(total.direction);
        html! {
            <span key={name} class={name}>
                { format!("{} {}", direction::arrow(total.direction), i18n::total(lang, total)) }
            </span>
        }
    };
    html! {
        <>
            <div class="totals">
                { for view.totals.map(total) }
                <span key="modes" class="ways" role="group" aria-label={i18n::modes(lang)}>
                    { for BytesMode::ALL.map(mode) }
                    <Explain key="explain" topic={Topic::Follow} />
                </span>
            </div>
            if view.mode == BytesMode::Text {
                { children.clone() }
            } else if let Some(grid) = &view.grid {
                <Grid view={grid.clone()} />
            } else {
                <p>{ i18n::no_bytes(lang) }</p>
            }
            <p id={DESCRIPTION_ID} class="says">
                if let Some(described) = &view.described {
                    <span class={direction::name(described.direction)}>
                        { i18n::description(lang, described) }
                    </span>
                }
            </p>
            if let Some(differences) = &view.legend {
                <Legend differences={differences.clone()} />
            }
        </>
    }
}

/// Properties of [`Grid`].
#[derive(PartialEq, Properties)]
struct GridProps {
    view: GridView,
}

/// Draws the bytes in rows, among which the arrow keys move the focus.
#[component]
fn Grid(GridProps { view }: &GridProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    let window = view.window;
    let pane = use_pane(Tab::Bytes, window);
    let Pointing { onpointermove, onpointerleave } = hover::use_hover(hover::byte);
    html! {
        <div
            ref={pane.node_ref}
            id={Tab::Bytes.pane_id()}
            class={classes!("dump", window.map(|_| "many"))}
            onscroll={pane.onscroll}
            {onpointermove}
            {onpointerleave}
            onfocusin={hover::on_byte_focused(&dispatch)}
            onclick={hover::on_clicked(&dispatch, hover::byte)}
            onkeydown={moves(&dispatch, |to| Event::Inspector(InspectorEvent::FocusMoved(to)))}
        >
            <div
                class="whole"
                role="grid"
                aria-label={i18n::grid(lang)}
                aria-rowcount={view.row_count.to_string()}
                ~style={height_style(window)}
            >
                <div role="rowgroup" ~style={offset_style(window)}>
                    { for view.rows.iter().enumerate().map(|(drawn, row)| html! {
                        <ByteRow
                            key={row_key(window, drawn, row.number)}
                            view={Rc::clone(row)}
                            kind={RowKind::Grid}
                        />
                    }) }
                </div>
            </div>
        </div>
    }
}

/// Properties of [`Legend`].
#[derive(PartialEq, Properties)]
struct LegendProps {
    differences: Vec<DifferenceKind>,
}

/// Draws the legend of those highlights that occur.
#[component]
fn Legend(LegendProps { differences }: &LegendProps) -> Html {
    let lang = use_lang();
    let item = |difference: &DifferenceKind| {
        let class = row::difference_class(*difference);
        let sample = if *difference == DifferenceKind::Missing { "" } else { "41" };
        html! {
            <li key={class}>
                <span class={classes!("sample", class)} aria-hidden="true">{ sample }</span>
                { verdict::difference(lang, *difference) }
            </li>
        }
    };
    html! { <ul class="legend">{ for differences.iter().map(item) }</ul> }
}
