//! The link that was opened last.

use super::{InvalidValue, Link};
use crate::dom::DomCommand;
use crate::inspector::Tab;

/// The link that was opened last.
#[derive(Debug, Default)]
pub struct OpenedLink {
    /// Its invalid values, until the user starts something.
    pub invalid: Vec<InvalidValue>,
    /// The link in the address bar.
    pub(crate) address_bar: Link,
}

impl OpenedLink {
    /// Updates the link in the address bar to this step of the lesson, this view and whether the
    /// page is in the presentation mode. Returns the command that shows it, or `None` if nothing
    /// changed. Each step of the lesson becomes an entry of the browser's history, and removes the
    /// setup from the link, since the step has its own.
    pub fn follow(&mut self, lesson: Option<u8>, view: Tab, presents: bool) -> Option<DomCommand> {
        let Link { view: shown, presents: presented, .. } = self.address_bar;
        let is_new_entry = self.address_bar.lesson != lesson;
        if !is_new_entry && shown == view && presented == presents {
            return None;
        }
        self.address_bar.presents = presents;
        self.address_bar.setup.take_if(|_| is_new_entry);
        (self.address_bar.lesson, self.address_bar.view) = (lesson, view);
        Some(DomCommand::SetFragment { fragment: self.address_bar.print(), is_new_entry })
    }
}
