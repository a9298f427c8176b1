//! A buffer that the sessions of a thread share.
//!
//! A session needs a buffer only from a read to the write that follows it, within one poll of its
//! task, so one for each thread is enough: idle sessions have none, and the one in use stays in the
//! processor's cache.

use std::cell::Cell;

use crate::websocket::HEADER_ROOM;

/// The most bytes that are read at once.
pub(crate) const CHUNK: usize = 256 * 1024;

thread_local! {
    static SCRATCH: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// Calls `f` with the thread's buffer, which has room for a frame's header and [`CHUNK`] bytes. What
/// is in it means nothing.
pub(crate) fn with<R>(f: impl FnOnce(&mut [u8]) -> R) -> R {
    // A call inside of `f` would get a buffer of its own.
    let mut buffer = SCRATCH.take();
    if buffer.is_empty() {
        buffer = vec![0; HEADER_ROOM + CHUNK];
    }
    let result = f(&mut buffer);
    SCRATCH.set(buffer);
    result
}
