//! The packets of a connection: captured ones as the bridge reported them, or inferred ones.

use std::cell::OnceCell;
use std::net::SocketAddr;
use std::rc::Rc;

use echo_core::packets::file::MAX_TLS_SECRETS;
use echo_core::packets::inferred::Trace;
use echo_core::packets::tls::{self, Record};
use echo_core::packets::{Capture, Frame, Packet, PushOutcome, capture::MAX_PACKETS};
use echo_core::wire::{BridgeMessage, PacketTold, TcpInfo};

use crate::connection::{ConnectionId, TraceEntry};
use crate::inspector::record::ConnectionRecord;
use crate::memo::Memo;
use crate::transcript::Direction;

/// What is known of a connection's packets, as far as its trace was taken in.
#[derive(Debug, Default)]
pub struct CaptureSnapshot {
    connection: Option<ConnectionId>,
    /// How many entries of the trace were taken in.
    taken: usize,
    /// How many rows the transcript had then.
    rows: u64,
    /// When the session began, in microseconds since 1970 (UTC); known where packets are captured.
    began_us: Option<u64>,
    captured: Option<Capture>,
    /// The ends of a connection that came in, client and server. Its SYN passed before packets were
    /// captured.
    accepted: Option<[SocketAddr; 2]>,
    /// How many packets passed that the bridge did not report, once it reports no more.
    lost: Option<u64>,
    /// The network interface; empty until the bridge reports it.
    interface: String,
    /// Whether the bridge has sent its last message.
    is_over: bool,
    not_capturing: Option<String>,
    tcp_info: Option<TcpInfo>,
    /// Whether the connection is encrypted.
    is_tls: bool,
    /// Lines of a key log, by which the packets can be decrypted.
    tls_secrets: String,
    trace: Trace,
    /// The packets inferred from the trace, once they are needed.
    inferred: OnceCell<Option<Capture>>,
    /// The records of TLS in so many packets.
    tls_records: Memo<usize, Vec<Record>>,
}

impl CaptureSnapshot {
    /// Takes in what is new on a connection, and returns whether it is another one than before.
    pub fn sync(&mut self, record: &ConnectionRecord) -> bool {
        let is_other = self.connection != Some(record.id);
        if is_other {
            *self = Self { connection: Some(record.id), ..Self::default() };
        }
        let (entries, rows) = (record.trace.entries(), record.log.total());
        if entries.len() == self.taken && rows == self.rows {
            return is_other;
        }
        for entry in entries.get(self.taken..).unwrap_or_default() {
            self.take_entry(entry);
        }
        (self.taken, self.rows) = (entries.len(), rows);
        // Of inferred packets the first ones are kept: a full list changes no more.
        let is_full = |capture: &Option<Capture>| {
            capture.as_ref().is_some_and(|it| it.packets().len() >= MAX_PACKETS)
        };
        if !self.inferred.get().is_some_and(is_full) {
            self.inferred.take();
        }
        is_other
    }

    /// Returns the packets of a connection: the captured ones, or else those that can be inferred.
    #[must_use]
    pub fn capture(&self, record: &ConnectionRecord, clock_began: f64) -> Option<&Capture> {
        if self.captured.is_some() || self.is_awaiting() {
            return self.captured.as_ref();
        }
        self.inferred.get_or_init(|| self.infer(record, clock_began)).as_ref()
    }

    /// Returns whether the packets were captured, and not inferred.
    #[must_use]
    pub fn is_captured(&self) -> bool {
        self.captured.is_some()
    }

    /// Returns whether packets are being captured: more may come, even after the end of the run.
    #[must_use]
    pub fn is_capturing(&self) -> bool {
        self.began_us.is_some() && self.lost.is_none() && !self.is_over
    }

    /// Returns whether packets are being captured, but none came yet.
    #[must_use]
    pub fn is_awaiting(&self) -> bool {
        self.is_capturing() && self.captured.is_none()
    }

    /// Returns how many packets passed that are not shown.
    #[must_use]
    pub fn left_out(&self) -> u64 {
        self.lost() + self.captured.as_ref().map_or(0, Capture::left_out)
    }

    /// Returns how many packets passed that the bridge did not report.
    #[must_use]
    pub fn lost(&self) -> u64 {
        self.lost.unwrap_or(0)
    }

    /// Returns the network interface on which the packets passed; empty if it is not known.
    #[must_use]
    pub fn interface(&self) -> &str {
        &self.interface
    }

