//! What the bytes of a client mean (RFC 6455, section 5), decoded in place.

use std::io::Cursor;
use std::mem::take;
use std::ops::Range;

use bytes::Bytes;
use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::error::{CapacityError, ProtocolError};
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{CloseCode, Control, Data, OpCode};
use tokio_tungstenite::tungstenite::protocol::frame::{FrameHeader, Utf8Bytes};

use super::mask;
use super::utf8::{NotUtf8, Utf8};

/// The longest header of a frame, in bytes.
const MAX_HEADER: usize = 14;
/// The longest payload of a control frame, in bytes (RFC 6455, section 5.5).
const LONGEST_CONTROL: u64 = 125;

/// What a client's bytes mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Bytes of a message, which may come in any number of pieces.
    Data {
        /// The kind of the message.
        kind: DataKind,
        /// Where among the decoded bytes the piece is, which may be empty.
        payload: Range<usize>,
        /// Whether the message ends with it.
        is_last: bool,
    },
    /// Ping, with its payload.
    Ping(Bytes),
    /// Pong, with its payload.
    Pong(Bytes),
    /// Close. A code that may not be sent is told as 1002, as it is answered.
    Close(Option<CloseFrame>),
}

/// The kind of a message of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataKind {
    /// Text, which is UTF-8.
    Text,
    /// Any bytes.
    Binary,
}

/// Decodes the bytes of a client. Its memory is a constant, whatever the client sends.
#[derive(Debug)]
pub struct Decoder {
    /// The longest message, in bytes.
    max_message: usize,
    /// The beginning of a header of which not all bytes have come.
    header: [u8; MAX_HEADER],
    header_len: u8,
    frame: Option<Frame>,
    message: Option<DataKind>,
    /// The length of the message's frames up to now, the one under way included.
    message_len: u64,
    text: Utf8,
    /// The beginning of a control frame's payload of which not all bytes have come.
    control: Vec<u8>,
}

/// A frame whose header has come.
#[derive(Clone, Copy, Debug)]
struct Frame {
    opcode: OpCode,
    is_final: bool,
    /// The mask of the byte that comes next, and of those behind it.
    mask: [u8; 4],
    /// How many bytes of the payload are still to come.
    rest: u64,
}

impl Decoder {
    /// Creates a decoder of messages of at most `max_message` bytes.
    #[must_use]
    pub fn new(max_message: usize) -> Self {
        Self {
            max_message,
            header: [0; MAX_HEADER],
            header_len: 0,
            frame: None,
            message: None,
            message_len: 0,
            text: Utf8::default(),
            control: Vec::new(),
        }
    }

    /// Decodes the beginning of `bytes`, which follow those that were decoded before, and unmasks
    /// it in place: at most one frame. Returns how many bytes that took, more than none of any, and
    /// what they mean, if that is anything yet.
    ///
    /// # Errors
    /// Fails for bytes that break the protocol. Nothing can be decoded after that, nor after Close.
    pub fn decode(&mut self, bytes: &mut [u8]) -> Result<(usize, Option<Event>), Error> {
        let (begin, mut frame) = match self.frame.take() {
            Some(frame) => (0, frame),
            None => match self.decode_header(bytes)? {
                (taken, Some(frame)) => (taken, frame),
                (taken, None) => return Ok((taken, None)),
            },
        };
        let available = bytes.len() - begin;
        let count = usize::try_from(frame.rest).map_or(available, |rest| rest.min(available));
        let end = begin + count;
        let payload = &mut bytes[begin..end];
        frame.mask = mask::apply(payload, frame.mask);
        frame.rest -= count as u64;
        let is_complete = frame.rest == 0;
        let event = match frame.opcode {
            OpCode::Data(_) => {
                Some(self.data(payload, begin..end, is_complete && frame.is_final)?)
            }
            OpCode::Control(kind) => self.control(kind, payload, is_complete)?,
        };
        if !is_complete {
            self.frame = Some(frame);
        }
        Ok((end, event))
    }

    /// Decodes a header. Returns how many of `bytes` it took, and the frame once the header is
    /// complete.
    fn decode_header(&mut self, bytes: &[u8]) -> Result<(usize, Option<Frame>), Error> {
        let before = usize::from(self.header_len);
        let count = bytes.len().min(MAX_HEADER - before);
        let (parsed, end) = if before == 0 {
            parse(&bytes[..count])?
        } else {
            self.header[before..before + count].copy_from_slice(&bytes[..count]);
            parse(&self.header[..before + count])?
        };
        let Some((header, length)) = parsed else {
            self.header[before..before + count].copy_from_slice(&bytes[..count]);
            self.header_len = u8::try_from(before + count).unwrap_or(u8::MAX);
            return Ok((count, None));
        };
        self.header_len = 0;
        Ok((end - before, Some(self.begin_frame(&header, length)?)))
    }

