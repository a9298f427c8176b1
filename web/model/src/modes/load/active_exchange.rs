//! One exchange after the other on a connection that is established.

use echo_core::Line;

use super::super::reply_timer::{ReplyTimer, ReplyTimes};
use crate::command::Command;
use crate::connection::flow_control::{ReceiveWindow, SendWindow};
use crate::connection::{self, Change, Connection};
use crate::modes::once::REPLY_LIMIT_MS;
use crate::time::PageTime;

/// How many bytes of a reply are kept, to say what came instead of the message.
const MAX_HEAD_BYTES: usize = 64;

/// The exchange in progress on a connection.
#[derive(Debug)]
pub struct ActiveExchange {
    send_window: SendWindow,
    receive_window: ReceiveWindow,
    timer: ReplyTimer,
    /// Since when the page waits for the reply alone.
    waits_since: PageTime,
    /// How many bytes of the reply have come.
    received: usize,
    /// Whether they are those of the message.
    is_same: bool,
    /// The first of them.
    head: Vec<u8>,
    /// What came beyond the reply: TCP has no borders, so it is how the next one begins. It is
    /// acknowledged only with that, so the bridge's window bounds it.
    ahead: Vec<u8>,
}

/// A complete reply.
#[derive(Debug)]
pub struct Reply {
    /// How long it took.
    pub times: Option<ReplyTimes>,
    /// What the program prints of one that is not the message.
    pub unexpected: Option<Line>,
}

impl ActiveExchange {
    /// Creates the state of a connection on which nothing was sent.
    #[must_use]
    pub fn new(send_window: SendWindow, at: PageTime) -> Self {
        Self {
            send_window,
            receive_window: ReceiveWindow::default(),
            timer: ReplyTimer::start(at),
            waits_since: at,
            received: 0,
            is_same: true,
            head: Vec::new(),
            ahead: Vec::new(),
        }
    }

    /// Returns whether the reply has been awaited for too long.
    #[must_use]
    pub fn is_overdue(&self, at: PageTime) -> bool {
        at - self.waits_since >= f64::from(REPLY_LIMIT_MS)
    }

    /// Starts the next exchange.
    pub fn start(
        &mut self,
        connection: &mut Connection,
        at: PageTime,
        message: &[u8],
    ) -> Vec<Command<connection::Event>> {
        self.timer = ReplyTimer::start(at);
        (self.waits_since, self.received, self.is_same) = (at, 0, true);
        self.head.clear();
        self.send_window.restart();
        let mut commands = self.send(connection, message);
        commands.extend(self.consume(connection, at, message));
        commands
    }

    /// Applies a change of the connection. Returns the reply when that completes it.
    pub fn on_change(
        &mut self,
        connection: &mut Connection,
        at: PageTime,
        change: Change,
        message: &[u8],
    ) -> (Vec<Command<connection::Event>>, Option<Reply>) {
        let mut commands = Vec::new();
        match change {
            Change::Acknowledged(bytes) => {
                self.send_window.acknowledge(bytes);
                commands = self.send(connection, message);
            }
            Change::Wrote { bytes, at: began } => {
                self.timer.record_write(bytes, began);
                self.waits_since = at;
            }
            Change::Read { at: read } if self.received < message.len() => {
                self.timer.record_read(read);
            }
            Change::Received(bytes) => {
                self.ahead.extend(bytes);
                commands.extend(self.consume(connection, at, message));
            }
            Change::Read { .. }
            | Change::Unopened
            | Change::Reached { .. }
            | Change::Established { .. }
            | Change::PeerFinished { .. }
            | Change::Ended(_) => {}
        }
        (commands, self.reply(message))
    }

    fn send(&mut self, connection: &Connection, message: &[u8]) -> Vec<Command<connection::Event>> {
        let pieces = self.send_window.pieces(message);
        pieces.into_iter().map(|piece| connection.send_bytes(piece)).collect()
    }

    /// Consumes of what came as much as the reply lacks, and acknowledges it when that is due.
    fn consume(
        &mut self,
        connection: &mut Connection,
        at: PageTime,
        message: &[u8],
    ) -> Option<Command<connection::Event>> {
        let missing = &message[self.received..];
        let count = missing.len().min(self.ahead.len());
        let bytes = &self.ahead[..count];
        self.is_same &= bytes == &missing[..count];
        self.head.extend(bytes.iter().take(MAX_HEAD_BYTES - self.head.len()));
        self.ahead.drain(..count);
        self.received += count;
        if self.received == message.len() {
            self.timer.complete(at);
        }
        self.receive_window.consume(count).map(|ack| connection.send_message(ack))
    }

    /// Returns the reply, once it is complete. The program writes before it reads: a reply that
    /// overtakes the news of the write waits for it.
    fn reply(&self, message: &[u8]) -> Option<Reply> {
        let is_complete =
            self.received == message.len() && self.timer.written_bytes() >= message.len() as u64;
        let unexpected = || Line::Unexpected(self.head.clone());
        is_complete.then(|| Reply {
            times: self.timer.times(),
            unexpected: (!self.is_same).then(unexpected),
        })
    }
}
