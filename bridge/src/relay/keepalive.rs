//! Finding out, by pings, whether the client is still there.

use std::pin::Pin;
use std::task::Context;

use tokio::time::{Duration, Instant, Sleep, sleep};

/// How long a client may be silent before it is pinged, and how long it may then leave the ping
/// unanswered before it counts as gone.
pub(super) const PING_INTERVAL: Duration = Duration::from_secs(20);

/// The timer that decides when to ping the client, and when to give it up.
#[derive(Debug)]
pub(crate) struct Keepalive {
    timer: Pin<Box<Sleep>>,
    /// Whether the client was active since the timer last fired.
    is_active: bool,
    /// Whether a ping was sent since the client was last active.
    has_pinged: bool,
}

/// What to do about a client that has been silent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeepaliveAction {
    /// Send a ping.
    Ping,
    /// End the session: the client did not answer the ping.
    Disconnect,
}

impl Keepalive {
    pub(crate) fn new() -> Self {
        Self { timer: Box::pin(sleep(PING_INTERVAL)), is_active: false, has_pinged: false }
    }

    /// Records that the client sent something, or took something that was sent to it.
    pub(crate) fn record_activity(&mut self) {
        self.is_active = true;
    }

    /// Returns what to do now, if anything. While the relay is `paused`, because it does not read
    /// from the client or cannot send to it, the client is not judged: its answer may be waiting.
    pub(crate) fn poll(&mut self, cx: &mut Context<'_>, paused: bool) -> Option<KeepaliveAction> {
        while self.timer.as_mut().poll(cx).is_ready() {
            self.timer.as_mut().reset(Instant::now() + PING_INTERVAL);
            if std::mem::take(&mut self.is_active) || paused {
                self.has_pinged = false;
            } else if std::mem::replace(&mut self.has_pinged, true) {
                return Some(KeepaliveAction::Disconnect);
            } else {
                return Some(KeepaliveAction::Ping);
            }
        }
        None
    }
}
