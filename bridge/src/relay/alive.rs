//! Whether the client is still there: a peer that died without a word is noticed by a ping.

use std::pin::Pin;
use std::task::Context;

use tokio::time::{Duration, Instant, Sleep, sleep};

/// How long a client may be silent before it is pinged, and again before it counts as gone.
pub(super) const PING_EVERY: Duration = Duration::from_secs(20);

#[derive(Debug)]
pub(super) struct Alive {
    timer: Pin<Box<Sleep>>,
    heard: bool,
    asked: bool,
}

/// What to do about a client that has been silent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Silence {
    Ask,
    GiveUp,
}

impl Alive {
    pub(super) fn new() -> Self {
        Self { timer: Box::pin(sleep(PING_EVERY)), heard: false, asked: false }
    }

    /// The client said or took something.
    pub(super) fn heard(&mut self) {
        self.heard = true;
    }

    /// What to do now. While the bridge itself is not reading or cannot ask, the clock rests: an
    /// answer may be waiting.
    pub(super) fn poll(&mut self, cx: &mut Context<'_>, resting: bool) -> Option<Silence> {
        while self.timer.as_mut().poll(cx).is_ready() {
            self.timer.as_mut().reset(Instant::now() + PING_EVERY);
            if std::mem::take(&mut self.heard) || resting {
                self.asked = false;
            } else if std::mem::replace(&mut self.asked, true) {
                return Some(Silence::GiveUp);
            } else {
                return Some(Silence::Ask);
            }
        }
        None
    }
}
