//! A choice of one of a few things, all of them in sight.

use page_model::Event;
use page_model::composer::ComposerEvent;
use yew::prelude::*;

use crate::components::context::Dispatch;

/// One of the things.
pub struct Segment {
    /// Its name.
    pub label: &'static str,
    /// Whether it is the chosen one.
    pub is_chosen: bool,
    /// What happens when the user chooses it.
    pub onchange: Callback<yew::Event>,
}

/// Shows a choice: `name` is that of the radio buttons, and `legend` their label.
pub fn segments<const N: usize>(
    name: &'static str,
    legend: &'static str,
    segments: [Segment; N],
) -> Html {
    let segment = |Segment { label, is_chosen, onchange }| {
        html! {
            <label key={label}>
                <input type="radio" {name} checked={is_chosen} {onchange} />
                <span>{ label }</span>
            </label>
        }
    };
    html! {
        <fieldset class="choice">
            <legend>{ legend }</legend>
            <div class="switch">{ for segments.map(segment) }</div>
        </fieldset>
    }
}

/// Returns a listener that reports a choice.
pub fn choose(dispatch: &Dispatch, event: ComposerEvent) -> Callback<yew::Event> {
    dispatch.reform(move |_| Event::Composer(event.clone()))
}
