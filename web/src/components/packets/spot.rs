//! What a pointer is on: one listener for all packets, fields and bytes, not one for each of them.

use page_model::Event;
use page_model::packets::{FieldPlace, PacketSpot, PacketsEvent};
use web_sys::Element;
use yew::prelude::*;

use crate::components::callbacks::dispatch_some;
use crate::components::context::Dispatch;

/// Returns a listener that reports what the pointer is on, unless that is `known` already: within
/// one packet the pointer crosses many elements.
pub(super) fn hovered(dispatch: &Dispatch, known: Option<PacketSpot>) -> Callback<PointerEvent> {
    dispatch_some(dispatch, move |event: PointerEvent| {
        let spot = event.target_dyn_into::<Element>().and_then(|element| spot_of(&element));
        (spot != known).then_some(Event::Packets(PacketsEvent::Hovered(spot)))
    })
}

/// Returns a listener that reports what was clicked.
pub(super) fn selected(dispatch: &Dispatch) -> Callback<MouseEvent> {
    dispatch_some(dispatch, |event: MouseEvent| {
        let spot = spot_of(&event.target_dyn_into::<Element>()?)?;
        Some(Event::Packets(PacketsEvent::Selected(spot)))
    })
}

/// Returns what an element, or the nearest one around it, stands for.
fn spot_of(element: &Element) -> Option<PacketSpot> {
    let element = element.closest("[data-packet], [data-octet], [data-field]").ok()??;
    let number = |name| element.get_attribute(name)?.parse().ok();
    if let Some(packet) = number("data-packet") {
        Some(PacketSpot::Packet(packet))
    } else if let Some(octet) = number("data-octet") {
        Some(PacketSpot::Octet(octet))
    } else {
        let (layer, field) = (number("data-layer")?, number("data-field")?);
        Some(PacketSpot::Field(FieldPlace { layer, field }))
    }
}
