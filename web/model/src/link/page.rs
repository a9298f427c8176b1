//! What can happen to links, and what is known of the one that was opened.

use super::{InvalidValue, Link};
use crate::dom::DomCommand;
use crate::inspector::Tab;

/// Something that happened to a link.
#[derive(Debug)]
pub enum LinkEvent {
    /// The page's address has this behind its `#`.
    Opened(String),
    /// Somebody pressed Copy link.
    CopyPressed,
}

/// What is known of the link that was opened last.
#[derive(Debug, Default)]
pub struct OpenedLink {
    /// What in it was not understood, until Send is pressed.
    pub bad: Vec<InvalidValue>,
    /// What stands in the address bar.
    pub(crate) bar: Link,
}

impl OpenedLink {
    /// Makes the address bar follow the step of the lesson, each of which is an entry of its own in
    /// the browser's history, and the chosen view. What a link had set up is not what the next step
    /// sets.
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
