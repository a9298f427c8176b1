//! What is done to the elements of the inspector once they are drawn: focus, scrolling, and the
//! window's width.

use page_model::Event;
use page_model::inspector::window::Scroll;
use page_model::inspector::{Inspector, InspectorEvent, Tab};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, HtmlElement, MediaQueryList, MediaQueryListEvent};
use yew::Callback;

use crate::components::inspector::ids::pane_id;
use crate::components::inspector::pane::place;
use crate::platform::browser;

/// A window in which sixteen bytes fit side by side: in one column, or in the right one of two.
const WIDE: &str = "(min-width: 640px) and (max-width: 799px), (min-width: 850px)";

/// What is to be done after the next drawing.
pub struct DomEffects {
    emit: Callback<Event>,
    _wide: Option<Watched>,
}

/// A media query, and what listens to it.
type Watched = (MediaQueryList, Closure<dyn FnMut(MediaQueryListEvent)>);

impl DomEffects {
    /// Reports how many bytes fit side by side to `emit`, now and whenever that changes.
    pub fn new(emit: Callback<Event>) -> Self {
        let wide = browser::media(WIDE).map(|query| {
            emit.emit(fits(query.matches()));
            let reporter = emit.clone();
            let changed = Closure::<dyn FnMut(_)>::new(move |event: MediaQueryListEvent| {
                reporter.emit(fits(event.matches()));
            });
            query.set_onchange(Some(changed.as_ref().unchecked_ref()));
            (query, changed)
        });
        Self { emit, _wide: wide }
    }

    /// Does what was waiting for a drawing.
    pub fn drawn(&mut self, inspector: &Inspector) {
        if inspector.tab == Tab::Packets {
            self.settle_packets(&inspector.packets);
        }
    }

    /// Applies the styles of the list of packets, and reports its height if that is new.
    fn settle_packets(&self, scroll: &Scroll) {
        let Some(pane) = browser::element(pane_id(Tab::Packets)) else { return };
        apply(&pane, "data-height", "height", |px| format!("{px}px"));
        apply(&pane, "data-above", "transform", |px| format!("translateY({px}px)"));
        let Scroll { height, .. } = place(&pane);
        if (height - scroll.height).abs() >= 1.0 && height > 0.0 {
            self.emit.emit(Event::Inspector(InspectorEvent::Resized(Tab::Packets, height)));
        }
    }
}

/// Makes a style of an attribute: the page's policy lets no style stand in an attribute of its own.
fn apply(pane: &Element, attribute: &str, property: &str, value: fn(String) -> String) {
    let found = pane.query_selector(&format!("[{attribute}]")).ok().flatten();
    let found = found.and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(element) = found {
        let px = element.get_attribute(attribute).unwrap_or_default();
        // It fails only for a style that cannot be changed.
        let _ = element.style().set_property(property, &value(px));
    }
}

fn fits(wide: bool) -> Event {
    use echo_core::hexdump::Width;
    Event::Inspector(InspectorEvent::Fits(if wide { Width::Sixteen } else { Width::Eight }))
}
