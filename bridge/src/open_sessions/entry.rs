//! One open session, as operators see it.

use std::sync::atomic::{AtomicU8, Ordering::Relaxed};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::time::SystemTime;

use serde::Serialize;
use tokio_util::sync::CancellationToken;

use super::stop::StopReason;
use crate::endpoint::Endpoint;
use crate::relay::Counters;

/// The most bytes that are kept of a target or an Origin as a client wrote it, for each session.
const MAX_TEXT: usize = 300;

/// Who a session is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Identity<'a> {
    pub(crate) id: u64,
    pub(crate) client: Endpoint,
    /// The client's Origin header.
    pub(crate) origin: Option<&'a str>,
    /// The target as the client named it.
    pub(crate) target: &'a str,
}

/// How far a session has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub(crate) enum Phase {
    /// It looks the target up, or dials it.
    Opening,
    /// It relays.
    Open,
    /// It has ended, and the client gets the last messages.
    Closing,
}

impl Phase {
    const ALL: [Self; 3] = [Self::Opening, Self::Open, Self::Closing];
}

/// An open session.
#[derive(Debug)]
pub(crate) struct Entry {
    id: u64,
    client: Endpoint,
    origin: Option<Box<str>>,
    target: Box<str>,
    since: SystemTime,
    /// The address that was dialled last.
    address: RwLock<Option<Box<str>>>,
    phase: AtomicU8,
    counters: Arc<Counters>,
    /// Why it is to end, once somebody said so.
    reason: OnceLock<StopReason>,
    stopped: CancellationToken,
}

/// What operators are told of a session.
#[derive(Debug, Serialize)]
pub(crate) struct View {
    id: u64,
    client: String,
    origin: Option<Box<str>>,
    target: Box<str>,
    address: Option<Box<str>>,
    /// As RFC 3339 has it, in UTC.
    since: String,
    /// Bytes that were written to the target.
    sent: u64,
    /// Bytes that were read from the target.
    received: u64,
    state: Phase,
}

impl Entry {
    pub(super) fn new(identity: Identity<'_>) -> Self {
        let Identity { id, client, origin, target } = identity;
        Self {
            id,
            client,
            origin: origin.map(shortened),
            target: shortened(target),
            since: SystemTime::now(),
            address: RwLock::default(),
            phase: AtomicU8::new(Phase::Opening as u8),
            counters: Arc::default(),
            reason: OnceLock::new(),
            stopped: CancellationToken::new(),
        }
    }

    pub(super) fn id(&self) -> u64 {
        self.id
    }

    /// Returns the counters for the session's relay.
    pub(crate) fn counters(&self) -> &Arc<Counters> {
        &self.counters
    }

    /// Records which address is dialled.
    pub(crate) fn set_address(&self, address: &impl ToString) {
        let address = Some(address.to_string().into());
        *self.address.write().unwrap_or_else(PoisonError::into_inner) = address;
    }

    /// Records how far the session has come.
    pub(crate) fn set_phase(&self, phase: Phase) {
        self.phase.store(phase as u8, Relaxed);
    }

    fn phase(&self) -> Phase {
        let phase = self.phase.load(Relaxed);
        Phase::ALL.into_iter().find(|one| *one as u8 == phase).unwrap_or(Phase::Closing)
    }

    /// Has the session end. The first reason counts.
    pub(crate) fn stop(&self, reason: StopReason) {
        self.reason.get_or_init(|| reason);
        self.stopped.cancel();
    }

    /// Waits until the session is to end, and returns why.
    pub(crate) async fn stopped(&self) -> StopReason {
        self.stopped.cancelled().await;
        self.reason.get().copied().unwrap_or(StopReason::Shutdown)
    }

    /// Returns whether the session goes on, and was not told to end.
    pub(super) fn is_running(&self) -> bool {
        !self.stopped.is_cancelled() && !self.is_closing()
    }

    /// Returns whether the session has ended, but for its last messages and Close.
    pub(super) fn is_closing(&self) -> bool {
        self.phase() == Phase::Closing
    }

    /// Returns what is told of the session.
    pub(super) fn view(&self) -> View {
        View {
            id: self.id,
            client: self.client.to_string(),
            origin: self.origin.clone(),
            target: self.target.clone(),
            address: self.address.read().unwrap_or_else(PoisonError::into_inner).clone(),
            since: humantime::format_rfc3339_millis(self.since).to_string(),
            sent: self.counters.sent(),
            received: self.counters.received(),
            state: self.phase(),
        }
    }
}

/// Returns `text`, of which more than [`MAX_TEXT`] bytes are cut.
fn shortened(text: &str) -> Box<str> {
    text[..text.floor_char_boundary(MAX_TEXT)].into()
}
