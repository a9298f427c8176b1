//! The verdict's place: what cannot be missed, why, and what to do next.

use yew::{Callback, Html, classes, html};

use super::shown::{Parts, Shown};
use super::{how, lab};
use crate::model::{Event, Model};

/// The verdict's place, which is there before there is a verdict.
pub fn view(model: &Model, clock_step: f64, emit: &Callback<Event>) -> Html {
    let words = model.lang.words();
    let parts = Parts { model, words, clock_step, emit };
    let Shown { tone, sign, sentence, because, next } =
        how::shown(&parts).unwrap_or_else(|| parts.shown());
    // An element of its own for each tone lets it fade in, and leaves the region in place, which
    // screen readers need to hear what changes in it.
    html! {
        <div key="verdict" role="status" aria-atomic="false" aria-busy={model.is_running().to_string()}
            class={classes!("verdict", tone)}>
            <div key={tone} class="fades">
                <p class="sentence">
                    <span class="sign" aria-hidden="true">{ sign }</span>{ sentence }
                </p>
                <div class="because">{ because }</div>
                { lab::why(model, emit) }
                <div class="next">{ next }</div>
            </div>
        </div>
    }
}
