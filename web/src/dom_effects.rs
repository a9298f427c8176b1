//! What is done to the elements of the inspector once they are drawn: focus, scrolling, and the
//! window's width.

use page_model::Event;
use page_model::inspector::window::Scroll;
use page_model::inspector::{Inspector, InspectorEffect, InspectorEvent, Tab};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{
    Element, HtmlElement, MediaQueryList, MediaQueryListEvent, ScrollIntoViewOptions,
    ScrollLogicalPosition,
};
use yew::Callback;

use crate::browser;
use crate::components::inspector::ids::{PANEL_ID, byte_id, pane_id, tab_id};
use crate::components::inspector::pane::place;

/// A window in which sixteen bytes fit side by side: in one column, or in the right one of two.
const WIDE: &str = "(min-width: 640px) and (max-width: 799px), (min-width: 850px)";

/// What is to be done after the next drawing.
pub struct DomEffects {
    pending: Vec<InspectorEffect>,
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
        Self { pending: Vec::new(), emit, _wide: wide }
    }

    /// Does something after the next drawing.
    pub fn later(&mut self, effect: InspectorEffect) {
        self.pending.push(effect);
    }

    /// Does what was waiting for a drawing.
    pub fn drawn(&mut self, inspector: &Inspector) {
        if inspector.tab == Tab::Packets {
            self.settle_packets(&inspector.packets);
        }
        for effect in self.pending.drain(..) {
            match effect {
                InspectorEffect::FocusTab(tab) => focus(tab_id(tab)),
                InspectorEffect::FocusByte(direction, offset) => focus(&byte_id(direction, offset)),
                InspectorEffect::Scroll(tab, top) => scroll(inspector, tab, top),
                InspectorEffect::ShowStep => show(&[
                    &format!("#{PANEL_ID} .peek"),
                    &format!("#{} .row.marked", pane_id(Tab::Timeline)),
                ]),
                InspectorEffect::CopyAll | InspectorEffect::CopyRow => {}
            }
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

/// Scrolls a view so far down, unless it stays at its end.
fn scroll(inspector: &Inspector, tab: Tab, top: f64) {
    let scroll = match tab {
        Tab::Timeline => &inspector.timeline,
        Tab::Bytes => &inspector.bytes,
        Tab::Packets => &inspector.packets,
    };
    if let Some(pane) = browser::element(pane_id(tab)).filter(|_| !scroll.sticks) {
        #[allow(clippy::cast_possible_truncation, reason = "panes are no billions of pixels high")]
        pane.set_scroll_top(top as i32);
    }
}

/// Scrolls the page no further than to have these in sight, the last above all.
fn show(selectors: &[&str]) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    for element in selectors.iter().filter_map(|selector| browser::first(selector)) {
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

fn focus(id: &str) {
    if let Some(element) = browser::element(id) {
        // It fails for no element that is on the page.
        let _ = element.focus();
    }
}
