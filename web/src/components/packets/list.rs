//! The list of packets.

use page_model::Event;
use page_model::inspector::Tab;
use page_model::packets::PacketsEvent;
use page_model::packets::view::list::{Column, ListView, RowNumbers, RowView, WindowSize};
use page_model::packets::view::observed::Observed;
use yew::prelude::*;

use super::observed::{arrow, guess, marked};
use crate::components::context::{use_dispatch, use_lang};
use crate::components::inspector::direction;
use crate::components::inspector::moves::moves;
use crate::components::inspector::pane::{height_style, offset_style, row_key, use_pane};
use crate::i18n::format::grouped;
use crate::i18n::{inspector, packets as i18n};

/// Properties of [`List`].
#[derive(PartialEq, Properties)]
pub(super) struct ListProps {
    pub(super) view: ListView,
}

/// Draws the list of packets.
#[component]
pub(super) fn List(ListProps { view }: &ListProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    let onkeydown = moves(&dispatch, |to| Event::Packets(PacketsEvent::PacketMoved(to)));
    let window = view.window;
    let pane = use_pane(Tab::Packets, window);
    html! {
        <div
            ref={pane.node_ref}
            id={Tab::Packets.pane_id()}
            class={classes!("packet-list", window.map(|_| "many"))}
            role="grid"
            tabindex="0"
            aria-label={inspector::tab(lang, Tab::Packets)}
            aria-rowcount={(view.total + 1).to_string()}
            aria-activedescendant={view.active.map(packet_id)}
            {onkeydown}
            onscroll={pane.onscroll}
        >
            <div class="heads" role="rowgroup">
                <div class="packet" role="row" aria-rowindex="1">
                    { for Column::ALL.into_iter().map(|column| html! {
                        <span key={class(column)} class={class(column)} role="columnheader">
                            { i18n::head(lang, column) }
                        </span>
                    }) }
                </div>
            </div>
            <div class="whole" role="rowgroup" ~style={height_style(window)}>
                <div role="presentation" ~style={offset_style(window)}>
                    { for view.rows.iter().enumerate().map(|(drawn, row)| html! {
                        <Row key={row_key(window, drawn, row.index)} view={row.clone()} />
                    }) }
                </div>
            </div>
        </div>
    }
}

/// Properties of [`Row`].
#[derive(PartialEq, Properties)]
struct RowProps {
    view: RowView,
}

/// Draws the row of a packet.
#[component]
fn Row(RowProps { view }: &RowProps) -> Html {
    let lang = use_lang();
    let RowNumbers { seq, ack, window, length } = view.numbers.value;
    let are_measured = view.numbers.is_measured;
    let time = seconds(view.since_ns.value);
    let flags = format!("[{}]", view.flags.value.names());
    html! {
        <div
            id={packet_id(view.index)}
            class={classes!(
                "packet",
                direction::name(view.direction),
                view.carries_highlighted.then_some("carries"),
            )}
            role="row"
            aria-rowindex={(view.index + 2).to_string()}
            aria-selected={view.is_selected.to_string()}
            data-packet={view.index.to_string()}
        >
            { cell(Column::Number, grouped(view.index + 1), true) }
            { cell(Column::Time, time, view.since_ns.is_measured) }
            <span class={class(Column::Ports)} role="gridcell">
                { port(view.client_port) }
                { format!(" {} ", arrow(view.by)) }
                { port(view.server_port) }
            </span>
            { cell(Column::Flags, flags, view.flags.is_measured) }
            { cell(Column::Seq, grouped(seq), are_measured) }
            {
                match ack {
                    Some(ack) => cell(Column::Ack, grouped(ack), are_measured),
                    None => cell(Column::Ack, String::new(), true),
                }
            }
            { cell(Column::Window, window_size(window), are_measured) }
            { cell(Column::Length, grouped(length), are_measured) }
            <span class={class(Column::Info)} role="gridcell">
                if let Some(note) = view.note {
                    <span>{ i18n::detail::note(lang, note) }</span>
                }
                { " " }
                if !view.tls.is_empty() {
                    <span class="said">{ format!("TLS {}", view.tls) }</span>
                }
                if let Some(preview) = &view.preview {
                    <span class={classes!("said", guess(preview.is_measured))}>
                        { marked(preview.value.to_string(), preview.is_measured) }
                    </span>
                }
            </span>
        </div>
    }
}

fn cell(column: Column, value: String, is_measured: bool) -> Html {
    html! {
        <span class={classes!(class(column), guess(is_measured))} role="gridcell">
            { marked(value, is_measured) }
        </span>
    }
}

fn port(port: Observed<u16>) -> Html {
    html! {
        <span class={classes!("port", guess(port.is_measured))}>
            { marked(port.value.to_string(), port.is_measured) }
        </span>
    }
}

fn window_size(window: WindowSize) -> String {
    match window {
        WindowSize::Exactly(bytes) => grouped(bytes),
        WindowSize::AtLeast(bytes) => format!("≥{}", grouped(bytes)),
    }
}

/// Returns seconds with microseconds.
fn seconds(ns: u64) -> String {
    format!("{}.{:06}", ns / 1_000_000_000, ns % 1_000_000_000 / 1_000)
}

/// Returns the class of a column's cells.
fn class(column: Column) -> &'static str {
    match column {
        Column::Number => "number",
        Column::Time => "since",
        Column::Ports => "ports",
        Column::Flags => "flags",
        Column::Seq => "seq",
        Column::Ack => "ack",
        Column::Window => "window",
        Column::Length => "length",
        Column::Info => "note",
    }
}

fn packet_id(index: usize) -> String {
    format!("packet-{index}")
}
