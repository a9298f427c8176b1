//! What the kernel knows of a connection: `TCP_INFO` (tcp(7)).

use std::convert::Infallible;
use std::os::fd::{AsFd as _, OwnedFd};

use echo_core::wire::{BridgeMessage, TcpInfo};
use nix::sys::socket::getsockopt;
use nix::{getsockopt_impl, sockopt_impl};
use tokio::net::TcpStream;
use tokio::time::{Duration, Instant, MissedTickBehavior, interval};

use crate::capture::news::Teller;
use crate::relay::micros;

/// How often the kernel is asked at most.
const EVERY: Duration = Duration::from_millis(250);

/// Asks the kernel about one connection while it is there; the connection is not closed before.
#[derive(Debug)]
pub(crate) struct Gauge {
    asked: Option<(OwnedFd, Teller)>,
    start: Instant,
    told: Option<TcpInfo>,
}

impl Gauge {
    /// Tells `teller` of `stream`, or does nothing; times count from `start`.
    pub(crate) fn new(stream: &TcpStream, start: Instant, teller: Option<Teller>) -> Self {
        let stream = teller.is_some().then(|| stream.as_fd().try_clone_to_owned().ok()).flatten();
        Self { asked: stream.zip(teller), start, told: None }
    }

    /// Tells of it now, and whenever something moved. It never ends; dropping it loses nothing.
    pub(crate) async fn run(&mut self) -> Infallible {
        if self.asked.is_none() {
            return std::future::pending().await;
        }
        let mut ticks = interval(EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            self.tell();
        }
    }

    /// Tells of it a last time, if something moved since.
    pub(crate) fn last(mut self) {
        self.tell();
    }

    fn tell(&mut self) {
        let Some((stream, teller)) = &self.asked else { return };
        let Ok(known) = getsockopt(stream, Raw) else { return };
        let info = known.told(micros(self.start.elapsed()));
        let moved = |told: &TcpInfo| TcpInfo { at_us: told.at_us, ..info } != *told;
        if self.told.as_ref().is_none_or(moved) {
            teller.tell(BridgeMessage::TcpInfo(info));
            self.told = Some(info);
        }
    }
}

sockopt_impl!(
    /// The socket option.
    Raw,
    GetOnly,
    libc::IPPROTO_TCP,
    libc::TCP_INFO,
    Asked
);

/// The beginning of `tcp_info` (linux/tcp.h), as Linux has had it since 4.2: a kernel fills in as
/// much as is asked for, and newer ones only know more.
#[allow(unreachable_pub, reason = "the macro makes the option public, and what it gives")]
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Asked {
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

impl Asked {
    fn told(&self, at_us: u64) -> TcpInfo {
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
    fn what_is_asked_for_is_where_the_kernel_writes_it() {
        let places = [
            (offset_of!(Asked, rto), offset_of!(libc::tcp_info, tcpi_rto)),
            (offset_of!(Asked, snd_mss), offset_of!(libc::tcp_info, tcpi_snd_mss)),
            (offset_of!(Asked, counts) + 4, offset_of!(libc::tcp_info, tcpi_unacked)),
            (offset_of!(Asked, rtt), offset_of!(libc::tcp_info, tcpi_rtt)),
            (offset_of!(Asked, rttvar), offset_of!(libc::tcp_info, tcpi_rttvar)),
            (offset_of!(Asked, snd_cwnd), offset_of!(libc::tcp_info, tcpi_snd_cwnd)),
            (offset_of!(Asked, total_retrans), offset_of!(libc::tcp_info, tcpi_total_retrans)),
            (offset_of!(Asked, segs_out), offset_of!(libc::tcp_info, tcpi_segs_out)),
            (offset_of!(Asked, segs_in), offset_of!(libc::tcp_info, tcpi_segs_in)),
        ];
        for (ours, kernels) in places {
            assert_eq!(ours, kernels);
        }
    }
}
