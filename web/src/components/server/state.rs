//! How far the listener has come, in words, with what can be done about it.

use std::rc::Rc;

use page_model::copy::CopyableText;
use page_model::server::ServerEvent;
use page_model::server::view::StateView;
use page_model::{Event, Lang};
use yew::prelude::*;

use crate::components::callbacks::timed;
use crate::components::command::CommandLine;
use crate::components::context::Dispatch;
use crate::i18n::{next_step, server as i18n};

/// Draws the state of the listener. Its sentence is in a live region that is always there, so that
/// screen readers hear when it changes.
pub fn draw(lang: Lang, dispatch: &Dispatch, state: &StateView) -> Html {
    html! {
        <>
            <div role="status">{ sentence(lang, state) }</div>
            { next_steps(lang, dispatch, state) }
        </>
    }
}

fn sentence(lang: Lang, state: &StateView) -> Html {
    let (tone, text) = match state {
        StateView::Idle => return html! { <p class="state">{ i18n::idle(lang) }</p> },
        StateView::Opening { address } => ("", i18n::opening(lang, address)),
        StateView::Listening { address, .. } => ("good", i18n::listening(lang, address)),
        StateView::Stopped { address } => ("", i18n::stopped(lang, address)),
        StateView::Reloaded { address } => ("wait", i18n::reloaded(lang, address)),
        StateView::NotReleased(error) => ("bad", i18n::not_released(lang, *error).into()),
        StateView::Ended { address, had_listened, cause, origin, .. } => {
            ("bad", i18n::ended(lang, *cause, address, origin, *had_listened))
        }
    };
    html! {
        <h2 class={classes!("state", tone)}>
            if tone == "good" {
                <span aria-hidden="true">{ "● " }</span>
            }
            { text }
        </h2>
    }
}

fn next_steps(lang: Lang, dispatch: &Dispatch, state: &StateView) -> Html {
    match state {
        StateView::Listening { command, is_elsewhere, is_alone, .. } => html! {
            <>
                if let Some(command) = command {
                    <div class={is_alone.then_some("large")}>
                        { command_line(i18n::in_terminal(lang, *is_elsewhere), command) }
                    </div>
                }
                if *is_alone {
                    <p class="nobody">{ i18n::nobody(lang) }</p>
                }
            </>
        },
        StateView::Ended { remedy: Some((purpose, command)), .. } => html! {
            <>
                { command_line(next_step::command_purpose(lang, *purpose), command) }
                { listen_again(lang, dispatch) }
            </>
        },
        StateView::Ended { .. } | StateView::Reloaded { .. } | StateView::NotReleased(_) => {
            listen_again(lang, dispatch)
        }
        StateView::Idle | StateView::Opening { .. } | StateView::Stopped { .. } => Html::default(),
    }
}

fn listen_again(lang: Lang, dispatch: &Dispatch) -> Html {
    let onclick = timed(dispatch, |at| Event::Server(ServerEvent::ListenPressed { at }));
    html! {
        <button type="button" class="again" {onclick}>{ i18n::listen_again(lang) }</button>
    }
}

fn command_line(lead: &'static str, command: &CopyableText) -> Html {
    html! { <CommandLine {lead} command={Rc::clone(&command.text)} state={command.state} /> }
}
