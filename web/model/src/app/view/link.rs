use echo_core::payload::{LineEnding, Notation};

use crate::Model;
use crate::copy::CopyState;
use crate::expected_reply::ExpectedReplyKind;
use crate::link::{CopyLink, LinkView, MAX_MESSAGE};
use crate::modes::Mode;
use crate::setup::DEFAULT_MESSAGE;

impl Model {
    /// Returns what the page shows about links.
    #[must_use]
    pub fn link_view(&self) -> LinkView {
        let is_offered = self.modes.run.is_some() || !self.is_setup_default();
        self.opened_link.view(is_offered.then(|| self.copy_link_view()))
    }

    fn copy_link_view(&self) -> CopyLink {
        if self.composer.message().text().len() > MAX_MESSAGE {
            return CopyLink::TooLong;
        }
        // The link is written only to be compared with what was copied.
        let is_copied = self.copied.as_ref().and_then(|_| self.link());
        CopyLink::Ready(
            is_copied.map_or(CopyState::Idle, |link| CopyState::of(&link, self.copied.as_deref())),
        )
    }

    /// Returns `true` if [`setup`](Self::setup) is the default one, without copying the message.
    fn is_setup_default(&self) -> bool {
        let composer = &self.composer;
        self.has_default_target()
            && self.modes.mode == Mode::default()
            && self.expected_of_target() == ExpectedReplyKind::default()
            && composer.notation() == Notation::default()
            && composer.ending() == LineEnding::default()
            && **composer.message().text() == *DEFAULT_MESSAGE
    }
}
