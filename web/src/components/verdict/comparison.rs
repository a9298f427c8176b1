//! What was expected above what came, byte by byte.

use page_model::Lang;
use page_model::difference::{Column, ComparedByte, Comparison, DifferenceKind};
use page_model::verdict::Expectation;
use yew::prelude::*;

use crate::i18n::{format, verdict as i18n};

/// Draws the surroundings of the first difference.
pub fn comparison(lang: Lang, expectation: Expectation, comparison: &Comparison) -> Html {
    let (expected, received) = (i18n::expectation(lang, expectation), i18n::received(lang));
    let columns = &comparison.columns;
    let bytes = |side: fn(&Column) -> &Option<ComparedByte>| {
        let bytes = columns.iter().filter_map(|column| side(column).as_ref());
        format::hex_of(&bytes.map(|it| it.byte).collect::<Vec<_>>())
    };
    let label = format!(
        "{expected}: {}; {received}: {}",
        bytes(|column| &column.expected),
        bytes(|column| &column.came)
    );
    html! {
        <div key="comparison" class="comparison">
            <div class="columns" role="img" aria-label={label}>
                <span key="leads" class="column leads">
                    <span class="glyph"></span>
                    <span class="sent">{ "→ " }{ expected }</span>
                    <span class="received">{ "← " }{ received }</span>
                    <span class="glyph"></span>
                </span>
                { for comparison.cut_before.then(|| cut("before")) }
                { for columns.iter().map(column) }
                { for comparison.cut_after.then(|| cut("after")) }
            </div>
            { legend(lang, columns) }
        </div>
    }
}

fn column(column: &Column) -> Html {
    let kind = column.mark();
    let extra = kind.filter(|kind| *kind == DifferenceKind::Extra);
    html! {
        <span key={column.offset} class="column">
            { glyph(column.expected.as_ref(), "sent") }
            { byte(column.expected.as_ref(), "sent", extra) }
            { byte(column.came.as_ref(), "received", kind) }
            { glyph(column.came.as_ref(), "received") }
        </span>
    }
}

fn byte(byte: Option<&ComparedByte>, class: &'static str, kind: Option<DifferenceKind>) -> Html {
    match (byte.map(|it| format!("{:02x}", it.byte)), kind) {
        (Some(hex), Some(DifferenceKind::Changed)) => html! { <mark {class}>{ hex }</mark> },
        (Some(hex), _) => html! { <span {class}>{ hex }</span> },
        (None, Some(DifferenceKind::Extra)) => html! { <span class="extra-sign">{ "+" }</span> },
        (None, _) => html! { <span class="missing"></span> },
    }
}

/// Draws the character, or the part of the bracket that joins a byte to its character.
fn glyph(byte: Option<&ComparedByte>, side: &'static str) -> Html {
    let Some(byte) = byte else { return html! { <span class="glyph"></span> } };
    let goes_on = byte.goes_on.then_some("goes-on");
    let open = (!byte.ends).then_some("open");
    html! { <span class={classes!("glyph", side, goes_on, open)}>{ byte.glyph.as_ref() }</span> }
}

fn cut(key: &'static str) -> Html {
    html! {
        <span {key} class="column">
            <span class="glyph"></span>
            <span>{ "…" }</span>
            <span>{ "…" }</span>
        </span>
    }
}

/// Draws the legend of those marks that occur.
fn legend(lang: Lang, columns: &[Column]) -> Html {
    let occurs = |kind: &DifferenceKind| columns.iter().any(|column| column.mark() == Some(*kind));
    let entry = |kind: DifferenceKind| {
        let name = i18n::difference(lang, kind);
        let sign = match kind {
            DifferenceKind::Changed => html! { <mark>{ "00" }</mark> },
            DifferenceKind::Missing => html! { <span class="missing"></span> },
            DifferenceKind::Extra => html! { <span>{ "+" }</span> },
        };
        html! { <span key={name}>{ sign }{ " " }{ name }</span> }
    };
    html! {
        <p class="legend" aria-hidden="true">
            { for DifferenceKind::ALL.into_iter().filter(occurs).map(entry) }
        </p>
    }
}
