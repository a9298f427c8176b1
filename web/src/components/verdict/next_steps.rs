//! What the user may do next.

use std::rc::Rc;

use page_model::inspector::InspectorEvent;
use page_model::modes::{Mode, ModesEvent};
use page_model::time::PageTime;
use page_model::topic::Topic;
use page_model::verdict::{FailureCount, FailureKind, NextStep};
use page_model::{Event, Lang};
use yew::prelude::*;

use crate::components::callbacks::timed;
use crate::components::command::CommandLine;
use crate::components::context::{Copied, Dispatch};
use crate::components::topic::Explain;
use crate::i18n::{format, load_test, modes, next_step as i18n};

/// Draws a step with a key of its own; `lab_server` is the content of the one that the lab draws, and
/// `unverified` that of the connection without verification.
pub fn draw(
    lang: Lang,
    dispatch: &Dispatch,
    copied: &Copied,
    step: &NextStep,
    lab_server: &Html,
    unverified: &Html,
) -> Html {
    match step {
        NextStep::StopRun => stop(lang, dispatch, |at| Event::StopPressed { at }),
        NextStep::GiveUpConnecting => {
            stop(lang, dispatch, |at| Event::Modes(ModesEvent::DisconnectPressed { at }))
        }
        NextStep::BridgeIsBack => html! { <p key="back">{ i18n::bridge_is_back(lang) }</p> },
        NextStep::BridgeIsAwaited => {
            html! {
                <p key="awaited">
                    { i18n::bridge_is_awaited(lang) }{ " " }<Explain topic={Topic::MissingBridge} />
                </p>
            }
        }
        NextStep::Command { purpose, command } => {
            let (lead, state) = (i18n::command_purpose(lang, *purpose), copied.state(command));
            html! { <CommandLine key={lead} {lead} command={Rc::clone(command)} {state} /> }
        }
        NextStep::ConnectUnverified => unverified.clone(),
        NextStep::SetTarget(target) => {
            let (to, label) = (Rc::clone(target), i18n::set_target(lang, target));
            let onclick = dispatch.reform(move |_| Event::ToTyped(to.to_string()));
            html! { <button key="target" type="button" {onclick}>{ label }</button> }
        }
        NextStep::ShowText => {
            let onclick = dispatch.reform(|_| Event::Inspector(InspectorEvent::TextPressed));
            html! {
                <button key="text" type="button" {onclick}>{ i18n::show_text(lang) }</button>
            }
        }
        NextStep::LabServer => lab_server.clone(),
        NextStep::EndConnection { can_finish } => end_connection(lang, dispatch, *can_finish),
        NextStep::ConnectAgain => {
            let onclick = timed(dispatch, |at| Event::ConnectPressed { at });
            html! {
                <div key="again" class="endings">
                    <button type="button" {onclick}>{ i18n::connect_again(lang) }</button>
                </div>
            }
        }
        NextStep::Failures(counts) => failures(lang, counts),
        NextStep::LookAtOne => look_at_one(lang, dispatch),
    }
}

fn stop(lang: Lang, dispatch: &Dispatch, event: fn(PageTime) -> Event) -> Html {
    let onclick = timed(dispatch, event);
    html! { <button key="stop" type="button" {onclick}>{ modes::stop(lang) }</button> }
}

/// Draws the buttons that end a connection in different ways.
fn end_connection(lang: Lang, dispatch: &Dispatch, can_finish: bool) -> Html {
    let finish = timed(dispatch, |at| Event::Modes(ModesEvent::FinishPressed { at }));
    let reset = timed(dispatch, |at| Event::Modes(ModesEvent::ResetPressed { at }));
    let disconnect = timed(dispatch, |at| Event::Modes(ModesEvent::DisconnectPressed { at }));
    let finished = (!can_finish).then_some("true");
    html! {
        <div key="end" class="endings" role="group" aria-label={i18n::end_connection(lang)}>
            <button type="button" aria-disabled={finished} onclick={finish}>
                { i18n::finish(lang) }
            </button>
            <button type="button" onclick={reset}>{ i18n::reset(lang) }</button>
            <button type="button" onclick={disconnect}>
                { i18n::disconnect(lang) }
            </button>
            <Explain topic={Topic::Endings} />
        </div>
    }
}

/// Draws the kinds of failure in a load test, and how often each occurred.
fn failures(lang: Lang, counts: &[FailureCount]) -> Html {
    html! {
        <ul key="failures" class="mishaps">
            {
                for counts.iter().enumerate().map(|(index, FailureCount { count, kind })| html! {
                    <li key={index}>{ format::thousands(*count) }{ " × " }{ failure(lang, kind) }</li>
                })
            }
        </ul>
    }
}

/// Draws the button that chooses the mode Once, and what that is good for.
fn look_at_one(lang: Lang, dispatch: &Dispatch) -> Html {
    let onclick = timed(dispatch, |at| Event::Modes(ModesEvent::Chosen { at, mode: Mode::Once }));
    html! {
        <p key="look" class="command">
            { i18n::look_at_one_means(lang) }
            <button type="button" {onclick}>{ i18n::look_at_one(lang) }</button>
        </p>
    }
}

fn failure(lang: Lang, kind: &FailureKind) -> Html {
    match kind {
        FailureKind::Program(line) => html! { <samp lang="en">{ Rc::clone(line) }</samp> },
        FailureKind::Overdue(seconds) => load_test::overdue(lang, *seconds).into(),
        FailureKind::Other => load_test::other_failures(lang).into(),
    }
}
