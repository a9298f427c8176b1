//! The events that an element can hear of.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{FocusEvent, KeyboardEvent, MouseEvent, PointerEvent};
use yew::virtual_dom::{Listener, ListenerKind};
use yew::{Callback, Event};

use super::Tag;

/// Who hears of an event.
struct Ear<E> {
    kind: fn() -> ListenerKind,
    is_passive: bool,
    hear: Callback<E>,
}

impl<E: JsCast> Listener for Ear<E> {
    fn kind(&self) -> ListenerKind {
        (self.kind)()
    }

    fn handle(&self, event: Event) {
        self.hear.emit(event.unchecked_into());
    }

    fn passive(&self) -> bool {
        self.is_passive
    }
}

macro_rules! events {
    ($($name:ident $event:ident $is_passive:literal)*) => { impl Tag {$(
        /// Has this event heard.
        #[inline(never)]
        pub fn $name(self, hear: Callback<$event>) -> Self {
            let (kind, is_passive) = (|| ListenerKind::$name, $is_passive);
            self.on(Rc::new(Ear { kind, is_passive, hear }))
        }
    )*} };
}

events! {
    onchange Event false
    onclick MouseEvent false
    onfocusin FocusEvent false
    onkeydown KeyboardEvent false
    onpointerleave PointerEvent false
    onpointerover PointerEvent false
    onscroll Event true
}
