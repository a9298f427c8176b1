//! The client of a session, on the frames of its WebSocket.

use std::collections::VecDeque;
use std::io::Cursor;

use echo_core::wire::{ACK_EVERY, BridgeMessage, ClientMessage, WINDOW};
use tokio_tungstenite::tungstenite::protocol::frame::FrameHeader;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Control, Data, OpCode};

use super::command::{Break, Setup, Wrong};
use super::pattern;
use crate::relay::Dialect;
use crate::stream::simulated::FarEnd;

/// What the client does once what it was told before is done.
#[derive(Clone, Copy, Debug)]
enum Action {
    Send(u64),
    Ping,
    Finish,
    Err(Wrong),
    Close,
}

/// What a client is, and what it knows.
#[expect(clippy::struct_excessive_bools, reason = "what it does changes one by one")]
pub(super) struct Client {
    setup: Setup,
    pub(super) connection: FarEnd,
    actions: VecDeque<Action>,
    /// Frames that the connection has not taken yet.
    outbox: VecDeque<u8>,
    /// The end of each message of bytes among all that was written, and how many bytes of messages
    /// there were by then.
    ends: VecDeque<(u64, u64)>,
    /// How many bytes of frames were put into the outbox.
    framed: u64,
    /// What was read and is no whole frame yet.
    inbox: Vec<u8>,
    /// How many bytes were sent, and how many of them the bridge acknowledged.
    pub(super) sent: u64,
    pub(super) acked_by_bridge: u64,
    pub(super) heard: u64,
    /// How many of the bytes that were heard it acknowledged.
    pub(super) acked: u64,
    pub(super) pings: u8,
    /// The ping that was answered last.
    pub(super) last_pong: u8,
    pub(super) messages: Vec<BridgeMessage>,
    /// The code of the bridge's Close, once that has come.
    pub(super) close: Option<u16>,
    has_closed: bool,
    pub(super) has_broken: bool,
    pub(super) stalls: bool,
    pub(super) holds_acks: bool,
}

impl Client {
    pub(super) fn new(setup: Setup, connection: FarEnd) -> Self {
        Self {
            setup,
            connection,
            actions: VecDeque::new(),
            outbox: VecDeque::new(),
            ends: VecDeque::new(),
            framed: 0,
            inbox: Vec::new(),
            sent: 0,
            acked_by_bridge: 0,
            heard: 0,
            acked: 0,
            pings: 0,
            last_pong: 0,
            messages: Vec::new(),
            close: None,
            has_closed: false,
            has_broken: false,
            stalls: false,
            holds_acks: false,
        }
    }

    pub(super) fn send(&mut self, count: u64) {
        self.actions.push_back(Action::Send(count));
    }

    pub(super) fn ping(&mut self) {
        self.actions.push_back(Action::Ping);
    }

    pub(super) fn finish(&mut self) {
        self.actions.push_back(Action::Finish);
    }

    pub(super) fn err(&mut self, wrong: Wrong) {
        self.actions.push_back(Action::Err(wrong));
    }

    pub(super) fn close(&mut self) {
        self.actions.push_back(Action::Close);
    }

    /// Asks for RST at once, whatever it was going to send.
    pub(super) fn reset(&mut self) {
        self.actions.clear();
        self.control(&ClientMessage::Reset);
    }

    /// Has its connection end. What is still in the outbox is lost.
    pub(super) fn break_off(&mut self, how: Break) {
        self.has_broken = true;
        self.actions.clear();
        match how {
            Break::Fin => self.connection.finish(),
            Break::Reset => self.connection.reset(),
        }
    }

    /// Returns whether it has done all that it was told to.
    pub(super) fn is_done(&self) -> bool {
        self.actions.is_empty() && self.outbox.is_empty()
    }

    /// Returns whether the connection took all that was written.
    pub(super) fn has_written_all(&self) -> bool {
        self.outbox.is_empty()
    }

    /// Returns how many bytes of messages the bridge has read, at least.
    pub(super) fn read_by_bridge(&self) -> u64 {
        let read = self.framed - (self.outbox.len() + self.connection.unread_by_bridge()) as u64;
        self.ends.iter().take_while(|(end, _)| *end <= read).last().map_or(0, |(_, sent)| *sent)
    }

    /// Does what it can. Returns whether anything moved.
    pub(super) fn pump(&mut self) -> bool {
        if self.has_broken {
            return false;
        }
        let is_reading = !self.stalls && self.read();
        self.act();
        self.write() || is_reading
    }

    fn act(&mut self) {
        if self.has_closed {
            self.actions.clear();
        }
        while let Some(action) = self.actions.pop_front() {
            match action {
                Action::Send(count) => {
                    let left = self.send_within_window(count);
                    if left > 0 {
                        self.actions.push_front(Action::Send(left));
                        return;
                    }
                }
                Action::Ping => {
                    self.pings += 1;
                    self.frame(OpCode::Control(Control::Ping), &[self.pings]);
                }
                Action::Finish => self.control(&ClientMessage::Finish),
                Action::Err(wrong) => self.send_wrong(wrong),
                Action::Close => self.send_close(1000),
            }
        }
    }

