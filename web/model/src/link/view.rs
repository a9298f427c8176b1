//! What the page shows about links.

use super::{InvalidValue, OpenedLink};
use crate::copy::CopyState;
use crate::setup::TooLong;

/// The button that copies a link, and what was wrong with the link that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkView {
    /// The button.
    pub copy: CopyLink,
    /// The values that were not understood, in the link that was opened last.
    pub invalid: Vec<InvalidValue>,
}

/// The button that copies a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyLink {
    /// The link can be copied.
    Ready(CopyState),
    /// This does not fit into a link.
    TooLong(TooLong),
}

impl OpenedLink {
    /// Returns what is shown beside the button that copies a link.
    #[must_use]
    pub fn view(&self, copy: CopyLink) -> LinkView {
        LinkView { copy, invalid: self.invalid.clone() }
    }
}
