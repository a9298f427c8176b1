//! What a session told of its packets: captured ones, or what they are inferred from.

use std::cell::OnceCell;

use echo_core::packets::inferred::Trace;
use echo_core::packets::{Capture, Frame, Packet, PushOutcome, capture::MAX_PACKETS};
use echo_core::wire::{BridgeMessage, PacketTold, TcpInfo};

use crate::connection::ConnectionId;
use crate::connection::TraceEntry;
use crate::inspector::record::ConnectionRecord;
use crate::transcript::Direction;

/// What was told, as far as it was taken in.
#[derive(Debug, Default)]
pub struct CaptureSnapshot {
    of: Option<ConnectionId>,
    /// How many of the messages were taken in.
    taken: usize,
    /// How many rows the transcript had then.
    rows: u64,
    /// When the session began, in microseconds since 1970: told where packets are captured.
    began_us: Option<u64>,
    captured: Option<Capture>,
    /// How many packets passed that were not told, once no more follow.
    lost: Option<u64>,
    /// Where they passed, once that was told.
    interface: String,
    /// Whether the bridge has said its last word.
    is_over: bool,
    not_capturing: Option<String>,
    kernel: Option<TcpInfo>,
    trace: Trace,
    /// What follows from the trace, once somebody looks.
    inferred: OnceCell<Option<Capture>>,
}

impl CaptureSnapshot {
    /// Takes in what is new of a run; whether it is another run than before.
    pub fn keep_up(&mut self, record: &ConnectionRecord) -> bool {
        let is_other = self.of != Some(record.id);
        if is_other {
            *self = Self { of: Some(record.id), ..Self::default() };
        }
        let (heard, rows) = (record.trace.entries(), record.log.total());
        if heard.len() == self.taken && rows == self.rows {
            return is_other;
        }
        for it in heard.get(self.taken..).unwrap_or_default() {
            self.hear(it);
        }
        (self.taken, self.rows) = (heard.len(), rows);
        // The first packets are kept, and do not change any more once there are as many as may be.
        let is_full = |capture: &Option<Capture>| {
            capture.as_ref().is_some_and(|it| it.packets().len() >= MAX_PACKETS)
        };
        if !self.inferred.get().is_some_and(is_full) {
            self.inferred.take();
        }
        is_other
    }

    /// The packets of a run: the captured ones, or else what can be inferred.
    #[must_use]
    pub fn capture(&self, record: &ConnectionRecord, clock_began: f64) -> Option<&Capture> {
        if self.captured.is_some() || self.awaits() {
            return self.captured.as_ref();
        }
        self.inferred.get_or_init(|| self.infer(record, clock_began)).as_ref()
    }

    /// Whether what is shown was captured, and not inferred.
    #[must_use]
    pub fn is_captured(&self) -> bool {
        self.captured.is_some()
    }

    /// Whether packets are being captured: more may be told. The run itself may be over by then.
    #[must_use]
    pub fn is_capturing(&self) -> bool {
        self.began_us.is_some() && self.lost.is_none() && !self.is_over
    }

    /// Whether they are, and none was told yet.
    #[must_use]
    pub fn awaits(&self) -> bool {
        self.is_capturing() && self.captured.is_none()
    }

    /// How many packets passed that are not shown.
    #[must_use]
    pub fn left_out(&self) -> u64 {
        let kept = self.captured.as_ref().map_or(0, Capture::left_out);
        self.lost.unwrap_or(0) + kept
    }

    /// How many were not told by the bridge.
    #[must_use]
    pub fn lost(&self) -> u64 {
        self.lost.unwrap_or(0)
    }

    /// The network interface on which they passed; empty where that was not told.
    #[must_use]
    pub fn interface(&self) -> &str {
        &self.interface
    }

    /// Why packets were not captured, where they were asked for.
    #[must_use]
    pub fn not_capturing(&self) -> Option<&str> {
        self.not_capturing.as_deref()
    }

    /// What the kernel said last of the connection.
    #[must_use]
    pub fn kernel(&self) -> Option<&TcpInfo> {
        self.kernel.as_ref()
    }

    fn infer(&self, record: &ConnectionRecord, clock_began: f64) -> Option<Capture> {
        let known = |direction| {
            let kept = record.log.bytes(direction);
            if kept.start == 0 { kept.bytes } else { &[] }
        };
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a date")]
        let began_us = ((clock_began + record.log.started().as_ms()) * 1000.0) as u64;
        self.trace.packets(began_us * 1000, known(Direction::Sent), known(Direction::Received))
    }

    fn hear(&mut self, heard: &TraceEntry) {
        match heard {
            TraceEntry::Message(message) => {
                self.trace.record(message);
                self.told(message);
            }
            TraceEntry::Finish => self.trace.finish(),
            TraceEntry::Reset => self.trace.reset(),
        }
    }

    fn told(&mut self, message: &BridgeMessage) {
        match message {
            BridgeMessage::Capturing { began_us } => self.began_us = Some(*began_us),
            BridgeMessage::Packet(told) => self.take(told),
            BridgeMessage::Captured { lost, interface, .. } => {
                (self.lost, self.interface) = (Some(*lost), interface.clone());
            }
            BridgeMessage::NotCapturing { message } => self.not_capturing = Some(message.clone()),
            BridgeMessage::TcpInfo(info) => self.kernel = Some(*info),
            BridgeMessage::Closed { .. } => self.is_over = true,
            BridgeMessage::Connecting { .. }
            | BridgeMessage::Connected { .. }
            | BridgeMessage::Wrote { .. }
            | BridgeMessage::Read { .. }
            | BridgeMessage::Finished { .. }
            | BridgeMessage::Failed(_)
            | BridgeMessage::Ack { .. }
            | BridgeMessage::Unknown => {}
        }
    }

    fn take(&mut self, told: &PacketTold) {
        let began_us = self.began_us.unwrap_or_default();
        // The bridge tells of none that is not TCP.
        let Ok(packet) = Frame::from_message(told, began_us).and_then(Packet::decode) else {
            return;
        };
        match &mut self.captured {
            Some(capture) => {
                // Another address is another connection; the last one goes on.
                if capture.push(packet.clone()) == PushOutcome::Foreign {
                    *capture = Capture::of(packet);
                }
            }
            none => *none = Some(Capture::of(packet)),
        }
    }
}
