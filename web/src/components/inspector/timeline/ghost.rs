//! What stands in the place of the sequence diagram before the first run: who will take part.

use page_model::Lang;
use page_model::role::Role;
use yew::prelude::*;

use super::diagram;
use crate::i18n::sequence_diagram::{self as i18n, Party};

/// Draws the lifelines with what each of them stands for, and the way of a message.
pub fn ghost(lang: Lang) -> Html {
    let arrows = |way: &'static str| {
        html! {
            <div class="row" aria-hidden="true">
                <span class="lanes">
                    <span class={classes!("arrow", "page", way)} />
                    <span class={classes!("arrow", "tcp", way)} />
                </span>
            </div>
        }
    };
    html! {
        <div class="ghost">
            { diagram::route(lang, None) }
            { arrows("sent") }
            { arrows("received") }
            <div class="row">
                <span class="parts">
                    { for Party::all(Role::Client).map(|party| html! { <span>{ i18n::description(lang, party) }</span> }) }
                </span>
            </div>
        </div>
    }
}
