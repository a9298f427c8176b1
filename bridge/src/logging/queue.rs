//! The bounded queue of lines for standard error.

use std::io::{self, Write};
use std::mem;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The most bytes of lines that wait to be written, besides as many that are being written. A line
/// that does not fit is dropped, and counted.
const MAX_QUEUED: usize = 256 * 1024;
/// How long lines are collected between two writes, unless half of [`MAX_QUEUED`] waits: waking the
/// thread for each line of a busy bridge takes as long as making it. A line that follows none is
/// written at once.
const PAUSE: Duration = Duration::from_millis(10);

/// Lines that a thread of its own writes, so that adding a line never waits for the reader.
#[derive(Debug)]
pub(super) struct Queue {
    /// Returns the line that says how many were dropped.
    dropped_line: fn(u64) -> String,
    /// How long lines are collected between two writes.
    pause: Duration,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    lines: Vec<u8>,
    /// How many lines were dropped after `lines`.
    dropped: u64,
    /// What the thread that writes does.
    writer: WriterState,
    /// Whether somebody waits until every line is written.
    flushing: bool,
}

/// What the thread that writes does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum WriterState {
    /// It waits for a line.
    #[default]
    Idle,
    /// It writes lines that were taken from the queue.
    Writing,
    /// It has written, and lets further lines collect.
    Pausing,
}

impl State {
    /// Returns whether the queue is so full, or the process so near its end, that no further lines
    /// are collected.
    fn is_urgent(&self) -> bool {
        self.flushing || self.lines.len() >= MAX_QUEUED / 2
    }

    /// Returns whether a line has not been written.
    fn is_under_way(&self) -> bool {
        self.writer == WriterState::Writing || !self.lines.is_empty()
    }
}

impl Queue {
    /// Creates an empty queue. `dropped_line` returns the line that says how many were dropped.
    pub(super) fn new(dropped_line: fn(u64) -> String) -> Self {
        Self { dropped_line, pause: PAUSE, state: Mutex::default(), changed: Condvar::new() }
    }

    /// Adds a line, or counts it as dropped.
    pub(super) fn push(&self, line: &[u8]) {
        let mut state = self.lock();
        if state.lines.len() + line.len() > MAX_QUEUED {
            state.dropped += 1;
            return;
        }
        state.lines.extend_from_slice(line);
        let wakes = state.writer == WriterState::Idle || state.is_urgent();
        drop(state);
        if wakes {
            self.changed.notify_all();
        }
    }

    /// Writes the lines to `out` for ever. Where lines were dropped, a line says how many.
    pub(super) fn write_to(&self, mut out: impl Write) {
        loop {
            let lines = self.take();
            // There is no other place to report an error.
            let _ = out.write_all(&lines).and_then(|()| out.flush());
        }
    }

    /// Waits for lines, and takes them; those that follow others once the pause is over. The lines that
    /// were taken before have been written.
    fn take(&self) -> Vec<u8> {
        let mut state = self.lock();
        if state.writer == WriterState::Writing {
            state.writer = WriterState::Pausing;
            if state.flushing {
                self.changed.notify_all();
            }
            let paused =
                self.changed.wait_timeout_while(state, self.pause, |state| !state.is_urgent());
            state = paused.unwrap_or_else(PoisonError::into_inner).0;
        }
        state.writer = WriterState::Idle;
        let waited = self.changed.wait_while(state, |state| state.lines.is_empty());
        state = waited.unwrap_or_else(PoisonError::into_inner);
        state.writer = WriterState::Writing;
        let mut lines = mem::take(&mut state.lines);
        match mem::take(&mut state.dropped) {
            0 => {}
            dropped => lines.extend((self.dropped_line)(dropped).into_bytes()),
        }
        lines
    }

    /// Waits until every line is written, but no longer than `limit`.
    pub(super) fn flush(&self, limit: Duration) {
        let mut state = self.lock();
        state.flushing = true;
        self.changed.notify_all();
        let _ = self.changed.wait_timeout_while(state, limit, |state| state.is_under_way());
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An event is written at once and whole, newline included.
impl Write for &Queue {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.push(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::mpsc::{self, Receiver, SyncSender};
    use std::thread;

    use super::*;

    /// A pipe that holds nothing: a write returns once it was read.
    struct Pipe(SyncSender<Vec<u8>>);

    impl Write for Pipe {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.send(bytes.to_vec()).map_err(io::Error::other)?;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn queue() -> (Arc<Queue>, Receiver<Vec<u8>>) {
        pausing(PAUSE)
    }

    fn pausing(pause: Duration) -> (Arc<Queue>, Receiver<Vec<u8>>) {
        let queue = Queue::new(|dropped| format!("{dropped} are missing\n"));
        let queue = Arc::new(Queue { pause, ..queue });
        let (sender, written) = mpsc::sync_channel(0);
        let writer = queue.clone();
        thread::spawn(move || writer.write_to(Pipe(sender)));
        (queue, written)
    }

    fn lines(written: &Receiver<Vec<u8>>) -> String {
        String::from_utf8(written.recv().unwrap()).unwrap()
    }

    #[test]
    fn what_finds_no_room_is_dropped_and_told_where_it_is_missing() {
        let (queue, written) = queue();
        queue.push(b"first\n");
        // Its writer waits to be read from here on.
        while queue.lock().writer != WriterState::Writing {
            thread::yield_now();
        }
        let line = [b"x".repeat(99), b"\n".to_vec()].concat();
        let room = MAX_QUEUED / line.len();
        for _ in 0..room + 7 {
            queue.push(&line);
        }
        assert_eq!(lines(&written), "first\n");
        let rest = lines(&written);
        assert_eq!(rest.matches('\n').count(), room + 1);
        let last = rest.lines().last().unwrap();
        assert_eq!(last, "7 are missing");
        queue.push(b"last\n");
        assert_eq!(lines(&written), "last\n", "they are reported once");
    }

    #[test]
    fn lines_that_follow_each_other_are_written_together() {
        let (queue, written) = pausing(Duration::MAX);
        queue.push(b"first\n");
        assert_eq!(lines(&written), "first\n", "nothing came before it");
        queue.push(b"second\n");
        queue.push(b"third\n");
        queue.flush(Duration::ZERO);
        assert_eq!(lines(&written), "second\nthird\n", "the end of the process waits for no more");
    }

    #[test]
    fn no_line_is_dropped_because_others_are_collected() {
        let (queue, written) = pausing(Duration::MAX);
        let line = vec![b'x'; MAX_QUEUED / 2];
        for _ in 0..3 {
            queue.push(&line);
            assert_eq!(written.recv().unwrap().len(), line.len());
        }
    }

    #[test]
    fn flushing_waits_for_what_is_written_but_for_no_reader() {
        let (queue, written) = queue();
        queue.push(b"line\n");
        queue.flush(Duration::from_millis(1));
        assert_eq!(lines(&written), "line\n");
        queue.flush(Duration::MAX);
        let state = queue.lock();
        assert!(!state.is_under_way());
    }
}
