//! One WebSocket is one TCP connection: dial, relay, close, and one line in the log.

mod client;
mod open;
mod reason;

use std::net::SocketAddr;
use std::sync::Arc;

use echo_core::wire::{BridgeMessage, CloseCode, ECHO_TARGET, Failure, Kind, Stage};
use tokio::net::TcpStream;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Instant, timeout};
use tracing::{Instrument as _, field};

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
    /// The address that the client's connection comes from.
    pub(crate) peer: SocketAddr,
    /// The client's Origin header (RFC 6454, section 7), which browsers send.
    pub(crate) origin: Option<String>,
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
    /// The code of the Close that the relay sent, if it did.
    close_sent: Option<CloseCode>,
}

impl Session {
    pub(crate) fn new(bridge: Arc<Bridge>, request: Request, client: Client) -> Self {
        let start = Instant::now();
        // The raw dialect has no words for it.
        let speaks = request.dialect == Dialect::Control;
        let (packets, tcp_info) = (request.packets && speaks, request.tcp_info && speaks);
        let watch = Watch::new(packets, tcp_info, start, bridge.captures.clone());
        Self { bridge, request, client, watch, start, sent: 0, received: 0, close_sent: None }
    }

    /// Runs the session to its end; `slot` is `None` where the bridge has as many as it may.
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
            Ok(opened) => self.relay(opened).await,
            Err(failure) => Ending::Failed(failure),
        };
        let ended = Ended {
            sent: self.sent,
            received: self.received,
            duration_us: self.elapsed_us(),
            ending,
        };
        let code = self.close(&ended).await;
        ended.log(code);
    }

    async fn relay(&mut self, Opened { stream: target, lab }: Opened) -> Ending {
        let options = Options {
            dialect: self.request.dialect,
            trace: self.request.trace,
            idle: self.bridge.config.idle_timeout.limit(),
            start: self.start,
        };
        let mut gauge = self.watch.gauge(&target);
        let news = self.watch.lend();
        let mut relay = Relay::new(self.client.socket(), target, options)
            .telling(news)
            .watching_reset(client::watch_reset);
        let ending = tokio::select! {
            ending = self.bridge.ending.run_until_cancelled(relay.run()) => ending,
            never = gauge.run() => match never {},
        };
        let ending = ending.unwrap_or_else(|| Ending::Failed(shutting_down()));
        (self.sent, self.received) = relay.totals();
        self.close_sent = relay.has_sent_close().then_some(CloseCode::Normal);
        let (target, news) = relay.into_target();
        self.watch.give_back(news);
        gauge.last();
        let_go(target, lab, &ending);
        ending
    }

    /// Says the last words to the client and closes its connection, all of it within
    /// [`FAREWELL`]. Returns the code of the Close that was sent, if one was.
    async fn close(mut self, ended: &Ended) -> Option<CloseCode> {
        if matches!(ended.ending, Ending::ClientVanished(_)) {
            return None;
        }
        let mut sent = self.close_sent;
        let _ = timeout(FAREWELL, self.say_last_words(ended, &mut sent)).await;
        sent
    }

    async fn say_last_words(&mut self, ended: &Ended, sent: &mut Option<CloseCode>) {
        let Ended { ending, .. } = ended;
        if !matches!(ending, Ending::ClientClosed) {
            self.tell_the_last().await;
            if let Ending::Failed(failure) = ending {
                self.client.tell(&BridgeMessage::Failed(failure.clone())).await;
            }
            self.client.tell(&ended.message()).await;
        }
        let code = ending.close_code();
        let reason = reason::sentence(ending, &self.request.target);
        if self.client.send_close(code, &reason).await.is_ok() {
            *sent = Some(code);
        }
        self.client.drain().await;
    }

    /// What of the connection is still to be told, its last packets among it.
    async fn tell_the_last(&mut self) {
        let ended = Instant::now();
        while let Some(message) = self.watch.last(ended).await {
            self.client.tell(&message).await;
        }
    }

    fn elapsed_us(&self) -> u64 {
        micros(self.start.elapsed())
    }
}

/// A session that is over.
struct Ended {
    ending: Ending,
    /// The bytes that were written to the target.
    sent: u64,
    /// The bytes that were read from the target.
    received: u64,
    duration_us: u64,
}

impl Ended {
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

fn shutting_down() -> Failure {
    let message = "the bridge is shutting down".to_owned();
    Failure { stage: Stage::Shutdown, kind: Kind::ShuttingDown, message }
}
