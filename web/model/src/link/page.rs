//! The events of links, and the state of the link that was opened last.

use super::{InvalidValue, Link};
use crate::dom::DomCommand;
use crate::inspector::Tab;

/// An event of a link.
#[derive(Debug)]
pub enum LinkEvent {
    /// The page was opened with, or its URL was changed to, this fragment, without its `#`.
    Opened(String),
    /// The user pressed Copy link.
    CopyPressed,
}

/// The link that was opened last.
#[derive(Debug, Default)]
pub struct OpenedLink {
    /// Its invalid values, until the user starts something.
    pub bad: Vec<InvalidValue>,
    /// The link in the address bar.
    pub(crate) bar: Link,
}

impl OpenedLink {
    /// Updates the link in the address bar to this step of the lesson and this view. Returns the
    /// command that shows it, or `None` if nothing changed. Each step of the lesson becomes an
    /// entry of the browser's history, and removes the setup from the link, since the step has its
    /// own.
    pub fn follow(&mut self, lesson: Option<u8>, view: Tab) -> Option<DomCommand> {
        let is_new_entry = self.bar.lesson != lesson;
        if !is_new_entry && self.bar.view == view {
            return None;
        }
        self.bar.setup.take_if(|_| is_new_entry);
        (self.bar.lesson, self.bar.view) = (lesson, view);
        Some(DomCommand::SetFragment { fragment: self.bar.print(), is_new_entry })
    }
}
