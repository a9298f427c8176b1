//! The kernel's `TCP_INFO` of a session's connection (tcp(7)).

use std::convert::Infallible;
use std::os::fd::{AsFd as _, OwnedFd};

use echo_core::wire::{BridgeMessage, TcpInfo};
use nix::sys::socket::getsockopt;
use nix::{getsockopt_impl, sockopt_impl};
use tokio::net::TcpStream;
use tokio::time::{Duration, Instant, MissedTickBehavior, interval};

use crate::capture::events::EventSender;
use crate::micros::micros;

/// How often `TCP_INFO` is read.
const POLL_INTERVAL: Duration = Duration::from_millis(250);

/// Reads the `TCP_INFO` of one connection at intervals, and sends it when it has changed.
///
/// It holds a duplicate of the connection's descriptor, so that the kernel does not close the
/// connection before the last reading.
#[derive(Debug)]
pub(crate) struct TcpInfoPoller {
    observed: Option<(OwnedFd, EventSender)>,
    start: Instant,
    last_sent: Option<TcpInfo>,
}

impl TcpInfoPoller {
    /// Creates a poller of `stream`, which does nothing without one, or without a `sender`; times
    /// count from `start`.
    pub(crate) fn new(
        stream: Option<&TcpStream>,
        start: Instant,
        sender: Option<EventSender>,
    ) -> Self {
        let stream = stream.filter(|_| sender.is_some());
        let stream = stream.and_then(|stream| stream.as_fd().try_clone_to_owned().ok());
        Self { observed: stream.zip(sender), start, last_sent: None }
    }

    /// Sends the connection's state now and, every [`POLL_INTERVAL`], whenever it has changed. The
    /// future never resolves; dropping it loses nothing.
    pub(crate) async fn run(&mut self) -> Infallible {
        if self.observed.is_none() {
            return std::future::pending().await;
        }
        let mut ticks = interval(POLL_INTERVAL);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            self.poll();
        }
    }

    /// Sends the connection's state a last time, if it has changed.
    pub(crate) fn finish(mut self) {
        self.poll();
    }

    fn poll(&mut self) {
        let Some((stream, sender)) = &self.observed else { return };
        let Ok(raw) = getsockopt(stream, TcpInfoOption) else { return };
        let info = raw.to_message(micros(self.start.elapsed()));
        let differs = |last: &TcpInfo| TcpInfo { at_us: last.at_us, ..info } != *last;
        if self.last_sent.as_ref().is_none_or(differs) {
            sender.send(BridgeMessage::TcpInfo(info));
            self.last_sent = Some(info);
        }
    }
}

sockopt_impl!(
    /// The socket option `TCP_INFO`.
    TcpInfoOption,
    GetOnly,
    libc::IPPROTO_TCP,
    libc::TCP_INFO,
    RawTcpInfo
);

/// The first fields of `struct tcp_info` (`linux/tcp.h`), as Linux has them since 4.2. The kernel
/// fills in as many bytes as are asked for, and newer kernels only append fields.
#[allow(unreachable_pub, reason = "the macro makes the option public, and what it gives")]
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct RawTcpInfo {
    bytes: [u8; 8],
    rto: u32,
    ato: u32,
    snd_mss: u32,
    /// `rcv_mss`, `unacked`, `sacked`, `lost`, `retrans`, `fackets`.
    counts: [u32; 6],
    /// `last_data_sent` to `last_ack_recv`, `pmtu`, `rcv_ssthresh`.
    times: [u32; 6],
    rtt: u32,
    rttvar: u32,
    snd_ssthresh: u32,
    snd_cwnd: u32,
    /// `advmss`, `reordering`, `rcv_rtt`, `rcv_space`.
    sizes: [u32; 4],
    total_retrans: u32,
    /// `pacing_rate`, `max_pacing_rate`, `bytes_acked`, `bytes_received`.
    totals: [u64; 4],
    segs_out: u32,
    segs_in: u32,
}

impl RawTcpInfo {
    /// Returns the message with these values, read at `at_us` after the session's start.
    fn to_message(self, at_us: u64) -> TcpInfo {
        TcpInfo {
            at_us,
            rtt_us: self.rtt,
            rttvar_us: self.rttvar,
            rto_us: self.rto,
            cwnd: self.snd_cwnd,
            mss: self.snd_mss,
            retransmits: self.total_retrans,
            segs_in: self.segs_in,
            segs_out: self.segs_out,
            unacked: self.counts[1],
        }
    }
}

#[cfg(test)]
mod tests {
    use std::mem::offset_of;

    use super::*;

    #[test]
    fn each_field_is_at_the_offset_where_the_kernel_writes_it() {
        let places = [
            (offset_of!(RawTcpInfo, rto), offset_of!(libc::tcp_info, tcpi_rto)),
            (offset_of!(RawTcpInfo, snd_mss), offset_of!(libc::tcp_info, tcpi_snd_mss)),
            (offset_of!(RawTcpInfo, counts) + 4, offset_of!(libc::tcp_info, tcpi_unacked)),
            (offset_of!(RawTcpInfo, rtt), offset_of!(libc::tcp_info, tcpi_rtt)),
            (offset_of!(RawTcpInfo, rttvar), offset_of!(libc::tcp_info, tcpi_rttvar)),
            (offset_of!(RawTcpInfo, snd_cwnd), offset_of!(libc::tcp_info, tcpi_snd_cwnd)),
            (offset_of!(RawTcpInfo, total_retrans), offset_of!(libc::tcp_info, tcpi_total_retrans)),
            (offset_of!(RawTcpInfo, segs_out), offset_of!(libc::tcp_info, tcpi_segs_out)),
            (offset_of!(RawTcpInfo, segs_in), offset_of!(libc::tcp_info, tcpi_segs_in)),
        ];
        for (ours, kernels) in places {
            assert_eq!(ours, kernels);
        }
    }
}
