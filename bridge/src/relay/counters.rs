//! What a relay counts while it runs.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// One of the two ends of a relay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The WebSocket's client.
    Client,
    /// The TCP target.
    Target,
}

impl Side {
    /// Both sides.
    pub const ALL: [Self; 2] = [Self::Client, Self::Target];
}

/// The counters of one relay, which others may read while it runs.
#[derive(Debug, Default)]
pub struct Counters {
    sent: AtomicU64,
    received: AtomicU64,
    paused: [AtomicU64; 2],
}

impl Counters {
    /// Returns how many bytes were written to the target.
    pub fn sent(&self) -> u64 {
        self.sent.load(Relaxed)
    }

    /// Returns how many bytes were read from the target.
    pub fn received(&self) -> u64 {
        self.received.load(Relaxed)
    }

    /// Returns how often the relay stopped reading from `side`, because the other side was slow.
    pub fn paused(&self, side: Side) -> u64 {
        self.paused[side as usize].load(Relaxed)
    }
}

/// The relay's hand on its counters. The relay alone writes them, so that no write has to be an
/// atomic addition.
#[derive(Debug, Default)]
pub(super) struct Recorder {
    counters: Arc<Counters>,
    is_paused: [bool; 2],
}

impl Recorder {
    pub(super) fn new(counters: Arc<Counters>) -> Self {
        Self { counters, is_paused: [false; 2] }
    }

    /// Records how many bytes were written to the target, and how many read from it.
    pub(super) fn record_totals(&self, (sent, received): (u64, u64)) {
        self.counters.sent.store(sent, Relaxed);
        self.counters.received.store(received, Relaxed);
    }

    /// Records whether the relay reads from `side` now; each time that it stops, it counts one
    /// pause.
    pub(super) fn record_paused(&mut self, side: Side, is_paused: bool) {
        let was_paused = std::mem::replace(&mut self.is_paused[side as usize], is_paused);
        if is_paused && !was_paused {
            let paused = &self.counters.paused[side as usize];
            paused.store(paused.load(Relaxed) + 1, Relaxed);
        }
    }
}
