//! Executes commands on the document.

use gloo_timers::callback::Timeout;
use page_model::dom::{DomCommand, FLASH_MS, Focus, Selector};
use wasm_bindgen::prelude::JsValue;
use web_sys::{
    Element, FocusOptions, HtmlInputElement, HtmlTextAreaElement, ScrollBehavior,
    ScrollIntoViewOptions, ScrollLogicalPosition,
};

use super::browser::{document, element, first, window};
use wasm_bindgen::JsCast;

/// The attribute that marks an element whose change is to be noticed.
const FLASH_ATTRIBUTE: &str = "data-flash";

/// The commands that wait for the next rendering.
#[derive(Default)]
pub struct Dom {
    pending: Vec<DomCommand>,
}

impl Dom {
    /// Executes a command at once, or after the next rendering if it concerns elements of the page.
    pub fn execute(&mut self, command: DomCommand) {
        match command {
            DomCommand::SetRootAttribute(name, value) => set_root_attribute(name, value),
            DomCommand::SetFragment { fragment, is_new_entry } => {
                set_fragment(&fragment, is_new_entry);
            }
            DomCommand::Focus(_)
            | DomCommand::ScrollIntoView(_)
            | DomCommand::ScrollTo { .. }
            | DomCommand::Flash(_) => self.pending.push(command),
        }
    }

    /// Executes the waiting commands, after a rendering.
    pub fn rendered(&mut self) {
        for command in self.pending.drain(..) {
            match command {
                DomCommand::Focus(to) => focus(&to),
                DomCommand::ScrollIntoView(elements) => scroll_into_view(&elements),
                DomCommand::ScrollTo { id, top } => scroll_to(&id, top),
                DomCommand::Flash(elements) => flash(&elements),
                DomCommand::SetRootAttribute(..) | DomCommand::SetFragment { .. } => {}
            }
        }
    }
}

/// Sets an attribute of the root element.
pub fn set_root_attribute(name: &str, value: &str) {
    if let Some(root) = document().document_element() {
        // It fails only for names that are no attribute's.
        let _ = root.set_attribute(name, value);
    }
}

/// Sets the fragment in the address bar. This causes no `hashchange` event, and needs none: the page
/// already shows what the fragment describes.
fn set_fragment(fragment: &str, is_new_entry: bool) {
    let Ok(history) = window().history() else { return };
    let url = if fragment.is_empty() { "/".into() } else { format!("#{fragment}") };
    // Browsers refuse when it is done a hundred times in a few seconds.
    let _ = if is_new_entry {
        history.push_state_with_url(&JsValue::NULL, "", Some(&url))
    } else {
        history.replace_state_with_url(&JsValue::NULL, "", Some(&url))
    };
}

/// Moves the focus to an element. Does nothing if there is no such element.
fn focus(Focus { id, selection, scrolls }: &Focus) {
    let Some(element) = element(id) else { return };
    let options = FocusOptions::new();
    options.set_prevent_scroll(!scrolls);
    // Neither fails for an element that is on the page.
    let _ = element.focus_with_options(&options);
    let Some(range) = selection else { return };
    if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
        let _ = area.set_selection_range(range.start, range.end);
    } else if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        let _ = input.set_selection_range(range.start, range.end);
    }
}

fn scroll_into_view(selectors: &[Selector]) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    // Each element is looked at where the one before has scrolled to.
    options.set_behavior(ScrollBehavior::Instant);
    for element in selectors.iter().filter_map(|selector| first(selector)) {
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

fn scroll_to(id: &str, top: f64) {
    if let Some(pane) = element(id) {
        #[allow(clippy::cast_possible_truncation, reason = "panes are no billions of pixels high")]
        pane.set_scroll_top(top as i32);
    }
}

fn flash(selectors: &[Selector]) {
    let found: Vec<Element> = selectors.iter().filter_map(|selector| first(selector)).collect();
    for element in &found {
        // It fails only for names that are no attribute's.
        let _ = element.set_attribute(FLASH_ATTRIBUTE, "");
    }
    Timeout::new(FLASH_MS, move || {
        for element in found {
            let _ = element.remove_attribute(FLASH_ATTRIBUTE);
        }
    })
    .forget();
}
