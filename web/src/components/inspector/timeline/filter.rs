//! What the rows of the Timeline are filtered by.

use page_model::inspector::InspectorEvent;
use page_model::inspector::filter::Filter;
use page_model::transcript::Direction;
use page_model::{Event, Lang};
use yew::prelude::*;

use crate::components::callbacks::{select_change, text_input};
use crate::components::context::Dispatch;
use crate::components::inspector::direction;
use crate::i18n::timeline as i18n;

/// Draws the filter by text and the filter by direction.
pub fn filter_bar(lang: Lang, dispatch: &Dispatch, filter: &Filter) -> Html {
    let oninput = text_input(dispatch, |text| Event::Inspector(InspectorEvent::FilterTyped(text)));
    let onchange = select_change(dispatch, |value| {
        let direction = direction::from_name(&value);
        Event::Inspector(InspectorEvent::DirectionChosen(direction))
    });
    let choice = |direction: Option<Direction>| {
        let value = direction.map_or("", direction::name);
        html! {
            <option key={value} {value} selected={filter.direction == direction}>
                { i18n::direction_choice(lang, direction) }
            </option>
        }
    };
    html! {
        <div class="filter">
            <input
                type="search"
                aria-label={i18n::filter(lang)}
                placeholder={i18n::filter(lang)}
                autocomplete="off"
                spellcheck="false"
                value={filter.text.clone()}
                {oninput}
            />
            <select aria-label={i18n::direction(lang)} {onchange}>
                { for [None, Some(Direction::Sent), Some(Direction::Received)].map(choice) }
            </select>
        </div>
    }
}
