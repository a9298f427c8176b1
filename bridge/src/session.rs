//! A session: one WebSocket is one TCP connection, and one line of the log.
//!
//! - [`wanted`]: what it is to be; [`open`]: dialling the target; [`incoming`]: a listener instead,
//!   and claiming a connection that came in at one;
//! - [`secure`]: TLS with a target;
//! - [`client`]: the WebSocket outside of the relay; [`reason`]: the reason of the Close at the end.

mod client;
mod incoming;
#[cfg(test)]
mod model;
mod open;
mod reason;
mod secure;
mod wanted;

use std::sync::Arc;

use echo_core::wire::{BridgeMessage, CloseCode, Failure};
use tokio::time::{Instant, timeout};
use tracing::{Instrument as _, field};

use crate::capture::Monitor;
use crate::endpoint::Endpoint;
use crate::fault_server::FaultServer;
use crate::metrics::Refusal;
use crate::micros::micros;
use crate::open_sessions::{Identity, Phase, Registration, StopReason};
use crate::relay::{CLOSE_TIMEOUT, CloseMode, Dialect, Ending, Options, Relay};
use crate::state::{Bridge, Slot};
use crate::stream::Stream;
use crate::tls::Verification;
use crate::wire_name::wire_name;
pub use client::Client;
use open::{Dialled, Opened};
pub(crate) use wanted::Wanted;

/// What a client asked for when it opened its WebSocket.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) wanted: Wanted,
    pub(crate) dialect: Dialect,
    /// Whether the client gets a message for each write and read.
    pub(crate) trace: bool,
    /// Whether the client gets the connection's packets.
    pub(crate) packets: bool,
    /// Whether the client gets the kernel's `TCP_INFO`.
    pub(crate) tcp_info: bool,
    /// Whether a target over TLS has to prove who it is. In the raw dialect it always has to.
    pub(crate) verification: Verification,
    /// The client's end of its connection.
    pub(crate) peer: Endpoint,
    /// The bridge's end of it.
    pub(crate) local: Endpoint,
    /// The client's Origin header (RFC 6454, section 7), which browsers send.
    pub(crate) origin: Option<String>,
}

/// A session that has not ended.
pub(crate) struct Session {
    bridge: Arc<Bridge>,
    request: Request,
    client: Client,
    monitor: Monitor,
    start: Instant,
    /// Its place among the open sessions, unless it is refused for want of one.
    registration: Option<Registration>,
    timing: Timing,
    /// How many bytes were written to the target.
    sent: u64,
    /// How many bytes were read from the target.
    received: u64,
    /// The code of the Close that the relay sent, if it did.
    close_sent: Option<CloseCode>,
}

impl Session {
    pub(crate) fn new(bridge: Arc<Bridge>, request: Request, client: Client) -> Self {
        let start = Instant::now();
        // The raw dialect has no messages for either.
        let has_control = request.dialect == Dialect::Control;
        let (packets, tcp_info) = (request.packets && has_control, request.tcp_info && has_control);
        let monitor = Monitor::new(packets, tcp_info, start, bridge.captures.clone());
        Self {
            bridge,
            request,
            client,
            monitor,
            start,
            registration: None,
            timing: Timing::default(),
            sent: 0,
            received: 0,
            close_sent: None,
        }
    }

