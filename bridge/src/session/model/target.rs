//! The target of a session: it sends what it is told to, and reads unless it stalls.

use super::pattern;
use crate::stream::simulated::{End, FarEnd};

pub(super) struct Target {
    pub(super) connection: FarEnd,
    /// How many bytes it still has to send.
    pub(super) waiting: u64,
    pub(super) sent: u64,
    pub(super) heard: u64,
    pub(super) stalls: bool,
    /// How it ended, once nothing is waiting.
    pub(super) end: Option<End>,
}

impl Target {
    pub(super) fn new(connection: FarEnd) -> Self {
        Self { connection, waiting: 0, sent: 0, heard: 0, stalls: false, end: None }
    }

    /// Does what it can. Returns whether anything moved.
    pub(super) fn pump(&mut self) -> bool {
        let before = (self.sent, self.heard);
        if self.end != Some(End::Reset) {
            self.write();
        }
        if !self.stalls {
            let heard = self.connection.read();
            pattern::check(self.heard, &heard, "the target");
            self.heard += heard.len() as u64;
        }
        (self.sent, self.heard) != before
    }

    fn write(&mut self) {
        while self.waiting > 0 {
            let count = usize::try_from(self.waiting)
                .map_or(pattern::LONGEST, |waiting| waiting.min(pattern::LONGEST));
            let written = self.connection.write(pattern::bytes(self.sent, count)) as u64;
            if written == 0 {
                return;
            }
            self.sent += written;
            self.waiting -= written;
        }
        if self.end == Some(End::Fin) {
            self.connection.finish();
        }
    }

    /// Ends what it sends. After RST nothing can be read either.
    pub(super) fn end(&mut self, end: End) {
        self.end = Some(end);
        if end == End::Reset {
            self.waiting = 0;
            self.connection.reset();
        }
    }
}
