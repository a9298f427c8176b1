//! The verdict's place: what cannot be missed, why, and what to do next.

use yew::{Callback, Html};

use super::modes;
use super::shown::{Parts, Shown};
use crate::lazy;
use crate::tag::tag;
use page_model::{Event, Model};

/// The verdict's place, which is there before there is a verdict.
pub fn view(model: &Model, clock_step: f64, emit: &Callback<Event>) -> Html {
    let words = crate::i18n::of(model.lang);
    let parts = Parts { model, words, clock_step, emit };
    let Shown { tone, sign, sentence, because, next } =
        modes::shown(&parts).unwrap_or_else(|| parts.shown());
    // An element of its own for each tone lets it fade in, and leaves the region in place, which
    // screen readers need to hear what changes in it.
    tag("div")
        .key("verdict")
        .set("role", "status")
        .set("aria-atomic", "false")
        .set("aria-busy", model.is_running().to_string())
        .class("verdict")
        .class(tone)
        .child(
            tag("div")
                .key(tone)
                .class("fades")
                .child(
                    tag("p")
                        .class("sentence")
                        .child(tag("span").class("sign").set("aria-hidden", "true").child(sign))
                        .child(sentence),
                )
                .child(tag("div").class("because").child(because))
                .child(lazy::lab_explanation(model, emit))
                .child(tag("div").class("next").child(next)),
        )
        .html()
}
