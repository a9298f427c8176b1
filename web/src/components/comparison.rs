//! The message above the reply that differs from it.

use yew::{Html, html};

use crate::model::difference::{Piece, pieces};
use crate::words::Words;

/// Both, with what differs marked.
pub fn view(sent: &[u8], received: &[u8], words: &Words) -> Html {
    html! {
        <dl class="comparison">
            <div key="sent" class="sent">
                <dt>{ "→ " }{ words.sent }</dt>
                <dd>{ for pieces(sent, received).into_iter().enumerate().map(piece) }</dd>
            </div>
            <div key="received" class="received">
                <dt>{ "← " }{ words.received }</dt>
                <dd>{ for pieces(received, sent).into_iter().enumerate().map(piece) }</dd>
            </div>
        </dl>
    }
}

fn piece((index, piece): (usize, Piece)) -> Html {
    if piece.differs {
        html! { <mark key={index}>{ piece.text }</mark> }
    } else {
        html! { <span key={index}>{ piece.text }</span> }
    }
}
