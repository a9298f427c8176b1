//! One exchange after the other on a connection that stands.

use echo_core::Line;
use echo_core::wire::BridgeMessage;

use crate::effect::{Effect, REPLY_LIMIT_MS};
use crate::event::SessionEvent;
use crate::flow_control::{ReceiveWindow, SendWindow};
use crate::reply_timer::{ReplyTimer, ReplyTimes};

/// How many bytes of a reply are kept, to say what came instead.
const KEPT: usize = 64;

/// The exchange that is under way on a connection.
#[derive(Debug)]
pub struct ActiveExchange {
    send_window: SendWindow,
    receive_window: ReceiveWindow,
    trace: ReplyTimer,
    /// Since when the page waits for the reply alone.
    waits_since: f64,
    /// How much of the reply has come, whether it is the message so far, and how it begins.
    came: usize,
    is_same: bool,
    head: Vec<u8>,
    /// What came beyond the reply: TCP has no borders, so it is how the next one begins. It is
    /// acknowledged only with that, so the bridge's window bounds it.
    ahead: Vec<u8>,
}

/// A whole reply.
#[derive(Debug)]
pub struct Reply {
    /// How long it took.
    pub times: Option<ReplyTimes>,
    /// What the program says of one that is not the message.
    pub unexpected: Option<Line>,
}

impl ActiveExchange {
    /// A connection that stands, with nothing said on it.
    #[must_use]
    pub fn new(send_window: SendWindow, at: f64) -> Self {
        Self {
            send_window,
            receive_window: ReceiveWindow::new(),
            trace: ReplyTimer::begin(at),
            waits_since: at,
            came: 0,
            is_same: true,
            head: Vec::new(),
            ahead: Vec::new(),
        }
    }

    /// Whether the reply has been awaited for too long.
    #[must_use]
    pub fn is_overdue(&self, at: f64) -> bool {
        at - self.waits_since >= f64::from(REPLY_LIMIT_MS)
    }

    /// Begins the next exchange.
    pub fn again(&mut self, at: f64, message: &[u8]) -> Vec<Effect> {
        self.trace = ReplyTimer::begin(at);
        (self.waits_since, self.came, self.is_same) = (at, 0, true);
        self.head.clear();
        self.send_window.again();
        let mut effects = self.send(message);
        effects.extend(self.take(at, message));
        effects
    }

    /// Takes in what happened in the session; the reply, when that makes it whole.
    pub fn on(
        &mut self,
        at: f64,
        event: SessionEvent,
        message: &[u8],
    ) -> (Vec<Effect>, Option<Reply>) {
        let effects = match event {
            SessionEvent::Said(BridgeMessage::Ack { bytes }) => {
                self.send_window.acknowledge(bytes);
                self.send(message)
            }
            SessionEvent::Said(BridgeMessage::Wrote { bytes, at_us }) => {
                self.trace.write(bytes, at_us);
                self.waits_since = at;
                vec![]
            }
            SessionEvent::Said(BridgeMessage::Read { at_us, .. }) if self.came < message.len() => {
                self.trace.read(at_us);
                vec![]
            }
            SessionEvent::Bytes(bytes) => {
                self.ahead.extend(bytes);
                self.take(at, message).into_iter().collect()
            }
            SessionEvent::Said(
                BridgeMessage::Connecting { .. }
                | BridgeMessage::Connected { .. }
                | BridgeMessage::Read { .. }
                | BridgeMessage::Finished { .. }
                | BridgeMessage::Failed(_)
                | BridgeMessage::Closed { .. }
                | BridgeMessage::Capturing { .. }
                | BridgeMessage::NotCapturing { .. }
                | BridgeMessage::Packet(_)
                | BridgeMessage::Captured { .. }
                | BridgeMessage::TcpInfo(_)
                | BridgeMessage::Unknown,
            )
            | SessionEvent::Opened
            | SessionEvent::Closed { .. }
            | SessionEvent::Woke(_) => vec![],
        };
        (effects, self.reply(message))
    }

    fn send(&mut self, message: &[u8]) -> Vec<Effect> {
        self.send_window.pieces(message).into_iter().map(Effect::Send).collect()
    }

    /// Takes of what came as much as the reply lacks, and acknowledges it when that is due.
    fn take(&mut self, at: f64, message: &[u8]) -> Option<Effect> {
        let missing = &message[self.came..];
        let taken = missing.len().min(self.ahead.len());
        let bytes: Vec<u8> = self.ahead.drain(..taken).collect();
        self.is_same &= bytes == missing[..taken];
        self.head.extend(bytes.iter().take(KEPT - self.head.len()));
        self.came += taken;
        if self.came == message.len() {
            self.trace.complete(at);
        }
        self.receive_window.consume(taken).map(Effect::Say)
    }

    /// The reply, once it is whole. The program writes before it reads: a reply that overtakes the
    /// news of the write waits for it.
    fn reply(&self, message: &[u8]) -> Option<Reply> {
        let whole = self.came == message.len() && self.trace.wrote() >= message.len() as u64;
        let unexpected = || Line::Unexpected(self.head.clone());
        whole.then(|| Reply {
            times: self.trace.times(),
            unexpected: (!self.is_same).then(unexpected),
        })
    }
}
