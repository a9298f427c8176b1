//! The limit of file descriptors.

use crate::client_listener::{MAX_LISTENERS, MAX_UNCLAIMED};

/// The descriptors of one session: its WebSocket, its target or a listener's socket, and the target's
/// other end in the own echo server.
const PER_SESSION: u64 = 3;
/// The descriptors of everything else: listeners, the runtime, connections that only fetch the
/// page.
const BESIDES: u64 = 320;
/// The descriptors of listeners of clients, and of connections that wait there, if there are as many
/// as may be. A lower limit is not reported: hardly anybody needs as many.
const LISTENERS: u64 = (MAX_LISTENERS * (1 + MAX_UNCLAIMED)) as u64;

/// Raises the soft limit to what `sessions` need, as far as the hard limit allows.
///
/// # Errors
/// Returns a sentence for the user if the limit is too low for that many sessions.
pub fn raise(sessions: u32) -> Result<(), String> {
    let needed = u64::from(sessions) * PER_SESSION + BESIDES;
    let limit = rlimit::increase_nofile_limit(needed + LISTENERS)
        .map_err(|error| format!("cannot raise the limit of file descriptors: {error}"))?;
    if limit >= needed {
        return Ok(());
    }
    let fitting = limit.saturating_sub(BESIDES) / PER_SESSION;
    Err(format!(
        "only {limit} file descriptors may be open, enough for about {fitting} sessions of \
         {sessions}: raise the hard limit (ulimit -Hn), or lower --max-sessions"
    ))
}
