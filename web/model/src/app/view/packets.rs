//! What the tab Packets shows.

use crate::Model;
use crate::loadable::Loadable;
use crate::packets::view::View;

impl Model {
    /// Returns what the tab Packets shows, as far as the packet analyzer is loaded.
    #[must_use]
    pub fn packets_view(&self) -> Loadable<View> {
        let context = self.packets_context();
        let highlighted = context.record.map(|record| self.inspector.marked(record.log));
        self.packets.view(&context, &highlighted.unwrap_or_default())
    }
}
