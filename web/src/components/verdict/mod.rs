//! The verdict: what cannot be missed, why it is so, and what to do next.

mod comparison;
pub mod exports;
mod facts;
mod next_steps;

use page_model::verdict::View;
use yew::prelude::*;

use super::context::{use_clock_step, use_copied, use_dispatch, use_lang};
use super::sentence::{large, sign_symbol, tone_class};

/// Properties of [`Verdict`].
#[derive(PartialEq, Properties)]
pub struct VerdictProps {
    /// The view model.
    pub view: View,
    /// The lab's explanation of the run, if there is one.
    pub explanation: Html,
    /// The command that starts the run's server of the lab in a terminal, if it has one.
    pub lab_server: Html,
}

/// Draws the verdict. Its region exists before there is a verdict, so that screen readers announce
/// it.
#[component]
pub fn Verdict(VerdictProps { view, explanation, lab_server }: &VerdictProps) -> Html {
    let (lang, dispatch, clock_step) = (use_lang(), use_dispatch(), use_clock_step());
    let copied = use_copied();
    let tone = tone_class(view.tone);
    // An element of its own for each tone lets it fade in, and leaves the region in place: screen
    // readers read what changes in a region, not what appears with one.
    html! {
        <div
            role="status"
            aria-atomic="false"
            aria-busy={view.is_busy.to_string()}
            class={classes!("verdict", tone)}
        >
            <div key={tone} class="fades">
                <p class="sentence">
                    <span class="sign" aria-hidden="true">{ view.sign.map(sign_symbol) }</span>
                    { large(lang, &view.sentence) }
                </p>
                <div class="because">
                    { for view.facts.iter().map(|fact| facts::draw(lang, clock_step, fact)) }
                </div>
                { explanation.clone() }
                <div class="next">
                    {
                        for view.next_steps.iter().map(|step| {
                            next_steps::draw(lang, &dispatch, &copied, step, lab_server)
                        })
                    }
                </div>
            </div>
        </div>
    }
}
