//! From what the pointer is on to the packet, field or byte that it stands for.

use page_model::Event;
use page_model::packets::{FieldPlace, PacketSpot, PacketsEvent};
use web_sys::Element;
use yew::prelude::*;

use crate::components::callbacks::dispatch_some;
use crate::components::context::Dispatch;

/// Returns a listener that reports what was clicked.
pub(super) fn selected(dispatch: &Dispatch) -> Callback<MouseEvent> {
    dispatch_some(dispatch, |event: MouseEvent| {
        of(&event).map(|spot| Event::Packets(PacketsEvent::Selected(spot)))
    })
}

/// Returns what the element that the pointer is on, or the nearest one around it, stands for.
pub(super) fn of(event: &MouseEvent) -> Option<PacketSpot> {
    let target = event.target_dyn_into::<Element>()?;
    let element = target.closest("[data-packet], [data-octet], [data-field]").ok()??;
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
