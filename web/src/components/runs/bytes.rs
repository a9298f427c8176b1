//! Two sequences of bytes, one above the other, with what differs marked.

use yew::{Html, html};

use crate::model::pieces::{Piece, pieces};
use crate::model::runs::kept::Kept;
use crate::words::Words;

/// One of them.
pub(super) struct Side<'a> {
    /// What it is.
    pub(super) name: &'a str,
    /// Which way it went.
    pub(super) sign: &'a str,
    /// Its colour.
    pub(super) class: &'static str,
    /// The bytes.
    pub(super) kept: &'a Kept,
}

/// Both; where one is empty, the other alone.
pub(super) fn sides([one, other]: [Side; 2], words: &Words) -> Html {
    html! {
        <dl key="bytes" class="sides">
            { side(0, &one, &other, words) }
            { side(1, &other, &one, words) }
        </dl>
    }
}

fn side(key: usize, side: &Side, other: &Side, words: &Words) -> Html {
    if side.kept.is_empty() {
        return Html::default();
    }
    let with = if other.kept.is_empty() { side.kept } else { other.kept };
    let parts = pieces(side.kept.bytes(), with.bytes());
    html! {
        <div {key} class={side.class}>
            <dt>{ side.sign }{ " " }{ side.name }</dt>
            <dd>
                { for parts.into_iter().enumerate().map(piece) }
                if side.kept.whole().is_none() {
                    <span key="kept" class="beginning">
                        { (words.runs.beginning)(side.kept.bytes().len(), side.kept.length()) }
                    </span>
                }
            </dd>
        </div>
    }
}

fn piece((index, piece): (usize, Piece)) -> Html {
    if piece.differs {
        html! { <mark key={index}>{ piece.text }</mark> }
    } else {
        html! { <span key={index}>{ piece.text }</span> }
    }
}
