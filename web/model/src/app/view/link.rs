use crate::Model;
use crate::copy::CopyState;
use crate::link::{CopyLink, LinkView};

impl Model {
    /// Returns what the page shows about links.
    #[must_use]
    pub fn link_view(&self) -> LinkView {
        self.opened_link.view(self.copy_link_view())
    }

    /// Returns the state of the button that copies a link.
    #[must_use]
    pub fn copy_link_view(&self) -> CopyLink {
        if let Some(what) = self.too_long_for_link() {
            return CopyLink::TooLong(what);
        }
        // The link is written only to be compared with what was copied.
        let is_copied = self.copied.as_ref().and_then(|_| self.link());
        CopyLink::Ready(
            is_copied.map_or(CopyState::Idle, |link| CopyState::of(&link, self.copied.as_deref())),
        )
    }
}
