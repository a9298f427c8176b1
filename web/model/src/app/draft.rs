//! What is typed and chosen, kept for a reload of the page.

use super::{Event, Model};
use crate::command::{Command, StorageKey};
use crate::link::Link;
use crate::setup::{DEFAULT_MESSAGE, Setup};

/// The longest message of a draft, in bytes of the text as typed.
pub(super) const MAX_MESSAGE: usize = 64 * 1024;

impl Model {
    /// Stores what the page is set up with, unless a reload brings it about anyway: it is at its
    /// defaults, or a step of the lesson has set it. A draft is the fragment of a link without
    /// message, a line feed, and the message.
    pub(super) fn store_draft(&self) -> Command<Event> {
        let setup = self.setup();
        let is_own = !self.lesson.is_untouched(&setup) && setup.message.len() <= MAX_MESSAGE;
        let draft = is_own.then(|| {
            let message = setup.message.clone();
            let setup = Some(Setup { message: DEFAULT_MESSAGE.into(), ..setup });
            format!("{}\n{message}", Link { setup, ..Link::default() }.print())
        });
        Command::store(StorageKey::Draft, draft)
    }

    /// Sets the page up as a draft has it. Nothing is sent.
    pub(super) fn restore_draft(&mut self, draft: &str) {
        if let Some((fragment, message)) = draft.split_once('\n') {
            let setup = Link::parse(fragment).0.setup.unwrap_or_default();
            self.set_up(Setup { message: message.into(), ..setup });
        }
    }
}
