//! A connection that came in: what is said on it, and what answers it.

use echo_core::wire::Address;

use super::answer::{Action, Answer, Input, Responder};
use super::event::ServerEvent;
use crate::bridge::Bridge;
use crate::command::{Command, Elapsed, Timer};
use crate::connection::{self, ConnectionId, Endpoint, EventKind, TraceLevel};
use crate::modes::conversation::{Conversation, ConversationState};
use crate::modes::reaction::Reaction;
use crate::time::PageTime;
use crate::transcript::{Direction, Transcript, TranscriptBounds};

/// What is kept of each connection: there can be hundreds.
pub const KEPT: TranscriptBounds = TranscriptBounds { rows: 2_000, bytes: 256 * 1024 };

/// A connection that came in, open or over.
#[derive(Debug)]
pub struct ServerConnection {
    /// Who connected.
    pub peer: Address,
    /// When the page learned of it.
    pub arrived: PageTime,
    /// When it was over, once it is.
    pub ended: Option<PageTime>,
    /// What is said on it.
    pub conversation: Conversation,
    responder: Responder,
    is_delayed: bool,
}

/// What a connection is claimed with.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'a> {
    /// The id that the page gives it.
    pub id: ConnectionId,
    /// The id that the bridge gave it.
    pub claim: &'a str,
    /// Who connected.
    pub peer: &'a Address,
    /// How much the bridge is to report.
    pub trace: TraceLevel,
    /// The longest message that the bridge takes, in bytes.
    pub max_message: u64,
}

/// What follows from an event of a connection.
#[derive(Debug, Default)]
pub struct Answered {
    /// What is asked for.
    pub reaction: Reaction<ServerEvent>,
    /// The indices of the rules that matched, in order.
    pub matched: Vec<usize>,
}

impl ServerConnection {
    /// Claims a connection that came in.
    #[must_use]
    pub fn claim(at: PageTime, claim: Claim<'_>, answer: &Answer) -> (Self, Command<ServerEvent>) {
        let Claim { id, claim, peer, trace, max_message } = claim;
        let endpoint = Endpoint::Accept(claim.to_owned());
        let log = Transcript::bounded(at, KEPT);
        let (conversation, open) = Conversation::open(id, endpoint, trace, max_message, log);
        let connection = Self {
            peer: peer.clone(),
            arrived: at,
            ended: None,
            conversation,
            responder: Responder::new(answer, peer.to_string()),
            is_delayed: false,
        };
        (connection, open.map(ServerEvent::Connection))
    }

    /// Returns the id that the page gave it.
    #[must_use]
    pub fn id(&self) -> ConnectionId {
        self.conversation.id()
    }

