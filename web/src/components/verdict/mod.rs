//! The verdict: a headline, a sentence, the bytes, and on request why it is so.

mod actions;
mod bytes;
pub mod exports;
mod facts;
pub mod failure;
mod next_steps;

use page_model::verdict::View;
use yew::prelude::*;

pub use facts::Later;

use super::context::{use_clock_step, use_copied, use_dispatch, use_lang};
use super::sentence::{self, sign_symbol, tone_class};
use crate::i18n::verdict as i18n;

/// Properties of [`Verdict`].
#[derive(PartialEq, Properties)]
pub struct VerdictProps {
    /// The view model.
    pub view: View,
    /// The lab's explanation of the run, if there is one.
    pub explanation: Html,
    /// The command that starts the run's server of the lab in a terminal, if it has one.
    pub lab_server: Html,
    /// What can be copied of the run, while that is shown.
    pub exports: Html,
    /// What is said of the TLS connection, or why there is none, if there was to be one.
    pub secured: Html,
    /// The button that connects without verification, if that is possible.
    pub unverified: Html,
    /// What of the facts is loaded on demand.
    pub later: Later,
}

/// Draws the verdict. Its region exists before there is a verdict, so that screen readers announce
/// it.
#[component]
pub fn Verdict(props: &VerdictProps) -> Html {
    let VerdictProps { view, explanation, lab_server, exports, secured, unverified, later } = props;
    let (lang, dispatch, clock_step) = (use_lang(), use_dispatch(), use_clock_step());
    let copied = use_copied();
    let tone = tone_class(view.tone);
    let fact = |fact| facts::draw(lang, clock_step, fact, later);
    let step = |step| next_steps::draw(lang, &dispatch, &copied, step, lab_server, unverified);
    // An element of its own for each tone lets it fade in, and leaves the region in place: screen
    // readers read what changes in a region, not what appears with one.
    html! {
        <div
            role="status"
            id="verdict"
            aria-atomic="false"
            aria-busy={view.is_busy.to_string()}
            class={classes!("verdict", tone, view.is_previous.then_some("previous"))}
        >
            if let Some(notice) = &view.notice {
                <div key="notice" class="notice">
                    <p>{ i18n::statement(lang, &notice.statement) }</p>
                    { for notice.next_steps.iter().map(step) }
                </div>
            }
            if view.is_previous {
                <p key="previous" class="aside">{ i18n::previous(lang) }</p>
            }
            <div key={tone} class="fades">
                <div class="headline">
                    <p class="sentence">
                        <span class="sign" aria-hidden="true">{ view.sign.map(sign_symbol) }</span>
                        { sentence::draw(lang, &view.sentence) }
                    </p>
                    if let Some(agrees) = view.is_as_predicted {
                        <span class={classes!("badge", (!agrees).then_some("wrong"))}>
                            { i18n::agreement(lang, agrees) }
                        </span>
                    }
                </div>
                if !view.facts.is_empty() {
                    <div class="because">{ for view.facts.iter().map(fact) }</div>
                }
                { secured.clone() }
                if let Some(compared) = &view.bytes {
                    { bytes::strip(lang, compared) }
                }
                if !view.next_steps.is_empty() {
                    <div class="next">{ for view.next_steps.iter().map(step) }</div>
                }
            </div>
            { actions::actions(lang, &dispatch, view, exports) }
            <div key="why" id={actions::WHY_ID} class="why" hidden={!view.why.is_open}>
                if view.why.is_open {
                    { for view.why.facts.iter().map(fact) }
                    { explanation.clone() }
                    { for view.bytes.iter().map(|compared| bytes::legend(lang, compared)) }
                    { for view.why.next_steps.iter().map(step) }
                }
            </div>
        </div>
    }
}
