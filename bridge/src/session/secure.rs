//! TLS with the target of a session.

use echo_core::wire::{BridgeMessage, Failure};

use super::Session;
use crate::relay::Dialect;
use crate::stream::Stream;
use crate::targets::Host;
use crate::tls::{Handshake, Verification};

impl Session {
    /// Does TLS's handshake with the target, which was asked for as `host`, and sends the client the
    /// messages about it.
    ///
    /// # Errors
    /// Fails in the stage `tls`.
    pub(super) async fn secure(&mut self, stream: Stream, host: &Host) -> Result<Stream, Failure> {
        let is_told = !self.request.tls_verify && self.request.dialect == Dialect::Control;
        let handshake = Handshake {
            verification: if is_told { Verification::Told } else { Verification::Required },
            wants_secrets: self.monitor.is_capturing(),
            limit: self.bridge.config.connect_timeout,
        };
        let host = match host {
            Host::Name(name) => name.clone(),
            Host::Address(address) => address.to_string(),
        };
        let outcome = self.bridge.tls.connect(stream, &host, handshake).await;
        if !outcome.secrets.is_empty() {
            self.send_control(BridgeMessage::TlsSecrets { lines: outcome.secrets }).await;
        }
        let (stream, session) = outcome.secured?;
        self.timing.handshake_us = Some(session.handshake_us);
        self.send_control(BridgeMessage::Secured(session)).await;
        Ok(Stream::Tls(Box::new(stream)))
    }
}
