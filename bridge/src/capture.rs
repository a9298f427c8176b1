//! The packets of a session's TCP connection, and the kernel's `TCP_INFO`, for clients that ask.
//!
//! A session sees only its own packets: a filter in the kernel passes exactly one connection, both
//! addresses and both ports. It is attached before the first packet can arrive, and only after the
//! policy has allowed the target.
//!
//! - [`Monitor`]: what one session observes, from its beginning to its end;
//! - [`SessionEvents`]: the bounded queue from the observers to the client;
//! - [`CaptureLimit`]: how many sessions may capture at once;
//! - `linux`: the packet socket, its filter and its task, and `TCP_INFO`;
//! - `unsupported`: the same interface for other systems, which always fails.

mod events;
mod limit;
#[cfg(target_os = "linux")]
mod linux;
mod monitor;
#[cfg(not(target_os = "linux"))]
mod unsupported;

use echo_core::wire::CaptureInfo;

pub(crate) use events::SessionEvents;
pub(crate) use limit::CaptureLimit;
#[cfg(target_os = "linux")]
use linux as system;
pub(crate) use monitor::Monitor;
#[cfg(not(target_os = "linux"))]
use unsupported as system;

/// Returns whether this process may capture packets. If not, the result has the reason, and the
/// command that would allow it where there is one.
pub(crate) fn support() -> CaptureInfo {
    match system::probe() {
        Ok(()) => CaptureInfo { possible: true, reason: String::new(), remedy: String::new() },
        Err((reason, remedy)) => CaptureInfo { possible: false, reason, remedy },
    }
}
