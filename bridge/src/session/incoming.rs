//! Sessions without a dial: a listener, and the connections that come in there.

use echo_core::wire::{BridgeMessage, Failure, Kind};

use super::Session;
use super::open::{Dialled, malformed};
use crate::client_listener::{Claimed, ClientListener, ListenTarget};
use crate::metrics::Refusal;
use crate::micros::micros;
use crate::open_sessions::Phase;
use crate::relay::{Dialect, Ending};

impl Session {
    /// Claims a connection that came in at a listener, and tells the client of it.
    ///
    /// # Errors
    /// Fails in the stage `accept` if no such connection waits.
    pub(super) async fn claim(&mut self, id: &str) -> Result<Dialled, Failure> {
        let claimed = self.bridge.client_listeners.claim(id, self.request.peer).await?;
        let Claimed { local, peer, since, .. } = claimed;
        if let Some(message) = self.monitor.start_capture_of_accepted(local, peer) {
            self.send_control(message).await;
        }
        self.record_address(&peer);
        let waited_us = micros(since.elapsed());
        let accepted =
            BridgeMessage::Accepted { local: local.into(), peer: peer.into(), waited_us };
        self.send_control(accepted).await;
        Ok(Dialled { stream: claimed.into_stream().into(), lab: None })
    }

    /// Listens at `address`. `elsewhere` says by what the client does not count as on the bridge's
    /// own machine, unless it does.
    ///
    /// # Errors
    /// Fails if the address is malformed or not allowed, if there are too many listeners, or if the
    /// system does not allow it.
    pub(super) fn open_listener(
        &self,
        address: &str,
        elsewhere: Option<&str>,
    ) -> Result<Box<ClientListener>, Failure> {
        if self.request.dialect == Dialect::Raw {
            return Err(malformed("listen= takes the dialect tcp-bridge.v1: offer it".into()));
        }
        let target: ListenTarget = address.parse().map_err(malformed)?;
        self.bridge.listen_policy.check(&target, address, elsewhere)?;
        let listener =
            ClientListener::open(&target, &self.bridge.client_listeners, self.request.peer);
        let listener = listener.inspect_err(|failure| {
            if failure.kind == Kind::TooMany {
                self.bridge.metrics.count_refused(Refusal::Listeners);
            }
        })?;
        self.bridge.echo.report_client_listener(listener.addresses());
        let addresses = listener.addresses().iter().map(ToString::to_string);
        self.record_address(&addresses.collect::<Vec<_>>().join(", "));
        Ok(Box::new(listener))
    }

    /// Tells the client of connections until the session ends.
    pub(super) async fn listen(&mut self, listener: ClientListener) -> Ending {
        if let Some(registration) = &self.registration {
            registration.entry().set_phase(Phase::Open);
        }
        let stopped = self.stopped();
        tokio::select! {
            ending = listener.run(self.client.socket(), self.start) => ending,
            reason = stopped => Ending::Failed(reason.failure()),
        }
    }
}
