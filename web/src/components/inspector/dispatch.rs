//! Callbacks for events of the DOM of which only some mean something.

use page_model::Event;
use yew::Callback;

use crate::components::context::Dispatch;

/// Reports what `to` makes of an event of the DOM, if anything.
pub fn dispatch_some<E: 'static>(
    dispatch: &Dispatch,
    to: impl Fn(E) -> Option<Event> + 'static,
) -> Callback<E> {
    let dispatch = dispatch.clone();
    Callback::from(move |event| {
        if let Some(event) = to(event) {
            dispatch.emit(event);
        }
    })
}
