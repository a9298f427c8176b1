//! What the kernel says of the connection.

use echo_core::wire::TcpInfo;

/// A number that the kernel reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KernelValue {
    /// The smoothed round-trip time, in microseconds.
    Rtt(u32),
    /// How much the round-trip time varies, in microseconds.
    RttVariance(u32),
    /// The retransmission timeout, in microseconds.
    Rto(u32),
    /// The congestion window, in segments.
    CongestionWindow(u32),
    /// The largest payload of a segment, in bytes.
    Mss(u32),
    /// How many segments were sent again.
    Retransmits(u32),
    /// How many segments were received.
    SegmentsIn(u32),
    /// How many segments were sent.
    SegmentsOut(u32),
    /// How many segments were sent and are not acknowledged yet.
    Unacknowledged(u32),
}

impl KernelValue {
    /// How many there are.
    pub const COUNT: usize = 9;

    /// Returns all of them, in the order in which they are shown.
    #[must_use]
    pub fn all(info: &TcpInfo) -> [Self; Self::COUNT] {
        [
            Self::Rtt(info.rtt_us),
            Self::RttVariance(info.rttvar_us),
            Self::Rto(info.rto_us),
            Self::CongestionWindow(info.cwnd),
            Self::Mss(info.mss),
            Self::Retransmits(info.retransmits),
            Self::SegmentsIn(info.segs_in),
            Self::SegmentsOut(info.segs_out),
            Self::Unacknowledged(info.unacked),
        ]
    }
}