    /// Sends bytes, as many as the window lets through. Returns how many are left.
    fn send_within_window(&mut self, mut count: u64) -> u64 {
        let is_bounded = self.setup.dialect == Dialect::Control && !self.setup.overruns;
        // What the connection does not take yet waits here, and not in the outbox.
        while count > 0 && self.outbox.len() < self.setup.pipe {
            let open = WINDOW - (self.sent - self.acked_by_bridge).min(WINDOW);
            let most = if is_bounded { count.min(open) } else { count };
            let piece = usize::try_from(most).map_or(pattern::LONGEST, |n| n.min(pattern::LONGEST));
            if piece == 0 {
                break;
            }
            self.frame(OpCode::Data(Data::Binary), pattern::bytes(self.sent, piece));
            self.sent += piece as u64;
            self.ends.push_back((self.framed, self.sent));
            count -= piece as u64;
        }
        count
    }

    fn send_wrong(&mut self, wrong: Wrong) {
        match wrong {
            Wrong::Text => self.frame(OpCode::Data(Data::Text), b"what?"),
            Wrong::Ack => self.control(&ClientMessage::Ack { bytes: self.heard + 2 * WINDOW }),
            Wrong::Frame => self.frame(OpCode::Control(Control::Reserved(0xb)), &[]),
        }
    }

    fn send_close(&mut self, code: u16) {
        self.frame(OpCode::Control(Control::Close), &code.to_be_bytes());
    }

    fn control(&mut self, message: &ClientMessage) {
        let text = serde_json::to_string(message).expect("it is JSON");
        self.frame(OpCode::Data(Data::Text), text.as_bytes());
    }

    /// Appends a frame, unless Close was sent before.
    fn frame(&mut self, opcode: OpCode, payload: &[u8]) {
        if self.has_closed {
            return;
        }
        self.has_closed = opcode == OpCode::Control(Control::Close);
        let header = FrameHeader { opcode, mask: Some([0; 4]), ..FrameHeader::default() };
        let mut frame = Vec::new();
        header.format(payload.len() as u64, &mut frame).expect("there is room");
        frame.extend_from_slice(payload);
        self.framed += frame.len() as u64;
        self.outbox.extend(&frame);
    }

    /// Writes what the connection takes, and FIN once both sides have closed.
    fn write(&mut self) -> bool {
        let written = self.connection.write(self.outbox.make_contiguous());
        self.outbox.drain(..written);
        if self.outbox.is_empty() && self.has_closed && self.close.is_some() {
            self.connection.finish();
        }
        written > 0
    }

    /// Reads and answers all that has come.
    fn read(&mut self) -> bool {
        let bytes = self.connection.read();
        self.inbox.extend_from_slice(&bytes);
        let inbox = std::mem::take(&mut self.inbox);
        let mut rest = &inbox[..];
        while let Some((opcode, payload, behind)) = next_frame(rest) {
            self.hear(opcode, payload);
            rest = behind;
        }
        self.inbox = rest.to_vec();
        self.acknowledge();
        !bytes.is_empty()
    }

    fn hear(&mut self, opcode: OpCode, payload: &[u8]) {
        assert!(self.close.is_none(), "a frame comes after Close: {opcode:?}");
        match opcode {
            OpCode::Data(Data::Binary) => {
                pattern::check(self.heard, payload, "the client");
                self.heard += payload.len() as u64;
            }
            OpCode::Data(Data::Text) => {
                let message = serde_json::from_slice(payload).expect("a control message");
                if let BridgeMessage::Ack { bytes } = message {
                    assert!(bytes > self.acked_by_bridge && bytes <= self.sent, "{message:?}");
                    self.acked_by_bridge = bytes;
                }
                self.messages.push(message);
            }
            OpCode::Control(Control::Ping) => self.frame(OpCode::Control(Control::Pong), payload),
            OpCode::Control(Control::Pong) => self.last_pong = payload[0],
            OpCode::Control(Control::Close) => self.hear_close(payload),
            other => panic!("the bridge sends {other:?}"),
        }
    }

    fn hear_close(&mut self, payload: &[u8]) {
        let code = payload.first_chunk().map_or(1005, |code| u16::from_be_bytes(*code));
        self.close = Some(code);
        if !self.has_closed {
            self.actions.clear();
            self.send_close(1000);
        }
    }

    /// Acknowledges what was heard, unless it holds that back.
    fn acknowledge(&mut self) {
        let is_due = self.heard - self.acked >= ACK_EVERY;
        let may_send = self.setup.dialect == Dialect::Control && !self.has_closed;
        if is_due && may_send && !self.holds_acks {
            self.acked = self.heard;
            self.control(&ClientMessage::Ack { bytes: self.heard });
        }
    }
}

/// Returns the first frame of `bytes`, its payload, and what is behind it.
fn next_frame(bytes: &[u8]) -> Option<(OpCode, &[u8], &[u8])> {
    let mut cursor = Cursor::new(bytes);
    let (header, length) = FrameHeader::parse(&mut cursor).expect("a frame")?;
    let begin = usize::try_from(cursor.position()).ok()?;
    let end = begin + usize::try_from(length).ok()?;
    assert!(header.is_final && header.mask.is_none());
    Some((header.opcode, bytes.get(begin..end)?, &bytes[end..]))
}
