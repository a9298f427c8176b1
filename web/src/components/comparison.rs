//! What was expected above what came, byte by byte.

use yew::{Html, classes, html};

use crate::model::difference::{Column, Mark, Spot, around};
use crate::words::{Words, format};

/// Both, around their first difference; `lead` says what was expected.
pub fn view(lead: &str, expected: &[u8], came: &[u8], words: &Words) -> Html {
    let shown = around(expected, came);
    let columns = &shown.columns;
    let row = |of: fn(&Column) -> &Option<Spot>| {
        let bytes: Vec<u8> = columns.iter().filter_map(of_byte(of)).collect();
        format::hex_of(&bytes)
    };
    let label = format!(
        "{lead}: {}; {}: {}",
        row(|column| &column.expected),
        words.received,
        row(|column| &column.came)
    );
    html! {
        <div class="comparison">
            <div class="columns" key="columns" role="img" aria-label={label}>
                <span key="leads" class="column leads">
                    <span class="glyph"></span>
                    <span class="sent">{ "→ " }{ lead }</span>
                    <span class="received">{ "← " }{ words.received }</span>
                    <span class="glyph"></span>
                </span>
                if shown.cut_before { { cut("before") } }
                { for columns.iter().map(column) }
                if shown.cut_after { { cut("after") } }
            </div>
            { legend(columns, words) }
        </div>
    }
}

fn of_byte(of: fn(&Column) -> &Option<Spot>) -> impl Fn(&Column) -> Option<u8> {
    move |column| of(column).as_ref().map(|spot| spot.byte)
}

fn column(column: &Column) -> Html {
    let mark = column.mark();
    html! {
        <span key={column.offset} class="column">
            { glyph(column.expected.as_ref(), "sent") }
            { byte(column.expected.as_ref(), "sent", mark.filter(|mark| *mark == Mark::Extra)) }
            { byte(column.came.as_ref(), "received", mark) }
            { glyph(column.came.as_ref(), "received") }
        </span>
    }
}

fn byte(spot: Option<&Spot>, side: &'static str, mark: Option<Mark>) -> Html {
    match (spot, mark) {
        (Some(spot), Some(Mark::Changed)) => {
            html! { <mark class={side}>{ format!("{:02x}", spot.byte) }</mark> }
        }
        (Some(spot), _) => html! { <span class={side}>{ format!("{:02x}", spot.byte) }</span> },
        (None, Some(Mark::Extra)) => html! { <span class="extra-sign">{ "+" }</span> },
        (None, _) => html! { <span class="missing"></span> },
    }
}

/// The character, or the part of the bracket that stands here.
fn glyph(spot: Option<&Spot>, side: &'static str) -> Html {
    let Some(spot) = spot else { return html! { <span class="glyph"></span> } };
    let goes_on = spot.goes_on.then_some("goes-on");
    let ends = (!spot.ends).then_some("open");
    let glyph = spot.glyph.clone().unwrap_or_default();
    html! { <span class={classes!("glyph", side, goes_on, ends)}>{ glyph }</span> }
}

fn cut(key: &'static str) -> Html {
    html! { <span {key} class="column"><span class="glyph"></span><span>{ "…" }</span><span>{ "…" }</span></span> }
}

/// What the marks mean, of those that occur.
fn legend(columns: &[Column], words: &Words) -> Html {
    let occurs = |mark: &Mark| columns.iter().any(|column| column.mark() == Some(*mark));
    let entry = |mark: Mark| {
        let sign = match mark {
            Mark::Changed => html! { <mark>{ "00" }</mark> },
            Mark::Missing => html! { <span class="missing"></span> },
            Mark::Extra => html! { <span>{ "+" }</span> },
        };
        let name = (words.reply.mark)(mark);
        html! { <span key={name}>{ sign }{ " " }{ name }</span> }
    };
    html! {
        <p key="legend" class="legend" aria-hidden="true">
            { for Mark::ALL.into_iter().filter(occurs).map(entry) }
        </p>
    }
}
