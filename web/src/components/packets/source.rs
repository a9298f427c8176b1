//! Where the packets come from, and what can be done with them.

use page_model::packets::PacketsEvent;
use page_model::packets::view::source::{CaptureSwitch, ConnectionView, OriginView, SourceView};
use page_model::{Event, Lang};
use yew::prelude::*;

use super::file;
use crate::components::callbacks::checkbox_change;
use crate::components::command::CommandLine;
use crate::components::context::{Dispatch, use_dispatch, use_lang};
use crate::i18n::packets::source as i18n;

/// The id of what describes the switch.
const CAPTURE_FROM_ID: &str = "capture-from";

/// Properties of [`Source`].
#[derive(PartialEq, Properties)]
pub(super) struct SourceProps {
    pub(super) view: SourceView,
}

/// Draws where the packets come from, and the buttons for them.
#[component]
pub(super) fn Source(SourceProps { view }: &SourceProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    html! {
        <div class="packet-source">
            if let Some(refused) = &view.refused {
                { file::refused(lang, &dispatch, refused) }
            }
            {
                match &view.origin {
                    OriginView::File(view) => file::shown(lang, &dispatch, view),
                    OriginView::Connection(view) => connection(lang, view),
                }
            }
            <div class="packet-tools">
                if let OriginView::Connection(view) = &view.origin {
                    { switch(lang, &dispatch, view.switch.as_ref()) }
                    { save(lang, &dispatch, view.can_save) }
                }
                { file::open(lang, &dispatch) }
            </div>
        </div>
    }
}

/// Draws the text that says how the packets of the connection were obtained.
fn connection(lang: Lang, view: &ConnectionView) -> Html {
    html! {
        <div key="connection">
            <p>{ i18n::status(lang, view.status) }</p>
            if view.has_secrets {
                <p>{ i18n::has_secrets(lang) }</p>
            }
            if let Some(reason) = &view.not_capturing {
                { not_capturing(lang, reason) }
            }
        </div>
    }
}

fn not_capturing(lang: Lang, reason: &str) -> Html {
    html! {
        <p class="packet-why">
            { i18n::not_capturing(lang) }
            { " " }
            <span lang="en">{ reason }</span>
        </p>
    }
}

/// Draws the switch for capturing packets, or the reason why the bridge cannot capture them.
fn switch(lang: Lang, dispatch: &Dispatch, view: Option<&CaptureSwitch>) -> Html {
    match view {
        None => Html::default(),
        Some(CaptureSwitch::Unsupported) => html! {
            <p key="unsupported" class="packet-why">{ i18n::unsupported(lang) }</p>
        },
        Some(CaptureSwitch::Unavailable { reason, remedy }) => html! {
            <div key="unavailable" class="cannot">
                if let Some(reason) = reason {
                    { not_capturing(lang, reason) }
                }
                if let Some(remedy) = remedy {
                    <CommandLine
                        lead={i18n::remedy(lang)}
                        command={remedy.text.clone()}
                        state={remedy.state}
                    />
                }
            </div>
        },
        Some(CaptureSwitch::Available { is_on }) => checkbox(lang, dispatch, *is_on),
    }
}

fn checkbox(lang: Lang, dispatch: &Dispatch, is_on: bool) -> Html {
    let onchange = checkbox_change(dispatch, Event::CaptureSwitched);
    html! {
        <p key="switch" class="capture">
            <label>
                <input
                    type="checkbox"
                    aria-describedby={CAPTURE_FROM_ID}
                    checked={is_on}
                    {onchange}
                />
                { i18n::capture(lang) }
            </label>
            { " " }
            <span id={CAPTURE_FROM_ID} class="packet-why">{ i18n::capture_from(lang) }</span>
        </p>
    }
}

fn save(lang: Lang, dispatch: &Dispatch, can_save: bool) -> Html {
    if !can_save {
        return Html::default();
    }
    let onclick = dispatch.reform(|_| Event::Packets(PacketsEvent::SavePressed));
    html! {
        <button key="save" type="button" class="quiet" {onclick}>{ i18n::save(lang) }</button>
    }
}
