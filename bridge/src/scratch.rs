//! A buffer that the sessions of a thread share, and the connections to the own echo server.
//!
//! Each needs a buffer only from a read to the write that follows it, within one poll of its task, so
//! one for each thread is enough: whatever is idle has none, and the one in use stays in the
//! processor's cache. What the write leaves is copied, and kept until it is written; so the echo
//! server, which may keep less than [`CHUNK`], reads less than that at once.

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