    /// Returns whether it is established, or may yet be.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.conversation.is_open()
    }

    /// Returns whether any byte moved.
    #[must_use]
    pub fn has_bytes(&self) -> bool {
        Direction::BOTH.iter().any(|&direction| self.conversation.log.moved(direction) > 0)
    }

    /// Returns whether it is over, and its client got back what it sent.
    #[must_use]
    pub fn has_echoed(&self) -> bool {
        let log = &self.conversation.log;
        let [sent, received] = [Direction::Sent, Direction::Received]
            .map(|direction| (log.moved(direction), log.bytes(direction).from_start()));
        self.ended.is_some() && self.has_bytes() && sent == received
    }

    /// Applies an event of its WebSocket, and answers what was received.
    pub fn on_event(&mut self, at: PageTime, event: EventKind) -> Answered {
        let before = self.progress();
        let heard = self.conversation.on_connection(at, event);
        let after = self.progress();
        let mut answered = Answered { reaction: translate(heard.reaction), matched: vec![] };
        if !self.is_open() {
            self.end(at, &mut answered);
            return answered;
        }
        if after.is_established && !before.is_established {
            self.input(at, Input::Established, &mut answered);
        }
        if !heard.received.is_empty() {
            self.input(at, Input::Bytes(&heard.received), &mut answered);
        }
        if after.peer_closed && !before.peer_closed {
            self.input(at, Input::PeerFinished, &mut answered);
        }
        self.answer_on(at, &mut answered);
        answered
    }

    /// A delay is over.
    pub fn on_delay_elapsed(&mut self, at: PageTime) -> Answered {
        let mut answered = Answered::default();
        if std::mem::take(&mut self.is_delayed) {
            self.input(at, Input::DelayElapsed, &mut answered);
        }
        answered
    }

    /// Answers in another way from now on.
    pub fn set_answer(&mut self, at: PageTime, answer: &Answer) -> Answered {
        let mut answered = Answered::default();
        if self.is_open() {
            let actions = self.responder.set_answer(answer);
            self.perform(at, actions, &mut answered);
        }
        answered
    }

    /// Learns what the bridge says of itself: why the WebSocket did not open.
    pub fn on_bridge(&mut self, at: PageTime, bridge: &Bridge) -> Answered {
        let reaction = self.conversation.on_bridge(at, bridge);
        self.act(at, reaction)
    }

    /// The user sends a message.
    pub fn send(&mut self, at: PageTime, message: &[u8]) -> Answered {
        let reaction = self.conversation.send(at, message);
        self.act(at, reaction)
    }

    /// The user sends FIN behind what was sent.
    pub fn finish(&mut self, at: PageTime) -> Answered {
        let reaction = self.conversation.finish(at);
        self.act(at, reaction)
    }

    /// The user sends RST.
    pub fn reset(&mut self, at: PageTime) -> Answered {
        let reaction = self.conversation.reset(at);
        self.act(at, reaction)
    }

    /// The user closes it.
    pub fn close(&mut self, at: PageTime) -> Answered {
        let reaction = self.conversation.disconnect(at);
        self.act(at, reaction)
    }

    fn act(&mut self, at: PageTime, reaction: Reaction<connection::Event>) -> Answered {
        let mut answered = Answered { reaction: translate(reaction), matched: vec![] };
        if !self.is_open() {
            self.end(at, &mut answered);
        }
        answered
    }

    fn progress(&self) -> Progress {
        match self.conversation.state {
            ConversationState::Connected { peer_closed, .. } => {
                Progress { is_established: true, peer_closed }
            }
            ConversationState::Connecting | ConversationState::Over(_) => Progress::default(),
        }
    }

    /// Notes that it is over.
    fn end(&mut self, at: PageTime, answered: &mut Answered) {
        if self.ended.is_none() {
            self.ended = Some(at);
            if std::mem::take(&mut self.is_delayed) {
                answered.reaction.push(Command::CancelTimer(Timer::ServerDelay(self.id())));
            }
        }
    }

    /// Has what waits for room answered, as far as there is some.
    fn answer_on(&mut self, at: PageTime, answered: &mut Answered) {
        if self.progress().is_established {
            let actions = self.responder.handle(Input::Room(self.conversation.room()));
            self.perform(at, actions, answered);
        }
    }

    fn input(&mut self, at: PageTime, input: Input<'_>, answered: &mut Answered) {
        self.answer_on(at, answered);
        let actions = self.responder.handle(input);
        self.perform(at, actions, answered);
    }

    fn perform(&mut self, at: PageTime, actions: Vec<Action>, answered: &mut Answered) {
        let conversation = &mut self.conversation;
        for action in actions {
            let reaction = match action {
                Action::Send(bytes) => conversation.send(at, &bytes),
                Action::Consumed(bytes) => Reaction::with(conversation.consume(bytes)),
                Action::Finish => conversation.finish(at),
                Action::Reset => conversation.reset(at),
                Action::Matched(rule) => {
                    answered.matched.push(rule);
                    continue;
                }
                Action::Wait(ms) => {
                    self.is_delayed = true;
                    answered.reaction.push(delay(conversation.id(), ms));
                    continue;
                }
            };
            answered.reaction.merge(translate(reaction));
        }
    }
}

/// How far a connection has come.
#[derive(Clone, Copy, Default)]
struct Progress {
    is_established: bool,
    peer_closed: bool,
}

fn delay(id: ConnectionId, delay_ms: u32) -> Command<ServerEvent> {
    let elapsed = move |Elapsed { at, .. }| ServerEvent::DelayElapsed { id, at };
    Command::SetTimer { timer: Timer::ServerDelay(id), delay_ms, elapsed: Box::new(elapsed) }
}

fn translate(reaction: Reaction<connection::Event>) -> Reaction<ServerEvent> {
    reaction.map(ServerEvent::Connection)
}
