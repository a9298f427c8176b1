//! A text that may be megabytes long.

use std::rc::Rc;

/// A text that is shared, not copied, and is compared by its address first, so that a view model
/// that holds an unchanged one compares at once.
#[derive(Clone, Debug)]
pub struct LongText(Rc<str>);

impl LongText {
    /// Returns the shared text.
    #[must_use]
    pub fn as_rc(&self) -> &Rc<str> {
        &self.0
    }
}

impl From<Rc<str>> for LongText {
    fn from(text: Rc<str>) -> Self {
        Self(text)
    }
}

impl PartialEq for LongText {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0) || self.0 == other.0
    }
}
