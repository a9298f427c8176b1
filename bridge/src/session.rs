//! A session: one WebSocket is one TCP connection, and one line of the log.
//!
//! - [`open`]: dialling the target; [`client`]: the WebSocket outside of the relay;
//! - [`reason`]: the reason of the Close at the end.

mod client;
mod open;
mod reason;

use std::sync::Arc;

use echo_core::wire::{BridgeMessage, CloseCode, ECHO_TARGET, Failure, Kind, Stage};
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Instant, timeout};
use tracing::{Instrument as _, field};

use crate::capture::Monitor;
use crate::endpoint::Endpoint;
use crate::fault_server::FaultServer;
use crate::micros::micros;
use crate::relay::{CLOSE_TIMEOUT, CloseMode, Dialect, Ending, Options, Relay};
use crate::state::Bridge;
use crate::stream::Stream;
pub use client::Client;
use open::Dialled;

/// What a client asked for when it opened its WebSocket.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// The target as the client wrote it, not yet parsed.
    pub(crate) target: String,
    pub(crate) dialect: Dialect,
    /// Whether the client gets a message for each write and read.
    pub(crate) trace: bool,
    /// Whether the client gets the connection's packets.
    pub(crate) packets: bool,
    /// Whether the client gets the kernel's `TCP_INFO`.
    pub(crate) tcp_info: bool,
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
        Self { bridge, request, client, monitor, start, sent: 0, received: 0, close_sent: None }
    }

    /// Runs the session to its end. Without a `slot`, because as many sessions are open as may be,
    /// it is refused.
    pub(crate) async fn run(self, slot: Option<OwnedSemaphorePermit>) {
        let Request { target, peer, origin, .. } = &self.request;
        let span = tracing::info_span!(
            "session",
            id = self.bridge.next_session_id(),
            client = %peer,
            origin = origin.as_deref(),
            target = if target.is_empty() { ECHO_TARGET } else { target },
            address = field::Empty,
        );
        self.run_to_end(slot).instrument(span).await;
    }

    async fn run_to_end(mut self, slot: Option<OwnedSemaphorePermit>) {
        let ending = match self.open(slot.is_some()).await {
            Ok(dialled) => self.relay(dialled).await,
            Err(failure) => Ending::Failed(failure),
        };
        let summary = Summary {
            sent: self.sent,
            received: self.received,
            duration_us: self.elapsed_us(),
            ending,
        };
        let code = self.close(&summary).await;
        summary.log(code);
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
        let mut relay = Relay::new(self.client.socket(), target, options)
            .with_events(events)
            .with_reset_watch(client::watch_reset);
        let ending = tokio::select! {
            ending = self.bridge.ending.run_until_cancelled(relay.run()) => ending,
            never = poller.run() => match never {},
        };
        let ending = ending.unwrap_or_else(|| Ending::Failed(shutting_down()));
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
        let reason = reason::sentence(ending, &self.request.target);
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

/// What is reported of a session that has ended.
struct Summary {
    ending: Ending,
    /// The bytes that were written to the target.
    sent: u64,
    /// The bytes that were read from the target.
    received: u64,
    duration_us: u64,
}

impl Summary {
    /// Returns the last message that the client gets.
    fn message(&self) -> BridgeMessage {
        let Self { ending, sent, received, duration_us } = self;
        let by = ending.by();
        BridgeMessage::Closed { by, sent: *sent, received: *received, duration_us: *duration_us }
    }

    /// Writes the one line that the log has of a session. `code` is that of the Close that was sent
    /// to the client, if one was.
    fn log(&self, code: Option<CloseCode>) {
        let Self { ending, sent, received, duration_us } = self;
        let by = field::debug(ending.by());
        let code = code.map(u16::from);
        if ending.is_refusal() {
            tracing::warn!(code, "refused: {ending}");
        } else {
            tracing::info!(sent, received, duration_us, by, code, "{ending}");
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

/// Returns the failure of a session that is ended because the bridge shuts down.
fn shutting_down() -> Failure {
    let message = "the bridge is shutting down".to_owned();
    Failure { stage: Stage::Shutdown, kind: Kind::ShuttingDown, message }
}
