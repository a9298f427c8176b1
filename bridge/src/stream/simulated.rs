//! A connection in memory for tests, whose other end is in their hands: what it takes, and how it
//! ends, with FIN or RST.

use std::collections::VecDeque;
use std::io::{self, ErrorKind, IoSlice};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// How one direction of a connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Fin,
    Reset,
}

/// The bridge's end of the connection.
#[derive(Debug)]
pub(crate) struct Simulated(Arc<Mutex<State>>);

/// The other end of the connection, without tasks: each call does what it can at once.
#[derive(Debug)]
pub(crate) struct FarEnd(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    to_bridge: Direction,
    from_bridge: Direction,
    resets_on_close: bool,
    /// Whether a write by the bridge failed.
    has_failed: bool,
    /// What no program would do that keeps track of its connection.
    misuse: Option<&'static str>,
}

#[derive(Debug, Default)]
struct Direction {
    bytes: VecDeque<u8>,
    capacity: usize,
    /// How many bytes were ever written.
    written: u64,
    end: Option<End>,
    /// Wakes the bridge.
    waker: Option<Waker>,
}

impl Direction {
    fn room(&self) -> usize {
        self.capacity - self.bytes.len()
    }

    fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend(bytes);
        self.written += bytes.len() as u64;
    }

    fn wake(&mut self) {
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }
}

/// Returns both ends of a connection that holds at most `capacity` bytes in each direction.
pub(crate) fn connection(capacity: usize) -> (Simulated, FarEnd) {
    let mut state = State::default();
    state.to_bridge.capacity = capacity;
    state.from_bridge.capacity = capacity;
    let state = Arc::new(Mutex::new(state));
    (Simulated(state.clone()), FarEnd(state))
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl FarEnd {
    /// Writes as much as there is room for, and returns how much that was. After an end it takes
    /// everything, as a kernel does that answers with RST.
    pub(crate) fn write(&self, bytes: &[u8]) -> usize {
        let mut state = lock(&self.0);
        if state.from_bridge.end == Some(End::Reset) || state.to_bridge.end.is_some() {
            return bytes.len();
        }
        let count = bytes.len().min(state.to_bridge.room());
        state.to_bridge.push(&bytes[..count]);
        state.to_bridge.wake();
        count
    }

    /// Reads all that is there.
    pub(crate) fn read(&self) -> Vec<u8> {
        let mut state = lock(&self.0);
        let bytes = state.from_bridge.bytes.drain(..).collect();
        state.from_bridge.wake();
        bytes
    }

    /// Sends FIN.
    pub(crate) fn finish(&self) {
        let mut state = lock(&self.0);
        state.to_bridge.end.get_or_insert(End::Fin);
        state.to_bridge.wake();
    }

    /// Sends RST. What the bridge has not read yet it still can, as on Linux.
    pub(crate) fn reset(&self) {
        let mut state = lock(&self.0);
        state.to_bridge.end = Some(End::Reset);
        state.from_bridge.end = Some(End::Reset);
        state.to_bridge.wake();
        state.from_bridge.wake();
    }

    /// Returns how many bytes were written to the bridge and not read by it.
    pub(crate) fn unread_by_bridge(&self) -> usize {
        lock(&self.0).to_bridge.bytes.len()
    }

    /// Returns how many bytes the bridge ever wrote.
    pub(crate) fn written_by_bridge(&self) -> u64 {
        lock(&self.0).from_bridge.written
    }

    /// Returns how the bridge ended its direction, or this end did by RST.
    pub(crate) fn end(&self) -> Option<End> {
        lock(&self.0).from_bridge.end
    }

    /// Returns what the bridge did that no program should.
    pub(crate) fn misuse(&self) -> Option<&'static str> {
        lock(&self.0).misuse
    }
}

impl Simulated {
    pub(crate) fn set_reset_on_close(&self) {
        lock(&self.0).resets_on_close = true;
    }

    fn poll_write_slices(
        &self,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let mut state = lock(&self.0);
        if state.has_failed {
            state.misuse = Some("a write after a write that failed");
        }
        match state.from_bridge.end {
            Some(End::Reset) => {
                state.has_failed = true;
                return Poll::Ready(Err(ErrorKind::ConnectionReset.into()));
            }
            Some(End::Fin) => {
                state.misuse = Some("a write after FIN");
                return Poll::Ready(Err(ErrorKind::BrokenPipe.into()));
            }
            None => {}
        }
        let mut written = 0;
        for slice in slices {
            let count = slice.len().min(state.from_bridge.room());
            state.from_bridge.push(&slice[..count]);
            written += count;
        }
        if written == 0 && slices.iter().any(|slice| !slice.is_empty()) {
            state.from_bridge.waker = Some(cx.waker().clone());
            return Poll::Pending;
        }
        Poll::Ready(Ok(written))
    }
}

impl AsyncRead for Simulated {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let mut state = lock(&self.0);
        let direction = &mut state.to_bridge;
        if direction.bytes.is_empty() {
            return match direction.end {
                Some(End::Fin) => Poll::Ready(Ok(())),
                Some(End::Reset) => Poll::Ready(Err(ErrorKind::ConnectionReset.into())),
                None => {
                    direction.waker = Some(cx.waker().clone());
                    Poll::Pending
                }
            };
        }
        let count = buffer.remaining().min(direction.bytes.len());
        let (front, _) = direction.bytes.as_slices();
        let count = count.min(front.len());
        buffer.put_slice(&front[..count]);
        direction.bytes.drain(..count);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Simulated {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.poll_write_slices(cx, &[IoSlice::new(bytes)])
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.poll_write_slices(cx, slices)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut state = lock(&self.0);
        if state.from_bridge.end == Some(End::Reset) {
            return Poll::Ready(Err(ErrorKind::NotConnected.into()));
        }
        state.from_bridge.end = Some(End::Fin);
        Poll::Ready(Ok(()))
    }
}

impl Drop for Simulated {
    /// As a kernel does, it sends RST where bytes were not read.
    fn drop(&mut self) {
        let mut state = lock(&self.0);
        let is_reset = state.resets_on_close || !state.to_bridge.bytes.is_empty();
        if is_reset {
            state.from_bridge.end = Some(End::Reset);
        } else {
            state.from_bridge.end.get_or_insert(End::Fin);
        }
    }
}
