//! Two sequences of bytes, one above the other, with what differs marked.

use yew::Html;

use crate::i18n::Words;
use crate::tag::tag;
use page_model::bounded_bytes::BoundedBytes;
use page_model::pieces::{Piece, pieces};

/// One of them.
pub(super) struct Side<'a> {
    /// What it is.
    pub(super) name: &'a str,
    /// Which way it went.
    pub(super) sign: &'a str,
    /// Its colour.
    pub(super) class: &'static str,
    /// The bytes.
    pub(super) kept: &'a BoundedBytes,
}

/// Both; where one is empty, the other alone.
pub(super) fn sides([one, other]: [Side; 2], words: &Words) -> Html {
    tag("dl")
        .key("bytes")
        .class("sides")
        .child(side(0, &one, &other, words))
        .child(side(1, &other, &one, words))
        .html()
}

fn side(key: usize, side: &Side, other: &Side, words: &Words) -> Html {
    if side.kept.is_empty() {
        return Html::default();
    }
    let with = if other.kept.is_empty() { side.kept } else { other.kept };
    let parts = pieces(side.kept.bytes(), with.bytes());
    tag("div")
        .key(key)
        .class(side.class)
        .child(tag("dt").child(side.sign).child(" ").child(side.name))
        .child(tag("dd").children(parts.into_iter().enumerate().map(piece)).child(
            side.kept.whole().is_none().then(|| {
                tag("span")
                    .key("kept")
                    .class("beginning")
                    .child((words.runs.beginning)(side.kept.bytes().len(), side.kept.length()))
            }),
        ))
        .html()
}

fn piece((index, piece): (usize, Piece)) -> Html {
    if piece.differs {
        tag("mark").key(index).child(piece.text).html()
    } else {
        tag("span").key(index).child(piece.text).html()
    }
}
