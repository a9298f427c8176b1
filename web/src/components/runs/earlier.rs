//! An earlier run, shown as it was.

use std::rc::Rc;

use page_model::runs::shown::{EarlierView, LineView, MovedBytes};
use page_model::runs::{RunsAnchor, RunsEvent};
use page_model::transcript::Direction;
use page_model::{Event, Lang};
use yew::prelude::*;

use super::byte_sides::{SideLabel, byte_sides};
use super::times;
use crate::components::context::{Dispatch, use_copied, use_dispatch, use_lang};
use crate::components::sentence::{self, sign_symbol, tone_class};
use crate::components::verdict::exports::exports;
use crate::i18n::failure::reason;
use crate::i18n::format::grouped;
use crate::i18n::{next_step, role, runs as i18n, verdict};
use crate::platform::browser;
use crate::platform::date;

/// Properties of [`EarlierRun`].
#[derive(PartialEq, Properties)]
pub struct EarlierRunProps {
    /// The run.
    pub run: Rc<EarlierView>,
    /// Whether the run to compare it with is being chosen.
    pub is_choosing: bool,
}

/// Draws an earlier run.
#[component]
pub fn EarlierRun(EarlierRunProps { run, is_choosing }: &EarlierRunProps) -> Html {
    let (lang, dispatch, copied) = (use_lang(), use_dispatch(), use_copied());
    let summary = &run.summary;
    let sent = SideLabel { name: verdict::sent(lang), direction: Direction::Sent };
    let received = SideLabel { name: verdict::received(lang), direction: Direction::Received };
    html! {
        <section class="earlier" aria-labelledby={RunsAnchor::Shown.heading_id()}>
            <div class={classes!("verdict", tone_class(summary.tone))}>
                { head(lang, &dispatch, run) }
                if *is_choosing {
                    <p class="choose">{ i18n::choose(lang) }</p>
                }
                <p class="sentence">
                    <span class="sign" aria-hidden="true">{ sign_symbol(summary.sign) }</span>
                    { sentence::draw(lang, &summary.sentence) }
                </p>
                <div class="because">
                    <p>{ run.reason.as_ref().map(|why| reason(lang, why)) }</p>
                    <p class="times">{ times::both(lang, &summary.times) }</p>
                    if let Some(extra) = &run.extra {
                        <p class="extra">{ verdict::extra(lang, extra) }</p>
                    }
                </div>
                { byte_sides(lang, &run.bytes, [sent, received]) }
                if !run.can_repeat {
                    <p>{ i18n::cannot_repeat(lang) }</p>
                }
                { for run.not_kept.iter().map(|it| html! { <p>{ i18n::not_kept(lang, *it) }</p> }) }
                if let Some(programs) = &run.exports {
                    <div class="copies">
                        <span>{ next_step::copy_as(lang) }</span>
                        { exports(lang, &copied, programs) }
                    </div>
                }
            </div>
            if !run.lines.is_empty() {
                <ol class="printed">{ for run.lines.iter().enumerate().map(line) }</ol>
            }
        </section>
    }
}

/// Draws the date and the mode of the run, and the buttons for it.
fn head(lang: Lang, dispatch: &Dispatch, run: &EarlierView) -> Html {
    let summary = &run.summary;
    let (id, finished_ms) = (summary.id, summary.finished_ms);
    let repeat =
        dispatch.reform(move |_| Event::Runs(RunsEvent::RepeatPressed { id, at: browser::now() }));
    let compare = dispatch.reform(move |_| Event::Runs(RunsEvent::ComparePressed(id)));
    let delete = dispatch.reform(move |_| Event::Runs(RunsEvent::DeletePressed(id)));
    let close = dispatch.reform(|_| Event::Runs(RunsEvent::LatestPressed));
    html! {
        <div class="head">
            <div>
                <h2 id={RunsAnchor::Shown.heading_id()}>
                    { i18n::earlier(lang) }
                    { " · " }
                    <time datetime={date::machine(finished_ms)}>{ date::local(finished_ms) }</time>
                </h2>
                <p>{ &summary.target }{ " · " }{ role::how(lang, summary.role, summary.mode) }</p>
            </div>
            if run.can_repeat {
                <button type="button" onclick={repeat}>{ i18n::repeat(lang) }</button>
            }
            <button type="button" onclick={compare}>{ i18n::compare(lang) }</button>
            <button type="button" onclick={delete}>{ i18n::delete(lang) }</button>
            <button type="button" onclick={close}>{ i18n::close(lang) }</button>
        </div>
    }
}

fn line((index, LineView { at, text, moved }): (usize, &LineView)) -> Html {
    let (class, moved) = match moved {
        Some(MovedBytes::Sent(bytes)) => (Some("sent"), format!("→ {} B", grouped(*bytes))),
        Some(MovedBytes::Received(bytes)) => (Some("received"), format!("← {} B", grouped(*bytes))),
        None => (None, String::new()),
    };
    html! {
        <li key={index}>
            <span>{ times::page_duration(*at) }</span>
            <samp lang="en">{ text }</samp>
            <span class={classes!(class)}>{ moved }</span>
        </li>
    }
}
