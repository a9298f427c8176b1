//! How long a reply took.

use crate::time::{Micros, PageTime};

/// How long a reply took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReplyTimes {
    /// From the beginning of the write that completed the message to the return of the read that
    /// completed the reply, by the bridge's clock; `None` if the reply was complete before that
    /// write, as that of a server which does not read the whole message may be.
    pub tcp: Option<Micros>,
    /// From handing the message to the browser to having the reply, in milliseconds.
    pub browser_ms: f64,
}

/// Measures how long a reply takes, by the bridge's clock and by the page's.
#[derive(Debug)]
pub struct ReplyTimer {
    started: PageTime,
    completed: Option<PageTime>,
    written_bytes: u64,
    last_write: Option<Micros>,
    last_read: Option<Micros>,
}

impl ReplyTimer {
    /// Starts when the message is handed to the browser.
    #[must_use]
    pub fn start(at: PageTime) -> Self {
        let (last_write, last_read) = (None, None);
        Self { started: at, completed: None, written_bytes: 0, last_write, last_read }
    }

    /// Records that the bridge wrote bytes of the message to the target, in a call that began at
    /// `began`.
    pub fn record_write(&mut self, bytes: u64, began: Micros) {
        self.written_bytes += bytes;
        self.last_write = Some(began);
    }

    /// Returns how many bytes the bridge has written to the target.
    #[must_use]
    pub fn written_bytes(&self) -> u64 {
        self.written_bytes
    }

    /// Records that the bridge read something that the reply needs, in a call that returned at
    /// `returned`.
    pub fn record_read(&mut self, returned: Micros) {
        self.last_read = Some(returned);
    }

    /// Records a piece of a reply of unknown length: it may be the last one.
    pub fn extend(&mut self, at: PageTime) {
        self.completed = Some(at);
    }

    /// Records that the reply is complete.
    pub fn complete(&mut self, at: PageTime) {
        self.completed.get_or_insert(at);
    }

    /// Returns how long the reply took, once it is complete.
    #[must_use]
    pub fn times(&self) -> Option<ReplyTimes> {
        let browser_ms = self.completed? - self.started;
        let tcp = self.last_read.zip(self.last_write).and_then(|(read, write)| read.since(write));
        Some(ReplyTimes { tcp, browser_ms })
    }
}
