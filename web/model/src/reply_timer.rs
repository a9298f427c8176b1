//! How long a reply took.

/// How long a reply took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReplyTimes {
    /// From the first write to the target to the last read that the reply needed, by the bridge's
    /// clock, in microseconds; none if the read was stamped before the write, as it may be when
    /// they happen on two threads.
    pub tcp_us: Option<u64>,
    /// From handing the message to the browser to having the reply, in milliseconds.
    pub browser_ms: f64,
}

/// What the bridge's trace has told, and the page's own clock.
#[derive(Debug)]
pub struct ReplyTimer {
    handed_at: f64,
    complete_at: Option<f64>,
    wrote: u64,
    first_write_us: Option<u64>,
    last_read_us: Option<u64>,
}

impl ReplyTimer {
    /// Begins when the message is handed to the browser.
    #[must_use]
    pub fn begin(at: f64) -> Self {
        let (first_write_us, last_read_us) = (None, None);
        Self { handed_at: at, complete_at: None, wrote: 0, first_write_us, last_read_us }
    }

    /// So many bytes were written to the target.
    pub fn write(&mut self, bytes: u64, at_us: u64) {
        self.wrote += bytes;
        self.first_write_us.get_or_insert(at_us);
    }

    /// How many bytes have been written to the target.
    #[must_use]
    pub fn wrote(&self) -> u64 {
        self.wrote
    }

    /// Something that the reply needs was read from the target.
    pub fn read(&mut self, at_us: u64) {
        self.last_read_us = Some(at_us);
    }

    /// The reply is complete.
    pub fn complete(&mut self, at: f64) {
        self.complete_at.get_or_insert(at);
    }

    /// How long the reply took, once it is complete.
    #[must_use]
    pub fn times(&self) -> Option<ReplyTimes> {
        let browser_ms = self.complete_at? - self.handed_at;
        let took = |(read, write): (u64, u64)| read.checked_sub(write);
        let tcp_us = self.last_read_us.zip(self.first_write_us).and_then(took);
        Some(ReplyTimes { tcp_us, browser_ms })
    }
}
