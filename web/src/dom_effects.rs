//! The views' panes as elements: what can be done to them only once they are drawn.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{
    Element, HtmlElement, MediaQueryList, MediaQueryListEvent, ScrollIntoViewOptions,
    ScrollLogicalPosition,
};
use yew::Callback;

use crate::browser;
use crate::components::views::{byte_id, pane_id, place, tab_id};
use page_model::inspector::{Inspector, InspectorEffect, InspectorEvent, Tab};
use page_model::{Event, inspector};

/// A window in which sixteen bytes fit side by side: in one column, or in the right one of two.
const WIDE: &str = "(min-width: 640px) and (max-width: 799px), (min-width: 850px)";

/// What is to be done in the panes after the next drawing.
pub struct DomEffects {
    pending: Vec<InspectorEffect>,
    /// The pane that was scrolled to its bottom last, and how far down that was, in pixels.
    bottom: Option<(Tab, i32)>,
    emit: Callback<Event>,
    _wide: Option<Watched>,
}

/// A media query, and what listens to it.
type Watched = (MediaQueryList, Closure<dyn FnMut(MediaQueryListEvent)>);

impl DomEffects {
    /// DomEffects that tell how many bytes fit side by side, now and whenever it changes.
    pub fn new(emit: Callback<Event>) -> Self {
        let wide = browser::media(WIDE).map(|query| {
            emit.emit(fits(query.matches()));
            let told = emit.clone();
            let changed = Closure::<dyn FnMut(_)>::new(move |event: MediaQueryListEvent| {
                told.emit(fits(event.matches()));
            });
            query.set_onchange(Some(changed.as_ref().unchecked_ref()));
            (query, changed)
        });
        Self { pending: Vec::new(), bottom: None, emit, _wide: wide }
    }

    /// Does something, once it is drawn.
    pub fn later(&mut self, effect: InspectorEffect) {
        self.pending.push(effect);
    }

    /// The page is drawn: does what was waiting for it, and measures.
    pub fn drawn(&mut self, view: &Inspector) {
        if let Some(pane) = browser::element(pane_id(view.tab)) {
            apply(&pane, "data-height", "height", |px| format!("{px}px"));
            apply(&pane, "data-above", "transform", |px| format!("translateY({px}px)"));
        }
        for effect in self.pending.drain(..) {
            match effect {
                InspectorEffect::FocusTab(tab) => focus(tab_id(tab)),
                InspectorEffect::FocusByte(direction, offset) => focus(&byte_id(direction, offset)),
                InspectorEffect::Scroll(tab, top) => scroll(tab, top),
                InspectorEffect::ShowStep => show(["#view .peek", "#timeline .row.marked"]),
                InspectorEffect::CopyAll | InspectorEffect::CopyRow => {}
            }
        }
        let scroll = match view.tab {
            Tab::Timeline => &view.timeline,
            Tab::Bytes => &view.bytes,
            Tab::Packets => &view.packets,
        };
        self.settle(view.tab, scroll);
    }

    /// Keeps a pane that sticks at its bottom, and tells of a height that is new.
    fn settle(&mut self, tab: Tab, scroll: &inspector::window::Scroll) {
        let Some(pane) = browser::element(pane_id(tab)) else { return };
        if !scroll.sticks {
            self.bottom = None;
        } else if !self.was_left(tab, &pane) {
            pane.set_scroll_top(pane.scroll_height());
            self.bottom = Some((tab, pane.scroll_top()));
        }
        let measured = place(&pane);
        if (measured.height - scroll.height).abs() >= 1.0 && measured.height > 0.0 {
            let scroll = inspector::window::Scroll { height: measured.height, ..*scroll };
            self.emit.emit(Event::Inspector(InspectorEvent::Scrolled(tab, scroll)));
        }
    }

    /// Whether the reader has just scrolled up from the bottom: a drawing in the same moment comes
    /// before the event that tells of it. A list that became shorter scrolls up by itself.
    fn was_left(&self, tab: Tab, pane: &Element) -> bool {
        let bottom = self.bottom.filter(|(of, _)| *of == tab).map_or(0, |(_, px)| px);
        pane.scroll_top() + 1 < bottom.min(lowest(pane))
    }
}

/// How far down a pane can be scrolled, in pixels.
fn lowest(pane: &Element) -> i32 {
    pane.scroll_height() - pane.client_height()
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

fn scroll(tab: Tab, top: f64) {
    if let Some(pane) = browser::element(pane_id(tab)) {
        #[allow(clippy::cast_possible_truncation, reason = "panes are no billions of pixels high")]
        pane.set_scroll_top(top as i32);
    }
}

/// Scrolls the page no further than to have these in sight, the last above all.
fn show(selectors: [&str; 2]) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    for element in selectors.into_iter().filter_map(browser::first) {
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

fn focus(id: &str) {
    let element = browser::element(id);
    if let Some(element) = element {
        // It fails for no element that is on the page.
        let _ = element.focus();
    }
}
