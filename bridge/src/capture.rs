//! What passes on the wire of a session, for clients that ask: its own packets, and what the kernel
//! knows of its connection.
//!
//! Nothing of anyone else's is ever seen: a filter in the kernel passes exactly this connection,
//! both addresses and both ports, and takes hold before the first packet can arrive. It begins only
//! after the target was allowed.
//!
//! - [`Watch`]: what a session asked to be told, from its beginning to its end;
//! - [`News`]: the bounded queue that takes it to the client;
//! - [`CaptureLimit`]: how many sessions may capture at once;
//! - `linux`: a packet socket, its filter, its task, and `TCP_INFO`; `elsewhere`: why there is none.

#[cfg(not(target_os = "linux"))]
mod elsewhere;
mod limit;
#[cfg(target_os = "linux")]
mod linux;
mod news;
mod watch;

use echo_core::wire::CaptureInfo;

#[cfg(not(target_os = "linux"))]
use elsewhere as system;
pub(crate) use limit::CaptureLimit;
#[cfg(target_os = "linux")]
use linux as system;
pub(crate) use news::News;
pub(crate) use watch::Watch;

/// Whether this process may capture packets; if not, why, and what would allow it.
pub(crate) fn support() -> CaptureInfo {
    match system::probe() {
        Ok(()) => CaptureInfo { possible: true, reason: String::new(), remedy: String::new() },
        Err((reason, remedy)) => CaptureInfo { possible: false, reason, remedy },
    }
}
