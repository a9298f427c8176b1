//! Limits of each connection to the echo server.

use tokio::time::Duration;

/// How long no byte may move on a connection until it is closed.
pub(super) const IDLE: Duration = Duration::from_hours(1);
/// The most bytes that are read at once and echoed before the next read, and so the most that wait
/// on a connection for a client that does not read. Larger reads are no faster
/// (`docs/performance.md`).
pub(super) const MAX_UNECHOED: usize = 32 * 1024;
/// The most bytes that a server with a fault reads at once.
pub(super) const CHUNK: usize = 16 * 1024;
