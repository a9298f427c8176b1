//! What the model asks of the document, and the ids by which it names elements.

use std::borrow::Cow;
use std::ops::Range;

/// Something to do to the document, after the next rendering.
#[derive(Clone, Debug, PartialEq)]
pub enum DomCommand {
    /// Puts the focus on an element.
    Focus(Focus),
    /// Scrolls the page no further than to have these elements in view, the last above all.
    ScrollIntoView(Vec<Selector>),
    /// Scrolls an element's contents so many pixels down.
    ScrollTo {
        /// The id of the element.
        id: ElementId,
        /// Pixels from its top.
        top: f64,
    },
    /// Marks elements for [`FLASH_MS`], so that their change is noticed.
    Flash(Vec<Selector>),
    /// Sets an attribute of the root element.
    SetRootAttribute(&'static str, &'static str),
    /// Shows a fragment in the address bar, without an event that says so.
    SetFragment {
        /// What stands behind `#`; empty for none.
        fragment: String,
        /// Whether the browser's Back leads to the address before.
        is_new_entry: bool,
    },
}

/// The id of the page's main part.
pub const MAIN_ID: &str = "main";

/// How long [`DomCommand::Flash`] marks an element, in milliseconds.
pub const FLASH_MS: u32 = 600;

/// The id of an element.
pub type ElementId = Cow<'static, str>;

/// A CSS selector; it means the first element that it finds.
pub type Selector = &'static str;

/// How an element gets the focus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Focus {
    /// The id of the element.
    pub id: ElementId,
    /// What to select in it, in UTF-16 code units.
    pub selection: Option<Range<u32>>,
    /// Whether the page scrolls to it.
    pub scrolls: bool,
}

impl DomCommand {
    /// Puts the focus on the element with this id.
    #[must_use]
    pub fn focus(id: impl Into<ElementId>) -> Self {
        Self::Focus(Focus { id: id.into(), selection: None, scrolls: true })
    }
}
