//! What the inspector shows.

use crate::Model;
use crate::inspector::view::{TimeOrigin, View, ViewContext};
use crate::modes::Mode;

impl Model {
    /// Returns what the inspector shows. A load test has nothing for it, but an open file of packets
    /// does.
    #[must_use]
    pub fn inspector_view(&self) -> Option<View> {
        let has_file = self.packets.has_file();
        let restored = self.runs.restored();
        let latest = if self.is_server() { Mode::Interactive } else { self.modes.mode };
        let mode = restored.map_or(latest, |restored| restored.mode);
        let time_origin = match mode {
            Mode::Interactive => TimeOrigin::Connect,
            Mode::Once | Mode::Load => TimeOrigin::Send,
        };
        let copied = self.copied.as_ref().map(|copied| copied.is_copied);
        let is_there = mode != Mode::Load || has_file;
        let context = ViewContext { has_file, time_origin, copied };
        is_there.then(|| self.inspector.view(self.record().as_ref(), context))
    }
}
