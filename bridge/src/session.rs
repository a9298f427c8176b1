//! One WebSocket is one TCP connection: dial, relay, close, and one line in the log.

mod client;
mod open;
mod reason;

use std::sync::Arc;

use echo_core::wire::{BridgeMessage, Failure, Kind, Stage};
use tokio::net::TcpStream;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Instant, timeout};
use tracing::Instrument as _;

use crate::capture::Watch;
use crate::lab::Playing;
use crate::relay::{Dialect, Ending, FAREWELL, Farewell, Options, Relay, micros};
use crate::state::Bridge;
pub use client::Client;
use open::Opened;

/// What a client asked for when it opened its WebSocket.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// The target, in the client's words.
    pub(crate) target: String,
    pub(crate) dialect: Dialect,
    pub(crate) trace: bool,
    pub(crate) packets: bool,
    pub(crate) tcp_info: bool,
}

/// A session under way.
pub(crate) struct Session {
    bridge: Arc<Bridge>,
    request: Request,
    client: Client,
    watch: Watch,
    start: Instant,
    sent: u64,
    received: u64,
}

impl Session {
    pub(crate) fn new(bridge: Arc<Bridge>, request: Request, client: Client) -> Self {
        let start = Instant::now();
        // The raw dialect has no words for it.
        let speaks = request.dialect == Dialect::Control;
        let watch = Watch::new(request.packets && speaks, request.tcp_info && speaks, start);
        Self { bridge, request, client, watch, start, sent: 0, received: 0 }
    }

    /// Runs the session to its end; `slot` is `None` where the bridge has as many as it may.
    pub(crate) async fn run(self, slot: Option<OwnedSemaphorePermit>) {
        let span = tracing::info_span!("session", target = %self.request.target.escape_debug());
        self.run_to_end(slot).instrument(span).await;
    }

    async fn run_to_end(mut self, slot: Option<OwnedSemaphorePermit>) {
        let ending = match self.open(slot.is_some()).await {
            Ok(opened) => self.relay(opened).await,
            Err(failure) => Ending::Failed(failure),
        };
        tracing::info!(
            sent = self.sent,
            received = self.received,
            duration_us = self.elapsed_us(),
            by = ?ending.by(),
            code = u16::from(ending.close_code()),
            "{ending}"
        );
        self.close(&ending).await;
    }

    async fn relay(&mut self, Opened { stream: target, lab }: Opened) -> Ending {
        let options = Options {
            dialect: self.request.dialect,
            trace: self.request.trace,
            idle: self.bridge.config.idle_timeout,
            start: self.start,
        };
        let mut gauge = self.watch.gauge(&target);
        let news = self.watch.lend();
        let mut relay = Relay::new(self.client.socket(), target, options).telling(news);
        let ending = tokio::select! {
            ending = self.bridge.ending.run_until_cancelled(relay.run()) => ending,
            never = gauge.run() => match never {},
        };
        let ending = ending.unwrap_or_else(|| Ending::Failed(going_down()));
        (self.sent, self.received) = relay.totals();
        let (target, news) = relay.into_target();
        self.watch.give_back(news);
        gauge.last();
        let_go(target, lab, &ending);
        ending
    }

    /// What of the connection is still to be told, its last packets among it.
    async fn tell_the_last(&mut self) {
        let ended = Instant::now();
        while let Some(message) = self.watch.last(ended).await {
            self.client.tell(&message).await;
        }
    }

    async fn close(mut self, ending: &Ending) {
        if matches!(ending, Ending::ClientVanished(_)) {
            return;
        }
        if !matches!(ending, Ending::ClientClosed) {
            self.tell_the_last().await;
        }
        if let Ending::Failed(failure) = ending {
            self.client.tell(&BridgeMessage::Failed(failure.clone())).await;
        }
        let (sent, received) = (self.sent, self.received);
        let duration_us = self.elapsed_us();
        let closed = BridgeMessage::Closed { by: ending.by(), sent, received, duration_us };
        if !matches!(ending, Ending::ClientClosed) {
            self.client.tell(&closed).await;
        }
        let reason = reason::sentence(ending, &self.request.target);
        self.client.close(ending.close_code(), &reason).await;
    }

    fn elapsed_us(&self) -> u64 {
        micros(self.start.elapsed())
    }
}

/// Says farewell to the target: RST at once, or FIN and then a while in which what it still says is
/// thrown away, since a kernel that closes with bytes unread sends RST, too. The lab's end of it
/// lasts as long.
fn let_go(target: TcpStream, lab: Option<Playing>, ending: &Ending) {
    if ending.farewell() == Farewell::Reset {
        // Without it the kernel sends FIN, which is the best that can be done then.
        let _ = target.set_zero_linger();
        return;
    }
    tokio::spawn(async move {
        let mut target = target;
        let _ = tokio::io::AsyncWriteExt::shutdown(&mut target).await;
        let _ = timeout(FAREWELL, tokio::io::copy(&mut target, &mut tokio::io::sink())).await;
        drop(lab);
    });
}

fn going_down() -> Failure {
    let message = "the bridge is going down".to_owned();
    Failure { stage: Stage::Shutdown, kind: Kind::GoingDown, message }
}