    /// Runs the session to its end, or refuses it if there is no slot for it.
    ///
    /// What is short beside the relay is boxed, so that an idle session has no room for it.
    #[expect(clippy::manual_async_fn, reason = "an async fn has room for its arguments twice")]
    pub(crate) fn run(
        mut self,
        slot: Result<Slot, Failure>,
    ) -> impl Future<Output = ()> + Send + 'static {
        async move {
            let identity = self.identity();
            let Identity { id, client, origin, target } = identity;
            let span = tracing::info_span!(
                "session",
                id,
                %client,
                origin,
                target,
                address = field::Empty,
            );
            self.registration = slot.is_ok().then(|| self.bridge.open_sessions.register(identity));
            let (slot, opened) = match slot {
                Ok(slot) => (Some(slot), Box::pin(self.open()).instrument(span.clone()).await),
                Err(refusal) => (None, Err(refusal)),
            };
            let ending = match opened {
                // The relay logs nothing, and entering the span takes a while.
                Ok(Opened::Connection(dialled)) => self.relay(dialled).await,
                Ok(Opened::Listener(listener)) => {
                    Box::pin(self.listen(*listener)).instrument(span.clone()).await
                }
                Err(failure) => Ending::Failed(failure),
            };
            Box::pin(self.end(ending, slot)).instrument(span).await;
        }
    }

    /// Returns who the session is, with an id of its own.
    fn identity(&self) -> Identity<'_> {
        let Request { wanted, peer, origin, .. } = &self.request;
        Identity {
            id: self.bridge.next_session_id(),
            client: *peer,
            origin: origin.as_deref(),
            target: wanted.name(),
        }
    }

    /// Closes the client's connection and logs the session.
    async fn end(mut self, ending: Ending, slot: Option<Slot>) {
        if let Some(refusal) = Refusal::of_ending(&ending) {
            self.bridge.metrics.count_refused(refusal);
        }
        let mut registration = self.registration.take();
        if let Some(registration) = &mut registration {
            registration.set_ending(&ending);
        }
        let summary = Summary {
            timing: self.timing,
            sent: self.sent,
            received: self.received,
            duration_us: self.elapsed_us(),
            ending,
        };
        let code = self.close(&summary).await;
        summary.log(code);
        // In this order, never more sessions count as open than there are slots.
        drop(registration);
        drop(slot);
    }

    /// Waits until the session is to end for a reason that has nothing to do with its two ends, and
    /// returns that.
    fn stopped(&self) -> impl Future<Output = StopReason> + use<> {
        let entry = self.registration.as_ref().map(|registration| registration.entry().clone());
        async move {
            match entry {
                Some(entry) => entry.stopped().await,
                // It is being refused, which takes no time.
                None => std::future::pending().await,
            }
        }
    }

    /// Relays until the session ends, and closes the connection to the target.
    async fn relay(&mut self, Dialled { stream: target, lab }: Dialled) -> Ending {
        let options = Options {
            dialect: self.request.dialect,
            trace: self.request.trace,
            idle: self.bridge.config.idle_timeout.limit(),
            start: self.start,
        };
        let mut poller = self.monitor.tcp_info_poller(target.tcp());
        let events = self.monitor.take_events();
        let stopped = self.stopped();
        let counters = self.registration.as_ref().map(|registration| {
            registration.entry().set_phase(Phase::Open);
            registration.entry().counters().clone()
        });
        let mut relay = Relay::new(self.client.socket(), target, options)
            .with_counters(counters.unwrap_or_default())
            .with_events(events)
            .with_reset_watch(client::watch_reset);
        let ending = tokio::select! {
            ending = relay.run() => ending,
            reason = stopped => Ending::Failed(reason.failure()),
            never = poller.run() => match never {},
        };
        (self.sent, self.received) = relay.totals();
        self.close_sent = relay.has_sent_close().then_some(CloseCode::Normal);
        let (target, events) = relay.into_target_and_events();
        self.monitor.restore_events(events);
        poller.finish();
        close_target(target, lab, &ending);
        ending
    }

    /// Sends the client the last messages and Close, and closes its connection, all of it within
    /// [`CLOSE_TIMEOUT`]. Returns the code of the Close that was sent, if one was.
    async fn close(mut self, summary: &Summary) -> Option<CloseCode> {
        if matches!(summary.ending, Ending::ClientVanished(_)) {
            return None;
        }
        let mut sent = self.close_sent;
        let _ = timeout(CLOSE_TIMEOUT, self.send_final_messages(summary, &mut sent)).await;
        sent
    }

    /// Sends the client the last messages and Close, and waits for its answer. `sent` becomes the
    /// code of the Close once that is sent, since this future may be dropped before its end.
    async fn send_final_messages(&mut self, summary: &Summary, sent: &mut Option<CloseCode>) {
        let Summary { ending, .. } = summary;
        if !matches!(ending, Ending::ClientClosed) {
            self.send_final_events().await;
            if let Ending::Failed(failure) = ending {
                self.client.send_control(&BridgeMessage::Failed(failure.clone())).await;
            }
            self.client.send_control(&summary.message()).await;
        }
        let code = ending.close_code();
        let reason = reason::sentence(ending, &self.request.wanted);
        if self.client.send_close(code, &reason).await.is_ok() {
            *sent = Some(code);
        }
        self.client.discard_rest().await;
    }

    /// Sends the client the rest of the monitor's events, such as the connection's last packets.
    async fn send_final_events(&mut self) {
        let ended = Instant::now();
        while let Some(message) = self.monitor.next_final(ended).await {
            self.client.send_control(&message).await;
        }
    }

    fn elapsed_us(&self) -> u64 {
        micros(self.start.elapsed())
    }
}