    /// Returns why packets were not captured although the page asked for it.
    #[must_use]
    pub fn not_capturing(&self) -> Option<&str> {
        self.not_capturing.as_deref()
    }

    /// Returns what the kernel last said of the connection.
    #[must_use]
    pub fn tcp_info(&self) -> Option<&TcpInfo> {
        self.tcp_info.as_ref()
    }

    /// Returns the records of TLS in `capture`, the connection's packets.
    pub(super) fn tls_records(&self, capture: &Capture) -> Rc<Vec<Record>> {
        self.tls_records.get(capture.packets().len(), || tls::records(capture))
    }

    /// Returns whether the connection is encrypted.
    #[must_use]
    pub fn is_tls(&self) -> bool {
        self.is_tls
    }

    /// Returns the lines of a key log by which the packets can be decrypted; empty if there are none.
    #[must_use]
    pub fn tls_secrets(&self) -> &str {
        &self.tls_secrets
    }

    fn infer(&self, record: &ConnectionRecord, clock_began: f64) -> Option<Capture> {
        let known = |direction| record.log.bytes(direction).from_start();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a date")]
        let began_us = ((clock_began + record.log.started().as_ms()) * 1000.0) as u64;
        self.trace.packets(began_us * 1000, known(Direction::Sent), known(Direction::Received))
    }

    fn take_entry(&mut self, entry: &TraceEntry) {
        match entry {
            TraceEntry::Message(message) => {
                self.trace.record(message);
                self.take_message(message);
            }
            TraceEntry::Finish => self.trace.finish(),
            TraceEntry::Reset => self.trace.reset(),
        }
    }

    fn take_message(&mut self, message: &BridgeMessage) {
        match message {
            BridgeMessage::Capturing { began_us } => self.began_us = Some(*began_us),
            BridgeMessage::Packet(packet) => self.take_packet(packet),
            BridgeMessage::Captured { lost, interface, .. } => {
                (self.lost, self.interface) = (Some(*lost), interface.clone());
            }
            BridgeMessage::NotCapturing { message } => self.not_capturing = Some(message.clone()),
            BridgeMessage::TcpInfo(info) => self.tcp_info = Some(*info),
            BridgeMessage::Secured(_) => self.is_tls = true,
            BridgeMessage::TlsSecrets { lines } => self.take_secrets(lines),
            BridgeMessage::Closed { .. } => self.is_over = true,
            BridgeMessage::Accepted { local, peer, .. } => {
                self.accepted = peer.socket().zip(local.socket()).map(Into::into);
            }
            BridgeMessage::Connecting { .. }
            | BridgeMessage::Connected { .. }
            | BridgeMessage::Wrote { .. }
            | BridgeMessage::Read { .. }
            | BridgeMessage::Finished { .. }
            | BridgeMessage::Failed(_)
            | BridgeMessage::Ack { .. }
            | BridgeMessage::Listening { .. }
            | BridgeMessage::Incoming { .. }
            | BridgeMessage::Abandoned { .. }
            | BridgeMessage::Unknown => {}
        }
    }

    /// Keeps secrets beside the others, with a bound: a connection has fewer than ten.
    fn take_secrets(&mut self, lines: &str) {
        if self.tls_secrets.len() + lines.len() < MAX_TLS_SECRETS {
            self.tls_secrets.push_str(lines.trim_end());
            self.tls_secrets.push('\n');
        }
    }

    fn take_packet(&mut self, message: &PacketTold) {
        let began_us = self.began_us.unwrap_or_default();
        // The bridge sends none that is not TCP.
        let Ok(packet) = Frame::from_message(message, began_us).and_then(Packet::decode) else {
            return;
        };
        match &mut self.captured {
            Some(capture) => {
                // Other addresses are a second attempt to connect, which replaces the first.
                if capture.push(packet.clone()) == PushOutcome::Foreign {
                    *capture = Capture::of(packet);
                }
            }
            none => *none = Some(first_of(packet, self.accepted)),
        }
    }
}

/// Returns the capture that begins with a packet. Who is the client of a connection that came in is
/// known, although its SYN was not captured.
fn first_of(packet: Packet, accepted: Option<[SocketAddr; 2]>) -> Capture {
    let Some([client, server]) = accepted else { return Capture::of(packet) };
    let mut capture = Capture::new(client, server);
    capture.push(packet);
    capture
}
