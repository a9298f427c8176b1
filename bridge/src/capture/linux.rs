//! Linux: a packet socket for each session that asks, which the kernel filters.

mod filter;
mod gauge;
mod off_runtime;
mod over;
mod socket;
mod tap;

use std::io;

pub(crate) use gauge::Gauge;
pub(super) use tap::Tap;

/// Whether a packet socket can be had.
pub(super) fn probe() -> Result<(), (String, String)> {
    let Err(error) = socket::PacketSocket::probe() else { return Ok(()) };
    if error.kind() != io::ErrorKind::PermissionDenied {
        return Err((error.to_string(), String::new()));
    }
    let program =
        std::env::current_exe().map_or("tcp-bridge".into(), |path| path.display().to_string());
    let reason = "capturing needs root or the capability CAP_NET_RAW".into();
    Err((reason, format!("sudo setcap cap_net_raw+ep {program}")))
}
