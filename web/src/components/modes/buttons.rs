//! The buttons below the message.

use page_model::modes::ModesEvent;
use page_model::modes::controls::ButtonsView;
use page_model::{Event, Lang};
use yew::prelude::*;

use crate::components::callbacks::timed;
use crate::components::context::Dispatch;
use crate::i18n::{composer, modes as i18n};

/// Shows the buttons of the chosen mode.
pub fn buttons(lang: Lang, view: ButtonsView, dispatch: &Dispatch) -> Html {
    match view {
        ButtonsView::Once { can_send } => send(lang, can_send, dispatch),
        ButtonsView::Interactive { can_send, can_connect, is_full } => {
            let connect = timed(dispatch, |at| Event::ConnectPressed { at });
            html! {
                <div class="buttons">
                    { send(lang, can_send, dispatch) }
                    if can_connect {
                        <button type="button" onclick={connect}>{ i18n::connect(lang) }</button>
                    }
                    if is_full {
                        <p class="hint wrong" role="alert">{ i18n::full(lang) }</p>
                    }
                </div>
            }
        }
        ButtonsView::Load { is_running } => start(lang, is_running, dispatch),
    }
}

fn send(lang: Lang, can_send: bool, dispatch: &Dispatch) -> Html {
    let onclick = timed(dispatch, |at| Event::SendPressed { at });
    html! {
        <button
            key="send"
            type="button"
            class="send"
            aria-disabled={(!can_send).then_some("true")}
            {onclick}
        >
            { composer::send(lang) }
            <span class="key" aria-hidden="true">{ "⏎" }</span>
        </button>
    }
}

/// Shows Start, which is Stop while a load test is running: whoever pressed it keeps the focus on
/// it.
fn start(lang: Lang, is_running: bool, dispatch: &Dispatch) -> Html {
    let onclick = if is_running {
        timed(dispatch, |at| Event::Modes(ModesEvent::StopPressed { at }))
    } else {
        timed(dispatch, |at| Event::SendPressed { at })
    };
    html! {
        <button key="start" type="button" class="send" {onclick}>
            if is_running {
                { i18n::stop(lang) }
            } else {
                { i18n::start(lang) }
                <span class="key" aria-hidden="true">{ "⏎" }</span>
            }
        </button>
    }
}
