//! Messages as bytes on the wire: as they are, or each in a masked WebSocket frame (RFC 6455,
//! section 5.2).
//!
//! Frames are made once and written as they are, and of what arrives only headers are looked at:
//! a client of WebSocket must not cost more than one of TCP, or it would be what is measured.

use std::io::Cursor;

use tokio_tungstenite::tungstenite::protocol::frame::coding::{Control, Data, OpCode};
use tokio_tungstenite::tungstenite::protocol::frame::{Frame, FrameHeader};

/// Any but zero, which a server might take for no mask at all.
const MASK: [u8; 4] = [0x5a, 0xc3, 0x17, 0x8e];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wire {
    Tcp,
    /// Messages of bytes alone.
    WebSocket,
    /// The dialect `tcp-bridge.v1`, whose text messages are control.
    Control,
}

impl Wire {
    /// A message of `len` bytes as a client sends it.
    pub(crate) fn message(self, len: usize) -> Vec<u8> {
        let payload: Vec<u8> = (0..=u8::MAX).cycle().take(len).collect();
        match self {
            Self::Tcp => payload,
            _ => masked(Frame::message(payload, OpCode::Data(Data::Binary), true)),
        }
    }

    /// How a client says that it is done, where that is more than FIN: a Close without a code.
    pub(crate) fn close(self) -> Option<Vec<u8>> {
        (self != Self::Tcp).then(|| masked(Frame::close(None)))
    }
}

/// A text message as a client sends it.
pub(crate) fn text(text: String) -> Vec<u8> {
    masked(Frame::message(text, OpCode::Data(Data::Text), true))
}

fn masked(mut frame: Frame) -> Vec<u8> {
    frame.header_mut().mask = Some(MASK);
    let mut bytes = Vec::new();
    frame.format(&mut bytes).expect("a vector takes all");
    bytes
}

/// Counts the payload bytes in what arrives, however it is cut.
#[derive(Debug)]
pub(crate) struct Counter {
    wire: Wire,
    /// As much of a header as has come.
    header: Vec<u8>,
    /// Whether the frame under way is data, and how much of it is still to come.
    is_data: bool,
    rest: usize,
    pub(crate) closed: bool,
}

impl Counter {
    pub(crate) fn new(wire: Wire) -> Self {
        Self { wire, header: Vec::new(), is_data: false, rest: 0, closed: false }
    }

    pub(crate) fn count(&mut self, mut bytes: &[u8]) -> usize {
        if self.wire == Wire::Tcp {
            return bytes.len();
        }
        let mut payload = 0;
        loop {
            let step = self.rest.min(bytes.len());
            payload += if self.is_data { step } else { 0 };
            self.rest -= step;
            bytes = &bytes[step..];
            if bytes.is_empty() {
                return payload;
            }
            self.take_header(&mut bytes);
        }
    }

    fn take_header(&mut self, bytes: &mut &[u8]) {
        while let [first, rest @ ..] = *bytes {
            self.header.push(*first);
            *bytes = rest;
            if let Ok(Some((header, length))) = FrameHeader::parse(&mut Cursor::new(&self.header)) {
                self.header.clear();
                // A text message of `tcp-bridge.v1` is control, and comes in one frame.
                self.is_data = match header.opcode {
                    OpCode::Data(kind) => self.wire != Wire::Control || kind != Data::Text,
                    OpCode::Control(_) => false,
                };
                self.closed |= header.opcode == OpCode::Control(Control::Close);
                self.rest = usize::try_from(length).unwrap_or(usize::MAX);
                return;
            }
        }
    }
}
