//! The limit of file descriptors.

/// The descriptors of one session: its WebSocket, its target, and that target's other end in the
/// own echo server.
const PER_SESSION: u64 = 3;
/// The descriptors of everything else: listeners, the runtime, connections that only fetch the
/// page.
const BESIDES: u64 = 320;

/// Raises the soft limit to what `sessions` need, as far as the hard limit allows.
///
/// # Errors
/// Returns a sentence for the user if the limit is too low for that many sessions.
pub fn raise(sessions: u32) -> Result<(), String> {
    let needed = u64::from(sessions) * PER_SESSION + BESIDES;
    let limit = rlimit::increase_nofile_limit(needed)
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
