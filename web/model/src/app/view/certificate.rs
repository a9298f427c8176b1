//! What is told of a TLS connection.

use crate::Model;
use crate::certificate::View;

impl Model {
    /// Returns whether there is a TLS connection of which something is told: the latest one, or that
    /// of the earlier run that is shown.
    #[must_use]
    pub fn has_tls(&self) -> bool {
        let is_other_shown = self.shows_finished_runs() && !self.shows_recorded_run();
        let record = self.record().filter(|_| !is_other_shown);
        record.is_some_and(|record| record.trace.tls().is_some())
    }

    /// Returns what is told of it.
    #[must_use]
    pub fn certificate_view(&self) -> Option<View> {
        let record = self.record().filter(|_| self.has_tls())?;
        let at_ms = self.clock_began + record.log.started().as_ms();
        Some(View::new(record.target, record.trace.tls()?, at_ms, self.is_certificate_open))
    }
}
