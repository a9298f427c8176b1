//! What is typed and chosen, kept for a reload of the page.

use echo_core::payload::{self, Notation};

use super::{Event, Model};
use crate::attachment::Attachment;
use crate::command::{Command, StorageKey};
use crate::expected_reply::ExpectedReply;
use crate::link::Link;
use crate::setup::{DEFAULT_MESSAGE, Setup};

/// The most bytes of an attachment that a draft keeps. What is typed is kept as long as its field
/// takes it.
pub(super) const MAX_KEPT: usize = 64 * 1024;
/// What separates the parts of a draft's first line. Neither a link nor the name of an attachment
/// has it.
const SEPARATOR: &str = "\t";

impl Model {
    /// Stores what the page is set up with, unless a reload brings it about anyway: it is at its
    /// defaults, or a step of the lesson has set it. A draft is the fragment of a link without
    /// message; a tab, the name of the attachment, a tab, and its bytes in hex, if there is one; a
    /// line feed; and what is typed.
    ///
    /// An attachment, or expected bytes, that are longer than what is kept are left out.
    pub(super) fn store_draft(&self) -> Command<Event> {
        let setup = self.setup();
        let draft = (!self.lesson.is_untouched(&setup)).then(|| draft(setup));
        Command::store(StorageKey::Draft, draft)
    }

    /// Sets the page up as a draft has it. Nothing is sent.
    pub(super) fn restore_draft(&mut self, draft: &str) {
        if let Some((first, message)) = draft.split_once('\n') {
            let mut parts = first.split(SEPARATOR);
            let setup = Link::parse(parts.next().unwrap_or_default()).0.setup.unwrap_or_default();
            let attachment = parts.next().zip(parts.next()).and_then(attachment);
            self.set_up(Setup { message: message.into(), attachment, ..setup });
        }
    }
}

fn draft(mut setup: Setup) -> String {
    let message = std::mem::replace(&mut setup.message, DEFAULT_MESSAGE.into());
    let attachment = setup.attachment.take().filter(|it| it.bytes().len() <= MAX_KEPT);
    if !setup.expected.fits() {
        // That others than the message are expected is kept, and that they are missing is told.
        setup.expected = ExpectedReply::Bytes(vec![]);
    }
    let mut first = Link { setup: Some(setup), ..Link::default() }.print();
    if let Some(it) = attachment {
        let hex = payload::write(Notation::Hex, it.bytes()).unwrap_or_default();
        first = [&first, it.name(), &hex].join(SEPARATOR);
    }
    format!("{first}\n{message}")
}

/// Reads the name and the bytes of an attachment.
fn attachment((name, hex): (&str, &str)) -> Option<Attachment> {
    Attachment::new(name, payload::parse(Notation::Hex, hex).ok()?)
}
