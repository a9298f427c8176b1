//! The packets that a session's trace stands for, where none could be captured.
//!
//! A read is a read, not a packet: how bytes were cut into packets, their numbers, windows and
//! acknowledgements are made up, as a plain TCP would have sent them. Each packet says what of it
//! was measured ([`Origin`](super::Origin)); everything else is marked as inferred.

mod build;
mod known;

use std::net::SocketAddr;

use super::capture::{Capture, End, MAX_PACKETS};
use crate::wire::{BridgeMessage, Kind, Party, Stage};
use build::Builder;
pub(super) use known::{ALL as KNOWN, text};

/// What a session's messages say of its TCP connection, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    client: Option<SocketAddr>,
    server: Option<SocketAddr>,
    /// Whether the bridge is the server: the connection came in.
    is_accepted: bool,
    /// The largest segment, in bytes, if the kernel reported it.
    mss: Option<u16>,
    steps: Vec<Step>,
}

/// Something that happened, in microseconds since the session's start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Step {
    at_us: u64,
    what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    /// The client called.
    Called,
    /// The handshake was done.
    Connected,
    /// Nothing listened there.
    Refused,
    /// This end said so many bytes.
    Data(End, u64),
    /// This end sent FIN; whether the time was measured.
    Finished(End, bool),
    /// This end sent RST.
    Reset(End),
}

impl Trace {
    /// Records a message of the bridge. Messages that do not concern TCP are ignored.
    pub fn record(&mut self, message: &BridgeMessage) {
        match *message {
            BridgeMessage::Connecting { ref address, .. } => {
                // Another address is another connection; only the last one goes on.
                *self = Self { server: address.socket(), ..Self::default() };
            }
            BridgeMessage::Connected { ref local, ref peer, resolve_us, connect_us } => {
                (self.client, self.server) = (local.socket(), peer.socket());
                self.push(resolve_us, What::Called);
                self.push(resolve_us.saturating_add(connect_us), What::Connected);
            }
            BridgeMessage::Accepted { ref local, ref peer, .. } => {
                // The handshake was before the session began.
                (self.client, self.server) = (peer.socket(), local.socket());
                self.is_accepted = true;
                self.push(0, What::Called);
                self.push(0, What::Connected);
            }
            BridgeMessage::Wrote { bytes, at_us, .. } => {
                // The packet passes within the call: most often about a microsecond before it
                // returns, as captures show.
                self.push(at_us, What::Data(self.near(), bytes));
            }
            BridgeMessage::Read { bytes, at_us } => {
                self.push(at_us, What::Data(self.far(), bytes));
            }
            BridgeMessage::Finished { at_us } => {
                self.push(at_us, What::Finished(self.far(), true));
            }
            BridgeMessage::Failed(ref failure) => self.failed(failure.stage, failure.kind),
            BridgeMessage::Closed { by, duration_us, .. } => self.closed(by, duration_us),
            BridgeMessage::TcpInfo(ref info) => self.mss = u16::try_from(info.mss).ok(),
            BridgeMessage::Ack { .. }
            | BridgeMessage::Capturing { .. }
            | BridgeMessage::NotCapturing { .. }
            | BridgeMessage::Packet(_)
            | BridgeMessage::Captured { .. }
            | BridgeMessage::Listening { .. }
            | BridgeMessage::Incoming { .. }
            | BridgeMessage::Abandoned { .. }
            | BridgeMessage::Secured(_)
            | BridgeMessage::TlsSecrets { .. }
            | BridgeMessage::Unknown => {}
        }
    }

    /// The session's client said that no more bytes follow: the bridge sends FIN once all are written,
    /// if the connection still stands.
    pub fn finish(&mut self) {
        if self.is_open() && !self.has_finished(self.near()) {
            self.push(self.last_us(), What::Finished(self.near(), false));
        }
    }

    /// The session's client asked for RST.
    pub fn reset(&mut self) {
        if self.is_open() {
            self.push(self.last_us(), What::Reset(self.near()));
        }
    }

    /// Returns the bridge's end.
    fn near(&self) -> End {
        if self.is_accepted { End::Server } else { End::Client }
    }

    /// Returns the end of the session's target.
    fn far(&self) -> End {
        self.near().other()
    }

    /// Returns whether the connection was established, and not reset.
    fn is_open(&self) -> bool {
        self.client.is_some() && !self.steps.iter().any(|it| matches!(it.what, What::Reset(_)))
    }

    /// The packets. `began_ns` is when the session began, in nanoseconds since 1970 (UTC); `sent`
    /// and `received` are all bytes of either direction, as the session's client sees it, as far as
    /// they are known.
    #[must_use]
    pub fn packets(&self, began_ns: u64, sent: &[u8], received: &[u8]) -> Option<Capture> {
        let server = self.server.filter(|_| !self.steps.is_empty())?;
        let said = if self.is_accepted { [received, sent] } else { [sent, received] };
        let mut builder = Builder::new(self.client, server, self.mss, said);
        for step in &self.steps {
            builder.at(began_ns.saturating_add(step.at_us.saturating_mul(1000)));
            match step.what {
                What::Called => builder.call(),
                What::Connected => builder.connect(),
                What::Refused => builder.refuse(),
                What::Data(by, bytes) => builder.data(by, bytes),
                What::Finished(by, timed) => builder.finish(by, timed),
                What::Reset(by) => builder.reset(by),
            }
        }
        Some(builder.capture)
    }

    fn failed(&mut self, stage: Stage, kind: Kind) {
        match (stage, kind) {
            (Stage::Connect, Kind::Refused) => {
                self.push(0, What::Called);
                self.push(0, What::Refused);
            }
            (Stage::Connect, Kind::Timeout) => self.push(0, What::Called),
            (Stage::Read | Stage::Write, Kind::Reset) => {
                self.push(self.last_us(), What::Reset(self.far()));
            }
            // The bridge lets go of a target with RST after every failure that it tells of.
            (
                Stage::Idle | Stage::Limit | Stage::Protocol | Stage::Shutdown | Stage::Operator,
                _,
            ) => self.reset(),
            _ => {}
        }
    }

    /// The last word. Where both ends finished and the client's FIN was not told, it was sent.
    fn closed(&mut self, by: Party, duration_us: u64) {
        let is_unfinished = self.has_finished(self.far()) && !self.has_finished(self.near());
        if self.is_open() && by != Party::Bridge && is_unfinished {
            self.push(duration_us, What::Finished(self.near(), false));
        }
    }

    fn has_finished(&self, end: End) -> bool {
        self.steps.iter().any(|step| matches!(step.what, What::Finished(by, _) if by == end))
    }

    fn last_us(&self) -> u64 {
        self.steps.last().map_or(0, |step| step.at_us)
    }

    /// Each step is at least one packet, so no more of them could be shown.
    fn push(&mut self, at_us: u64, what: What) {
        if self.steps.len() < MAX_PACKETS {
            self.steps.push(Step { at_us, what });
        }
    }
}
