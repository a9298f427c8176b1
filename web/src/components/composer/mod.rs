//! The composer: to whom, how, what, and Send.

mod attachment;
mod choices;
mod expected;
mod expected_bytes;
mod file;
mod message;
pub mod part;
mod payload_field;
mod preview;
pub mod segments;
mod settings;
mod target;

use page_model::app::RoleView;
use page_model::composer::{MessageView, TargetView};
use page_model::modes::controls::{ButtonsView, SwitchView};
use web_sys::DragEvent;
use yew::prelude::*;

use super::context::{use_dispatch, use_lang};
use super::lab::Hint;
use super::modes::buttons::buttons;
use super::modes::switch::ModeSwitch;
use super::role::RoleSwitch;
use crate::platform::files;
use message::Message;
use target::Target;

/// What of the composer is loaded on demand, as far as it is shown.
#[derive(Clone, PartialEq)]
pub struct Parts {
    /// The settings of the message.
    pub choices: Html,
    /// The settings of a load test.
    pub load_settings: Html,
    /// The field for the expected bytes.
    pub expected: Html,
    /// The file that is the message.
    pub attachment: Html,
    /// The result of the last change of the message.
    pub note: Html,
}

/// What is drawn of the page as a server.
#[derive(Clone, PartialEq)]
pub struct ServerSetup {
    /// Where it listens, and how it answers.
    pub setup: Html,
    /// The button that sends a message, while the user answers by hand.
    pub send: Option<Html>,
}

/// Properties of [`Composer`].
#[derive(PartialEq, Properties)]
pub struct ComposerProps {
    /// What the switch between client and server shows.
    pub role: RoleView,
    /// What the server is set up with, in place of target and mode; `None` while the page is a client.
    pub server: Option<ServerSetup>,
    /// What To shows.
    pub target: TargetView,
    /// What the lab says under To, once it is loaded, if To names one of its servers.
    pub lab_hint: Option<Hint>,
    /// The servers of the lab, while they are shown.
    pub lab_cards: Html,
    /// What the switch between the modes shows.
    pub switch: SwitchView,
    /// What Message shows.
    pub message: MessageView,
    /// What is loaded on demand.
    pub parts: Parts,
    /// The lab's question about the outcome, if one can be predicted.
    pub prediction: Html,
    /// The buttons.
    pub buttons: ButtonsView,
}

/// Draws the left column of the page. A file that is dropped on it is attached.
#[component]
pub fn Composer(props: &ComposerProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    let ondragover = |event: DragEvent| files::accept_drag(&event);
    let ondrop = {
        let dispatch = dispatch.clone();
        move |event: DragEvent| {
            if let Some(file) = files::take_dropped(&event) {
                file::open(file, &dispatch);
            }
        }
    };
    let message = || {
        html! {
            <Message key="message" view={props.message.clone()} parts={props.parts.clone()} />
        }
    };
    html! {
        <div class="composer" {ondragover} {ondrop}>
            <RoleSwitch view={props.role} />
            if let Some(server) = &props.server {
                { server.setup.clone() }
                if let Some(send) = &server.send {
                    { message() }
                    { send.clone() }
                }
            } else {
                <Target
                    view={props.target.clone()}
                    lab_hint={props.lab_hint.clone()}
                    lab_cards={props.lab_cards.clone()}
                />
                <ModeSwitch
                    view={props.switch.clone()}
                    load_settings={props.parts.load_settings.clone()}
                />
                { message() }
                { props.prediction.clone() }
                { buttons(lang, props.buttons, &dispatch) }
            }
        </div>
    }
}
