//! Two sequences of bytes, one above the other, with what differs marked.

use page_model::Lang;
use page_model::pieces::Piece;
use page_model::runs::shown::{ByteSides, Side};
use page_model::transcript::Direction;
use yew::prelude::*;

use crate::components::inspector::direction;
use crate::i18n::runs as i18n;

/// What is said of a sequence of bytes.
#[derive(Clone, Copy)]
pub struct SideLabel {
    /// Its name.
    pub name: &'static str,
    /// The way it went.
    pub direction: Direction,
}

/// Draws both, as far as there are any.
pub fn byte_sides(lang: Lang, ByteSides(sides): &ByteSides, labels: [SideLabel; 2]) -> Html {
    html! {
        <dl class="sides">
            {
                for sides.iter().zip(labels).filter_map(|(bytes, label)| {
                    bytes.as_ref().map(|bytes| side(lang, bytes, label))
                })
            }
        </dl>
    }
}

fn side(lang: Lang, Side { pieces, kept_of }: &Side, label: SideLabel) -> Html {
    let SideLabel { name, direction } = label;
    html! {
        <div key={name} class={direction::name(direction)}>
            <dt>{ direction::arrow(direction) }{ " " }{ name }</dt>
            <dd>
                { for pieces.iter().enumerate().map(piece) }
                if let Some((kept, all)) = kept_of {
                    <span class="beginning">{ i18n::beginning(lang, *kept, *all) }</span>
                }
            </dd>
        </div>
    }
}

fn piece((index, Piece { text, differs }): (usize, &Piece)) -> Html {
    if *differs {
        html! { <mark key={index}>{ text }</mark> }
    } else {
        html! { <span key={index}>{ text }</span> }
    }
}
