//! The bytes that were expected beside those that came, with what differs marked.

use page_model::Lang;
use page_model::difference::{Column, ComparedByte, Comparison, DifferenceKind};
use page_model::verdict::ComparedBytes;
use yew::prelude::*;

use crate::i18n::{format, verdict as i18n};

/// One of the two sides of a column.
type Side = fn(&Column) -> &Option<ComparedByte>;

/// Draws the surroundings of the first difference, or the beginning if there is none.
pub fn strip(lang: Lang, ComparedBytes { expectation, comparison }: &ComparedBytes) -> Html {
    let columns = &comparison.columns;
    let (expected, received): (Side, Side) = (|column| &column.expected, |column| &column.came);
    let hex = |side: Side| {
        let bytes = columns.iter().filter_map(|column| side(column).as_ref());
        format::hex_of(&bytes.map(|it| it.byte).collect::<Vec<_>>())
    };
    let label = format!(
        "{}: {}; {}: {}",
        i18n::expectation(lang, *expectation),
        hex(expected),
        i18n::received(lang),
        hex(received)
    );
    // What came after the reply was not compared.
    let is_equal = |kind| matches!(kind, None | Some(DifferenceKind::Extra));
    let is_same = columns.iter().all(|column| is_equal(column.mark()));
    html! {
        <div key="bytes" class="strip" role="img" aria-label={label}>
            <div class="bytes-side sent">
                { cells(comparison, |column| byte(column.expected.as_ref(), None)) }
            </div>
            <span>{ if is_same { "=" } else { "≠" } }</span>
            <div class="bytes-side received">
                { cells(comparison, |column| byte(column.came.as_ref(), column.mark())) }
            </div>
        </div>
    }
}

/// Draws one side, and where it goes on.
fn cells(comparison: &Comparison, cell: fn(&Column) -> Html) -> Html {
    let cut = || html! { <span>{ "…" }</span> };
    html! {
        <>
            { for comparison.cut_before.then(cut) }
            { for comparison.columns.iter().map(cell) }
            { for comparison.cut_after.then(cut) }
        </>
    }
}

/// Draws a byte over its character, or over the part of the line that joins it to its character.
fn byte(byte: Option<&ComparedByte>, kind: Option<DifferenceKind>) -> Html {
    let Some(byte) = byte else {
        return match kind {
            Some(DifferenceKind::Missing) => html! { <span class="missing"></span> },
            _ => Html::default(),
        };
    };
    let hex = format!("{:02x}", byte.byte);
    let goes_on = byte.goes_on.then_some("goes-on");
    let open = (!byte.ends).then_some("open");
    html! {
        <span class={(kind == Some(DifferenceKind::Extra)).then_some("extra-byte")}>
            if kind == Some(DifferenceKind::Changed) {
                <mark>{ hex }</mark>
            } else {
                <span>{ hex }</span>
            }
            <span class={classes!("glyph", goes_on, open)}>{ byte.glyph.as_ref() }</span>
        </span>
    }
}

/// Draws the legend of those marks that occur.
pub fn legend(lang: Lang, ComparedBytes { comparison, .. }: &ComparedBytes) -> Html {
    let columns = &comparison.columns;
    let occurs = |kind: &DifferenceKind| columns.iter().any(|column| column.mark() == Some(*kind));
    let entry = |kind: DifferenceKind| {
        let name = i18n::difference(lang, kind);
        let sign = match kind {
            DifferenceKind::Changed => html! { <mark>{ "00" }</mark> },
            DifferenceKind::Missing => html! { <span class="missing"></span> },
            DifferenceKind::Extra => html! { <span class="extra-byte">{ "00" }</span> },
        };
        html! { <span key={name}>{ sign }{ " " }{ name }</span> }
    };
    let entries: Vec<_> = DifferenceKind::ALL.into_iter().filter(occurs).map(entry).collect();
    if entries.is_empty() {
        return Html::default();
    }
    html! { <p key="legend" class="legend" aria-hidden="true">{ for entries }</p> }
}
