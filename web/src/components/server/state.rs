//! How far the listener has come, in words, with what can be done about it.

use std::rc::Rc;

use page_model::copy::CopyableText;
use page_model::server::ServerEvent;
use page_model::server::view::StateView;
use page_model::terminal_command::CommandPurpose;
use page_model::{Event, Lang};
use yew::prelude::*;

use crate::components::callbacks::timed;
use crate::components::command::CommandLine;
use crate::components::context::Dispatch;
use crate::i18n::{next_step, server as i18n};

/// Draws the state of the listener.
pub fn draw(lang: Lang, dispatch: &Dispatch, state: &StateView) -> Html {
    match state {
        StateView::Idle => html! { <p class="state">{ i18n::idle(lang) }</p> },
        StateView::Opening { address } => {
            html! { <h2 class="state" role="status">{ i18n::opening(lang, address) }</h2> }
        }
        StateView::Listening { address, command, is_alone } => html! {
            <>
                <h2 class="state good" role="status">
                    <span aria-hidden="true">{ "● " }</span>{ i18n::listening(lang, address) }
                </h2>
                if let Some(command) = command {
                    <div class={is_alone.then_some("large")}>
                        { command_line(i18n::in_terminal(lang), command) }
                    </div>
                }
                if *is_alone {
                    <p class="nobody">{ i18n::nobody(lang) }</p>
                }
            </>
        },
        StateView::Stopped { address } => {
            html! { <h2 class="state" role="status">{ i18n::stopped(lang, address) }</h2> }
        }
        StateView::Reloaded { address } => {
            problem(lang, dispatch, "wait", i18n::reloaded(lang, address), None)
        }
        StateView::NotReleased(error) => {
            problem(lang, dispatch, "bad", i18n::not_released(lang, *error).into(), None)
        }
        StateView::Ended { address, had_listened, cause, origin, remedy, .. } => {
            let text = i18n::ended(lang, *cause, address, origin, *had_listened);
            problem(lang, dispatch, "bad", text, remedy.as_ref())
        }
    }
}

/// Draws why the page does not listen, with the command that may help, and the button that tries
/// again.
fn problem(
    lang: Lang,
    dispatch: &Dispatch,
    tone: &'static str,
    text: String,
    remedy: Option<&(CommandPurpose, CopyableText)>,
) -> Html {
    let onclick = timed(dispatch, |at| Event::Server(ServerEvent::ListenPressed { at }));
    html! {
        <>
            <h2 class={classes!("state", tone)} role="status">{ text }</h2>
            if let Some((purpose, command)) = remedy {
                { command_line(next_step::command_purpose(lang, *purpose), command) }
            }
            <button type="button" class="again" {onclick}>{ i18n::listen_again(lang) }</button>
        </>
    }
}

fn command_line(lead: &'static str, command: &CopyableText) -> Html {
    html! { <CommandLine {lead} command={Rc::clone(&command.text)} state={command.state} /> }
}
