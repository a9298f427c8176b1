//! Capture on Linux: one packet socket for each session that asks, filtered by the kernel.

mod capture_task;
mod close_tracker;
mod filter;
mod off_runtime;
mod socket;
mod tcp_info;

use std::io;

use echo_core::shell::word;
use nix::errno::Errno;

pub(super) use capture_task::CaptureTask;
pub(crate) use tcp_info::TcpInfoPoller;

/// Checks whether this process may open a packet socket.
///
/// # Errors
/// Returns the reason, and the command that would allow it, which is empty where there is none.
pub(super) fn probe() -> Result<(), (String, String)> {
    let Err(error) = socket::PacketSocket::probe() else { return Ok(()) };
    if error.raw_os_error() == Some(Errno::EAFNOSUPPORT as i32) {
        let reason = "the system keeps packet sockets from the bridge, as its systemd unit does \
                      without the drop-in that stands in it";
        return Err((reason.into(), String::new()));
    }
    if error.kind() != io::ErrorKind::PermissionDenied {
        return Err((error.to_string(), String::new()));
    }
    let program =
        std::env::current_exe().map_or("tcp-bridge".into(), |path| word(&path.to_string_lossy()));
    let reason = "capturing needs root or the capability CAP_NET_RAW".into();
    Err((reason, format!("sudo setcap cap_net_raw+ep {program}")))
}
