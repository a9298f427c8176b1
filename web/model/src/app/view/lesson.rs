//! The view model of the lesson.

use crate::Model;
use crate::inspector::entry::TimelineEntry;
use crate::lesson::{View, ViewContext};
use crate::modes::Mode;
use crate::server::{DEFAULT_ADDRESS, ServerPart};

impl Model {
    /// Returns what the guide of the lesson shows, or `None` while the lesson is closed.
    #[must_use]
    pub fn lesson_view(&self) -> Option<View> {
        let step = self.lesson.step?;
        let replayed = self.inspector.step().and_then(|_| self.inspector.held_entry());
        let setup = self.setup().as_link();
        let server = setup.server.clone().unwrap_or_default();
        let listens_at = self.server.part().and_then(ServerPart::listens_at);
        let context = ViewContext {
            target: self.target(),
            setup: &setup,
            is_connected: self.modes.is_locked(),
            is_listening: self.server.is_listening(),
            reader: self.reader(),
            echo_address: self.bridge.echo().map(|echo| echo.address.as_str()),
            echo_server: self.bridge.echo_server(),
            listens_at: listens_at.or(server.listen.as_deref()).unwrap_or(DEFAULT_ADDRESS),
            run: self.modes.run.as_ref().filter(|_| self.modes.mode == Mode::Once),
            replayed_up_to: replayed.map(TimelineEntry::last_row),
            status: self.step_status(step),
            last_copied: self.copied.as_deref(),
        };
        Some(self.lesson.view(step, &context))
    }
}
