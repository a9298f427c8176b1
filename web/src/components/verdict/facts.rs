//! Why the verdict is what it is, how long it took, and what came.

use page_model::Lang;
use page_model::modes::reply_timer::ReplyTimes;
use page_model::topic::Topic;
use page_model::verdict::{Fact, Reason, ReplyText};
use yew::prelude::*;

use crate::components::context::ClockStep;
use crate::components::topic::Explain;
use crate::i18n::reason::reason;
use crate::i18n::{format, load_test, verdict as i18n};

/// What of the facts is loaded on demand, as far as there is something to tell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Later {
    /// Why the run ended as it did, where the bridge has told a failure.
    pub reason: Html,
    /// What is likely behind the reply.
    pub diagnosis: Html,
}

/// Draws a fact. No verdict has two of a kind, so that the kind is its key.
pub fn draw(lang: Lang, clock_step: ClockStep, fact: &Fact, later: &Later) -> Html {
    match fact {
        Fact::Waited(ms) => html! {
            <p key="waited" class="counted" aria-hidden="true">{ format::seconds(*ms) }</p>
        },
        Fact::Reason(why) => html! { <p key="reason">{ told(lang, why, later) }</p> },
        Fact::Diagnosis(_) => html! { <p key="diagnosis">{ later.diagnosis.clone() }</p> },
        Fact::Times(times) => reply_times(lang, clock_step, *times),
        Fact::BrowserTime(ms) => {
            let time = format::millis(*ms, clock_step.0);
            html! { <p key="browser">{ i18n::browser_time(lang, &time) }</p> }
        }
        Fact::Extra(extra) => {
            html! { <p key="extra" class="extra">{ i18n::extra(lang, extra) }</p> }
        }
        Fact::Reply(text) => reply(lang, text),
        Fact::Turn(turn) => html! { <p key="turn">{ i18n::turn(lang, *turn) }</p> },
        Fact::Queued(bytes) => html! {
            <p key="queued" class="counted" aria-hidden="true">{ i18n::queued(lang, *bytes) }</p>
        },
        Fact::End { reason, unsent } => end(lang, reason.as_ref(), *unsent, later),
        Fact::LoadBounds => html! { <p key="bounds" class="small">{ load_test::bounds(lang) }</p> },
        Fact::Medians { tcp_us, browser_us } => medians(lang, clock_step, *tcp_us, *browser_us),
        Fact::LoadElapsed { elapsed_ms, planned_s } => {
            let seconds = format::tenths_of_seconds(*elapsed_ms);
            html! {
                <p key="elapsed" class="counted">{ load_test::elapsed(lang, &seconds, *planned_s) }</p>
            }
        }
        Fact::LoadEnd { end, took } => {
            let end = end.map(|end| load_test::end(lang, end).to_owned());
            let took = took.map(|(ms, rate)| load_test::took(lang, &format::seconds(ms), rate));
            let text: Vec<_> = end.into_iter().chain(took).collect();
            html! { <p key="end" class="counted">{ text.join(" ") }</p> }
        }
    }
}

/// Draws the one time that matters.
fn reply_times(lang: Lang, ClockStep(step): ClockStep, times: ReplyTimes) -> Html {
    let time = match times.tcp {
        Some(took) => format::micros(took.0),
        None => format::millis(times.browser_ms, step),
    };
    let [before, after] = i18n::took(lang, times.tcp.is_some());
    html! { <p key="times" class="times">{ before }<b>{ time }</b>{ after }</p> }
}

fn reply(lang: Lang, text: &ReplyText) -> Html {
    html! {
        <div key="reply" class="reply received">
            {
                for text.lines.iter().enumerate().map(|(index, line)| html! {
                    <samp key={index}>{ line }</samp>
                })
            }
            if let Some(bytes) = text.cut_after {
                <p>{ i18n::first_of_reply(lang, bytes) }</p>
            }
        </div>
    }
}

/// Draws why the run ended as it did.
fn told(lang: Lang, why: &Reason, later: &Later) -> Html {
    if why.is_told_by_bridge() { later.reason.clone() } else { reason(lang, why).into() }
}

fn end(lang: Lang, why: Option<&Reason>, unsent: usize, later: &Later) -> Html {
    html! {
        <p key="end">
            { why.map(|why| told(lang, why, later)) }
            { " " }
            if unsent > 0 {
                { i18n::unsent(lang, unsent) }
            }
        </p>
    }
}

/// Draws the medians in large type, legible from the back of a classroom.
fn medians(lang: Lang, ClockStep(step): ClockStep, tcp_us: Option<u64>, browser_us: u64) -> Html {
    html! {
        <div key="medians" class="middle">
            <dl>
                if let Some(us) = tcp_us {
                    <div>
                        <dt>{ load_test::TCP }{ " p50" }</dt>
                        <dd>{ format::about(us) }</dd>
                    </div>
                }
                <div>
                    <dt>{ load_test::browser(lang) }{ " p50" }</dt>
                    <dd>{ format::about_by_page(browser_us, step) }</dd>
                </div>
            </dl>
            <Explain topic={Topic::Percentiles} />
        </div>
    }
}
