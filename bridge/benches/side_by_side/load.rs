//! Messages kept in flight: what they are, and how far they have come.

use tokio::time::Instant;

use crate::wire::Wire;

/// How many bytes lie ready to be written at once, where messages are shorter.
const BLOCK: usize = 64 * 1024;

/// Equal messages, ready to be sent.
#[derive(Debug)]
pub(crate) struct Load {
    /// The payload of one message.
    pub(crate) len: usize,
    /// How many messages may be on their way at once.
    window: u64,
    /// Some messages as they go over the wire, and how long one is there.
    block: Vec<u8>,
    framed: usize,
}

impl Load {
    pub(crate) fn new(wire: Wire, len: usize, window: usize) -> Self {
        let message = wire.message(len);
        let count = (BLOCK / len).clamp(1, window);
        Self { len, window: window as u64, framed: message.len(), block: message.repeat(count) }
    }

    /// One message.
    pub(crate) fn one(&self) -> &[u8] {
        &self.block[..self.framed]
    }
}

/// How far a stream of messages has come.
#[derive(Debug)]
pub(crate) struct Flow<'a> {
    load: &'a Load,
    end: Instant,
    /// Bytes on the wire.
    sent: u64,
    /// Payload bytes.
    received: u64,
    /// Up to which message may be sent now.
    limit: u64,
    /// What goes between two messages, as far as it was not sent.
    inserted: Vec<u8>,
}

impl<'a> Flow<'a> {
    pub(crate) fn new(load: &'a Load, end: Instant) -> Self {
        Self { load, end, sent: 0, received: 0, limit: load.window, inserted: Vec::new() }
    }

    /// How many messages came back.
    pub(crate) fn messages(&self) -> u64 {
        self.received / self.load.len as u64
    }

    /// Sends this, too, between two messages.
    pub(crate) fn insert(&mut self, bytes: Vec<u8>) {
        self.inserted.extend(bytes);
    }

    /// How many bytes of a message that was sent in part are left.
    fn unfinished(&self) -> u64 {
        let framed = self.load.framed as u64;
        (framed - self.sent % framed) % framed
    }

    /// What may be sent now.
    pub(crate) fn to_send(&self) -> Option<&[u8]> {
        let open = match (self.inserted.is_empty(), self.unfinished()) {
            (false, 0) => return Some(&self.inserted),
            (false, unfinished) => unfinished,
            (true, _) => self.limit * self.load.framed as u64 - self.sent,
        };
        let at = usize::try_from(self.sent % self.load.block.len() as u64).ok()?;
        let rest = &self.load.block[at..];
        let len = usize::try_from(open).map_or(rest.len(), |open| open.min(rest.len()));
        (len > 0).then_some(&rest[..len])
    }

    /// Records that so many bytes of it were sent.
    pub(crate) fn sent(&mut self, count: usize) {
        if self.inserted.is_empty() || self.unfinished() > 0 {
            self.sent += count as u64;
        } else {
            self.inserted.drain(..count);
        }
    }

    /// Takes payload; each whole message makes room for another one, until time is up.
    pub(crate) fn received(&mut self, count: usize) {
        self.received += count as u64;
        if Instant::now() < self.end {
            self.limit = self.messages() + self.load.window;
        }
    }

    /// Whether nothing is in flight: all that may be sent came back.
    pub(crate) fn is_done(&self) -> bool {
        self.messages() == self.limit
    }
}