/// How long the steps of opening a session took, in microseconds, as far as it came.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_field_names, reason = "they are named as in messages and in the log")]
struct Timing {
    /// The look-up of the target.
    resolve_us: Option<u64>,
    /// Connecting to it: TCP's handshake, or a Unix socket's connect.
    connect_us: Option<u64>,
    /// TLS's handshake.
    handshake_us: Option<u64>,
}

/// What is reported of a session that has ended.
struct Summary {
    ending: Ending,
    timing: Timing,
    /// The bytes that were written to the target.
    sent: u64,
    /// The bytes that were read from the target.
    received: u64,
    duration_us: u64,
}

impl Summary {
    /// Returns the last message that the client gets.
    fn message(&self) -> BridgeMessage {
        let Self { ending, sent, received, duration_us, .. } = self;
        let by = ending.by();
        BridgeMessage::Closed { by, sent: *sent, received: *received, duration_us: *duration_us }
    }

    /// Writes the one line that the log has of a session. `code` is that of the Close that was sent
    /// to the client, if one was.
    fn log(&self, code: Option<CloseCode>) {
        let Self { ending, timing, sent, received, duration_us } = self;
        let Timing { resolve_us, connect_us, handshake_us } = timing;
        let by = field::display(wire_name(&ending.by()));
        let code = code.map(u16::from);
        if ending.is_refusal() {
            tracing::warn!(resolve_us, duration_us, by, code, "refused: {ending}");
        } else {
            tracing::info!(
                sent,
                received,
                resolve_us,
                connect_us,
                handshake_us,
                duration_us,
                by,
                code,
                "{ending}"
            );
        }
    }
}

/// Closes the connection to the target: with RST at once, or with FIN and by discarding what the
/// target sends for at most [`CLOSE_TIMEOUT`], since a kernel that closes a connection with unread
/// bytes sends RST. A server of the lab lasts as long.
fn close_target(target: Stream, lab: Option<FaultServer>, ending: &Ending) {
    if ending.close_mode() == CloseMode::Reset {
        target.set_reset_on_close();
        return;
    }
    tokio::spawn(async move {
        let mut target = target;
        let _ = tokio::io::AsyncWriteExt::shutdown(&mut target).await;
        let _ = timeout(CLOSE_TIMEOUT, tokio::io::copy(&mut target, &mut tokio::io::sink())).await;
        drop(lab);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size<A, B, F: Future>(_: impl Fn(A, B) -> F) -> usize {
        size_of::<F>()
    }

    #[test]
    fn an_idle_session_is_a_small_task() {
        let bytes = size(Session::run);
        assert!(bytes < 2048, "{bytes} bytes");
    }
}
