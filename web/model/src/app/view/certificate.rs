//! What is told of a TLS connection.

use echo_core::wire::{Kind, Stage};

use crate::Model;
use crate::cause::Cause;
use crate::certificate::View;
use crate::inspector::record::ConnectionRecord;

impl Model {
    /// Returns whether there is a TLS connection of which something is told, or one that failed: the
    /// latest one, or that of the earlier run that is shown.
    #[must_use]
    pub fn has_tls(&self) -> bool {
        self.tls_record().is_some_and(|record| record.trace.is_secured())
            || self.tls_failure().is_some()
    }

    /// Returns why there is no connection, and to which target, if the TLS handshake failed.
    #[must_use]
    pub fn tls_failure(&self) -> Option<(Kind, &str)> {
        let record = self.tls_record()?;
        match record.log.failure()?.cause {
            Cause::Failed(Stage::Tls, kind) => Some((kind, record.target)),
            _ => None,
        }
    }

    /// Returns what is told of the certificates, if there is something to tell.
    #[must_use]
    pub fn certificate_view(&self) -> Option<View> {
        let record = self.tls_record()?;
        let at_ms = self.clock_began + record.log.started().as_ms();
        let handshake = record.trace.handshake()?;
        Some(View::new(record.target, handshake, at_ms, self.is_certificate_open))
    }

    fn tls_record(&self) -> Option<ConnectionRecord<'_>> {
        let is_other_shown = self.shows_finished_runs() && !self.shows_recorded_run();
        self.record().filter(|_| !is_other_shown)
    }
}