    /// Checks a header, in the order in which tungstenite checks a frame.
    fn begin_frame(&mut self, header: &FrameHeader, length: u64) -> Result<Frame, Error> {
        self.check_length(length)?;
        let mask = header.mask.ok_or(ProtocolError::UnmaskedFrameFromClient)?;
        if header.rsv1 || header.rsv2 || header.rsv3 {
            return Err(ProtocolError::NonZeroReservedBits.into());
        }
        match header.opcode {
            OpCode::Control(_) if !header.is_final => {
                return Err(ProtocolError::FragmentedControlFrame.into());
            }
            OpCode::Control(_) if length > LONGEST_CONTROL => {
                return Err(ProtocolError::ControlFrameTooBig.into());
            }
            OpCode::Control(_) => {}
            OpCode::Data(opcode) => self.begin_data(opcode, length)?,
        }
        Ok(Frame { opcode: header.opcode, is_final: header.is_final, mask, rest: length })
    }

    /// Begins a frame of a message, or the message.
    fn begin_data(&mut self, opcode: Data, length: u64) -> Result<(), Error> {
        let kind = match (opcode, self.message) {
            (Data::Continue, None) => return Err(ProtocolError::UnexpectedContinueFrame.into()),
            (Data::Continue, Some(kind)) => kind,
            (_, Some(_)) => return Err(ProtocolError::ExpectedFragment(opcode).into()),
            (Data::Text, None) => DataKind::Text,
            (Data::Binary, None) => DataKind::Binary,
            (Data::Reserved(opcode), None) => {
                return Err(ProtocolError::UnknownDataFrameType(opcode).into());
            }
        };
        let total = self.message_len.saturating_add(length);
        self.check_length(total)?;
        (self.message, self.message_len) = (Some(kind), total);
        Ok(())
    }

    /// Handles a piece of a message, with which it may end.
    fn data(&mut self, piece: &[u8], at: Range<usize>, is_last: bool) -> Result<Event, Error> {
        let kind = self.message.unwrap_or(DataKind::Binary);
        if kind == DataKind::Text {
            self.text.extend(piece).map_err(not_utf8)?;
            if is_last && !self.text.is_complete() {
                return Err(not_utf8(NotUtf8));
            }
        }
        if is_last {
            (self.message, self.message_len) = (None, 0);
        }
        Ok(Event::Data { kind, payload: at, is_last })
    }

    /// Handles a piece of a control frame.
    fn control(
        &mut self,
        kind: Control,
        piece: &[u8],
        is_complete: bool,
    ) -> Result<Option<Event>, Error> {
        self.control.extend_from_slice(piece);
        if !is_complete {
            return Ok(None);
        }
        let payload = Bytes::from(take(&mut self.control));
        match kind {
            Control::Ping => Ok(Some(Event::Ping(payload))),
            Control::Pong => Ok(Some(Event::Pong(payload))),
            Control::Close => Ok(Some(Event::Close(close(&payload)?))),
            Control::Reserved(opcode) => Err(ProtocolError::UnknownControlFrameType(opcode).into()),
        }
    }

    fn check_length(&self, length: u64) -> Result<(), Error> {
        let max_size = self.max_message;
        if length <= max_size as u64 {
            return Ok(());
        }
        let size = usize::try_from(length).unwrap_or(usize::MAX);
        Err(CapacityError::MessageTooLong { size, max_size }.into())
    }
}

/// Parses a header. Returns it with the payload's length, and how many bytes it takes.
fn parse(bytes: &[u8]) -> Result<(Option<(FrameHeader, u64)>, usize), Error> {
    let mut cursor = Cursor::new(bytes);
    let parsed = FrameHeader::parse(&mut cursor)?;
    Ok((parsed, usize::try_from(cursor.position()).unwrap_or(bytes.len())))
}

/// Returns the code and reason of a Close (RFC 6455, section 5.5.1).
fn close(payload: &[u8]) -> Result<Option<CloseFrame>, Error> {
    let (code, reason) = match payload {
        [] => return Ok(None),
        [_] => return Err(ProtocolError::InvalidCloseSequence.into()),
        [high, low, reason @ ..] => (u16::from_be_bytes([*high, *low]).into(), reason),
    };
    let reason = std::str::from_utf8(reason).map_err(|error| Error::Utf8(error.to_string()))?;
    if CloseCode::is_allowed(code) {
        return Ok(Some(CloseFrame { code, reason: reason.into() }));
    }
    let reason = Utf8Bytes::from_static("Protocol violation");
    Ok(Some(CloseFrame { code: CloseCode::Protocol, reason }))
}

fn not_utf8(_: NotUtf8) -> Error {
    Error::Utf8("the text is not UTF-8".into())
}
