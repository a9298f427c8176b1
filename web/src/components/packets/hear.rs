//! From what a pointer is on, or a key, to what it means: one listener for all packets, fields and
//! bytes.

use web_sys::{Element, KeyboardEvent, MouseEvent, PointerEvent};
use yew::{Callback, Event as DomEvent, TargetCast};

use crate::components::views::{moves, place};
use page_model::Event;
use page_model::inspector::{InspectorEvent, Move, Tab};
use page_model::packets::{PacketSpot, PacketsEvent};

/// What the pointer is on.
pub(super) fn pointed(emit: &Callback<Event>) -> Callback<PointerEvent> {
    emit.reform(|event: PointerEvent| {
        let element = event.target_dyn_into::<Element>();
        Event::Packets(PacketsEvent::Pointed(element.and_then(|it| spot(&it))))
    })
}

/// What was clicked.
pub(super) fn held(emit: &Callback<Event>) -> Callback<MouseEvent> {
    let emit = emit.clone();
    Callback::from(move |event: MouseEvent| {
        if let Some(spot) = event.target_dyn_into::<Element>().and_then(|it| spot(&it)) {
            emit.emit(Event::Packets(PacketsEvent::Held(spot)));
        }
    })
}

/// Where the reader of the list is.
pub(super) fn scrolled(emit: &Callback<Event>) -> Callback<DomEvent> {
    emit.reform(|event: DomEvent| {
        let pane = event.target_unchecked_into::<Element>();
        Event::Inspector(InspectorEvent::Scrolled(Tab::Packets, place(&pane)))
    })
}

/// What the keys of a list or a grid do.
pub(super) fn keys(
    emit: &Callback<Event>,
    to: impl Fn(Move) -> PacketsEvent + 'static,
) -> Callback<KeyboardEvent> {
    moves(emit, move |moved| Event::Packets(to(moved)))
}

/// What an element, or one around it, stands for.
fn spot(element: &Element) -> Option<PacketSpot> {
    let element = element.closest("[data-packet], [data-octet], [data-field]").ok()??;
    let number = |name| element.get_attribute(name)?.parse().ok();
    if let Some(packet) = number("data-packet") {
        Some(PacketSpot::Packet(packet))
    } else if let Some(octet) = number("data-octet") {
        Some(PacketSpot::Octet(octet))
    } else {
        Some(PacketSpot::Field(number("data-layer")?, number("data-field")?))
    }
}
