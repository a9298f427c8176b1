//! The panel below the packets, which unfolds: what the kernel says of the connection, or what both
//! ends of a file's connection said.

use echo_core::packets::End;
use echo_core::payload::printable;
use page_model::Lang;
use page_model::packets::conversation::{Conversation, ConversationTurn};
use page_model::packets::stream;
use page_model::packets::view::PanelView;
use page_model::packets::view::kernel::KernelValue;
use yew::prelude::*;

use super::observed::arrow;
use crate::components::context::use_lang;
use crate::components::inspector::direction;
use crate::i18n::packets::panel as i18n;

/// Properties of [`Panel`].
#[derive(PartialEq, Properties)]
pub(super) struct PanelProps {
    pub(super) view: PanelView,
}

/// Draws the panel below the packets.
#[component]
pub(super) fn Panel(PanelProps { view }: &PanelProps) -> Html {
    let lang = use_lang();
    match view {
        PanelView::Kernel(values) => kernel(lang, values.as_ref().map(<[_; _]>::as_slice)),
        PanelView::Conversation(it) => conversation(lang, it),
    }
}

fn kernel(lang: Lang, values: Option<&[KernelValue]>) -> Html {
    html! {
        <details key="kernel" class="fold kernel">
            <summary>{ i18n::kernel(lang) }</summary>
            if let Some(values) = values {
                <dl>
                    { for values.iter().map(|value| html! {
                        <div key={i18n::kernel_name(lang, *value)}>
                            <dt>{ i18n::kernel_name(lang, *value) }</dt>
                            <dd class="number">{ i18n::kernel_value(lang, *value) }</dd>
                            <dd class="means">{ i18n::kernel_meaning(lang, *value) }</dd>
                        </div>
                    }) }
                </dl>
            } else {
                <p>{ i18n::no_kernel(lang) }</p>
            }
        </details>
    }
}

fn conversation(lang: Lang, view: &Conversation) -> Html {
    html! {
        <details key="conversation" class="fold turns">
            <summary>{ i18n::conversation(lang) }</summary>
            if view.turns.is_empty() {
                <p>{ i18n::silence(lang) }</p>
            }
            <ol>{ for view.turns.iter().enumerate().map(|(index, it)| turn(lang, index, it)) }</ol>
            if view.has_more {
                <p>{ i18n::beginning(lang) }</p>
            }
        </details>
    }
}

fn turn(lang: Lang, index: usize, turn: &ConversationTurn) -> Html {
    html! {
        <li key={index} class={direction::name(stream::direction(End::Client, turn.by))}>
            if turn.missing > 0 {
                <p class="hint">{ i18n::missing(lang, turn.missing) }</p>
            }
            <span>{ arrow(turn.by) }</span>
            { " " }
            <samp>{ printable(&turn.bytes) }</samp>
        </li>
    }
}
