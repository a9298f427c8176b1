//! What the pointer is on: one listener for a whole region, not one for each row or byte.

use page_model::Event;
use web_sys::MouseEvent;
use yew::prelude::*;

use super::context::use_dispatch;

/// The listeners of a region that follow the pointer.
pub struct Pointing {
    /// Reports what the pointer came to. It listens to moves, not to `pointerover`: browsers send
    /// that one, too, when the page scrolls or changes below a pointer at rest, and a selection
    /// that the keyboard just made would lose its mark.
    pub onpointermove: Callback<PointerEvent>,
    /// Reports that the pointer is on nothing any more.
    pub onpointerleave: Callback<PointerEvent>,
}

/// Reports what the pointer is on, as `find` sees it, each time that this changes.
#[hook]
pub fn use_pointing<T: Copy + PartialEq + 'static>(
    find: fn(&MouseEvent) -> Option<T>,
    event: fn(Option<T>) -> Event,
) -> Pointing {
    let dispatch = use_dispatch();
    let last = use_mut_ref(|| None);
    let report = move |found: Option<T>| {
        if last.replace(found) != found {
            dispatch.emit(event(found));
        }
    };
    let onpointermove = {
        let report = report.clone();
        Callback::from(move |event: PointerEvent| report(find(&event)))
    };
    Pointing { onpointermove, onpointerleave: Callback::from(move |_| report(None)) }
}
