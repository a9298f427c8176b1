//! TLS with the target of a session.

use echo_core::wire::{BridgeMessage, Failure, Kind, Stage};

use super::Session;
use crate::fault_server;
use crate::relay::Dialect;
use crate::stream::Stream;
use crate::targets::Host;
use crate::tls::{Connector, Handshake, Verification};

impl Session {
    /// Does TLS's handshake with the target, which was asked for as `host`, and sends the client
    /// the messages about it.
    ///
    /// # Errors
    /// Fails in the stage `tls`.
    pub(super) async fn secure(&mut self, stream: Stream, host: &Host) -> Result<Stream, Failure> {
        let bridge = self.bridge.clone();
        self.secure_by(&bridge.tls, stream, &host.server_name()).await
    }

    /// The same with a server of the lab, which is asked for as `localhost`.
    ///
    /// # Errors
    /// Fails in the stage `tls`.
    pub(super) async fn secure_lab(&mut self, stream: Stream) -> Result<Stream, Failure> {
        let connector = fault_server::connector()
            .map_err(|error| Failure::new(Stage::Tls, Kind::Internal, error.to_string()))?;
        self.secure_by(&connector, stream, "localhost").await
    }

    async fn secure_by(
        &mut self,
        connector: &Connector,
        stream: Stream,
        host: &str,
    ) -> Result<Stream, Failure> {
        let handshake = Handshake {
            verification: match self.request.dialect {
                Dialect::Control => self.request.verification,
                Dialect::Raw => Verification::Required,
            },
            wants_secrets: self.monitor.is_capturing(),
            limit: self.bridge.config.connect_timeout,
        };
        let outcome = connector.connect(stream, host, handshake).await;
        if !outcome.secrets.is_empty() {
            self.send_control(BridgeMessage::TlsSecrets { lines: outcome.secrets }).await;
        }
        let (stream, session) = outcome.secured?;
        self.timing.handshake_us = Some(session.handshake_us);
        self.send_control(BridgeMessage::Secured(session)).await;
        Ok(Stream::Tls(Box::new(stream)))
    }
}
