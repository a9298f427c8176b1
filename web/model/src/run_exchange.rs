//! A connection that stands: the message goes out, the reply comes in and is judged.

use echo_core::wire::{Address, BridgeMessage, ClientMessage, Failure, Kind};
use echo_core::{Exchange, Line, lines};

use crate::cause::Cause;
use crate::effect::{Effect, QUIET_MS, READ_ON_LIMIT_MS, REPLY_LIMIT_MS, Wake};
use crate::event::SessionEvent;
use crate::expect::Expect;
use crate::flow_control::{ReceiveWindow, SendWindow};
use crate::reply_timer::{ReplyTimer, ReplyTimes};
use crate::run::ExchangeSpec;
use crate::transcript::{Direction, Note, TargetEvidence, Transcript};

/// What is said over one connection.
#[derive(Debug)]
pub struct RunExchange {
    /// The target's end of the connection.
    pub peer: Address,
    /// How far it has come.
    pub state: ExchangeState,
    /// The message and what came of it.
    pub exchange: Exchange,
    /// What should come back.
    pub expect: Expect,
    send_window: SendWindow,
    receive_window: ReceiveWindow,
    trace: ReplyTimer,
    ended: bool,
}

/// How far a [`RunExchange`] has come.
#[derive(Debug, PartialEq)]
pub enum ExchangeState {
    /// The reply is awaited.
    Awaiting,
    /// The reply is judged; what else comes is read, as the program never does.
    ReadingOn,
    /// The reply is judged, and nothing more is read.
    Replied,
    /// The connection ended or failed before enough bytes came.
    CutShort(Cause),
    /// The page, or somebody at it, waited no longer.
    Stopped(StoppedBy),
    /// Anything was to come, and it has come: until the end, until it was quiet, or until the
    /// connection failed for this cause.
    Received(Option<Cause>),
}

/// Who ended the waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoppedBy {
    /// The limit of [`REPLY_LIMIT_MS`].
    Limit,
    /// Somebody who pressed Stop.
    Person,
}

impl RunExchange {
    /// Begins to do the spec, as soon as the connection stands.
    pub fn begin(
        log: &mut Transcript,
        at: f64,
        peer: Address,
        ExchangeSpec { exchange, expect }: ExchangeSpec,
        send_window: SendWindow,
    ) -> (Self, Vec<Effect>) {
        let mut talk = Self {
            peer,
            state: ExchangeState::Awaiting,
            exchange,
            expect,
            send_window,
            receive_window: ReceiveWindow::new(),
            trace: ReplyTimer::begin(at),
            ended: false,
        };
        let mut effects = talk.send(log, at);
        effects.push(Effect::Wake(Wake::Limit, REPLY_LIMIT_MS));
        (talk, effects)
    }

    /// Takes in what happened in the session.
    pub fn on(&mut self, log: &mut Transcript, at: f64, event: SessionEvent) -> Vec<Effect> {
        if let SessionEvent::Said(message) = &event {
            self.overhear(log, at, message);
        }
        match (event, &self.state) {
            (SessionEvent::Bytes(bytes), _) => self.receive(log, at, &bytes),
            (SessionEvent::Said(BridgeMessage::Read { at_us, .. }), ExchangeState::Awaiting) => {
                if !self.exchange.is_complete() {
                    self.trace.read(at_us);
                }
                vec![]
            }
            (
                SessionEvent::Said(BridgeMessage::Wrote { bytes, at_us }),
                ExchangeState::Awaiting,
            ) => self.wrote(log, at, bytes, at_us),
            (SessionEvent::Said(BridgeMessage::Ack { bytes }), ExchangeState::Awaiting) => {
                self.send_window.acknowledge(bytes);
                self.send(log, at)
            }
            (event, ExchangeState::Awaiting) => self.perhaps_ended(log, at, event),
            (event, ExchangeState::ReadingOn) => self.perhaps_read_all(&event),
            _ => vec![],
        }
    }

    /// Notes what the bridge tells of its side, whatever the program makes of it.
    fn overhear(&self, log: &mut Transcript, at: f64, message: &BridgeMessage) {
        match *message {
            BridgeMessage::Wrote { bytes, at_us } => log.wrote(at, bytes, at_us),
            BridgeMessage::Read { at_us, .. } => log.read(at_us),
            BridgeMessage::Finished { at_us } => {
                log.note(at, Note::Finished(Direction::Received));
                log.set_evidence(TargetEvidence::At(at_us));
            }
            // Before the verdict, the program has words for it.
            BridgeMessage::Failed(Failure { kind: Kind::Reset, .. })
                if self.state == ExchangeState::ReadingOn =>
            {
                log.note(at, Note::Reset(Direction::Received));
                log.set_evidence(TargetEvidence::Told);
            }
            BridgeMessage::Failed(_)
            | BridgeMessage::Connecting { .. }
            | BridgeMessage::Connected { .. }
            | BridgeMessage::Ack { .. }
            | BridgeMessage::Closed { .. }
            | BridgeMessage::Capturing { .. }
            | BridgeMessage::NotCapturing { .. }
            | BridgeMessage::Packet(_)
            | BridgeMessage::Captured { .. }
            | BridgeMessage::TcpInfo(_)
            | BridgeMessage::Unknown => {}
        }
    }

    /// The program ends, and with it the connection, if that still stands: the bridge sends FIN.
    fn terminate(log: &mut Transcript, at: f64, cause: Option<Cause>) {
        log.print(at, Line::Terminated);
        if matches!(cause, None | Some(Cause::EarlyEnd)) {
            log.set_evidence(TargetEvidence::Inferred);
        }
    }

    /// How long the reply took, once it is complete.
    #[must_use]
    pub fn times(&self) -> Option<ReplyTimes> {
        self.trace.times()
    }

    /// Stops waiting for the reply.
    pub fn stop(&mut self, log: &mut Transcript, at: f64, by: StoppedBy) -> Vec<Effect> {
        Self::terminate(log, at, None);
        self.state = ExchangeState::Stopped(by);
        vec![Effect::Close]
    }

    fn send(&mut self, log: &mut Transcript, at: f64) -> Vec<Effect> {
        let pieces = self.send_window.pieces(self.exchange.sent());
        for piece in &pieces {
            log.sent(at, piece);
        }
        pieces.into_iter().map(Effect::Send).collect()
    }

    fn is_sent(&self) -> bool {
        self.trace.wrote() >= self.exchange.sent().len() as u64
    }

    fn wrote(&mut self, log: &mut Transcript, at: f64, bytes: u64, at_us: u64) -> Vec<Effect> {
        if self.is_sent() {
            return vec![];
        }
        self.trace.write(bytes, at_us);
        // Only the wait for the reply is limited, not the time that a long message takes.
        let mut effects = vec![Effect::Wake(Wake::Limit, REPLY_LIMIT_MS)];
        if self.is_sent() {
            log.print(at, Line::Sent(self.exchange.sent().to_vec()));
            effects.extend(self.judge(log, at));
        }
        effects
    }

    fn receive(&mut self, log: &mut Transcript, at: f64, bytes: &[u8]) -> Vec<Effect> {
        log.received(at, bytes);
        self.exchange.receive(bytes);
        let mut effects: Vec<_> =
            self.receive_window.consume(bytes.len()).map(Effect::Say).into_iter().collect();
        match self.state {
            ExchangeState::Awaiting => {
                if self.exchange.is_complete() {
                    self.trace.complete(at);
                }
                effects.extend(self.judge(log, at));
            }
            ExchangeState::ReadingOn => effects.push(Effect::Wake(Wake::Quiet, QUIET_MS)),
            _ => {}
        }
        effects
    }

    /// Judges the reply if it is complete, or if it never will be. The program writes before it
    /// reads: a reply that overtakes the news of the write waits for it.
    fn judge(&mut self, log: &mut Transcript, at: f64) -> Vec<Effect> {
        if !self.is_sent() {
            return vec![];
        }
        if self.expect == Expect::Anything {
            return self.judge_anything(log, at);
        }
        match self.exchange.outcome() {
            Some(outcome) => {
                log.print(at, Line::verdict(outcome, lines::EARLY_END));
                Self::terminate(log, at, None);
                self.read_on()
            }
            None if self.ended => self.cut_short(log, at, lines::EARLY_END, Cause::EarlyEnd),
            None => vec![],
        }
    }

    /// Anything will do: the first byte is waited for, and then an end or some quiet.
    fn judge_anything(&mut self, log: &mut Transcript, at: f64) -> Vec<Effect> {
        match self.exchange.extra() {
            _ if self.ended => self.received(log, at, None),
            (_, 0) => vec![],
            _ => vec![Effect::Wake(Wake::Quiet, QUIET_MS)],
        }
    }

    fn received(&mut self, log: &mut Transcript, at: f64, cause: Option<Cause>) -> Vec<Effect> {
        Self::terminate(log, at, cause);
        self.state = ExchangeState::Received(cause);
        let mut effects = vec![Effect::Close];
        effects.extend(cause.and_then(Cause::look_for_bridge));
        effects
    }

    fn read_on(&mut self) -> Vec<Effect> {
        if self.ended {
            self.state = ExchangeState::Replied;
            return vec![Effect::Close];
        }
        self.state = ExchangeState::ReadingOn;
        vec![
            Effect::Say(ClientMessage::Finish),
            Effect::Wake(Wake::Quiet, QUIET_MS),
            // A server that is never quiet is not read for ever.
            Effect::Wake(Wake::Limit, READ_ON_LIMIT_MS),
        ]
    }

    fn cut_short(
        &mut self,
        log: &mut Transcript,
        at: f64,
        error: &str,
        cause: Cause,
    ) -> Vec<Effect> {
        if self.expect == Expect::Anything {
            return self.received(log, at, Some(cause));
        }
        log.print(at, Line::verdict(self.exchange.finish(), error));
        log.set_evidence(cause.set_evidence(true));
        Self::terminate(log, at, Some(cause));
        let mut effects = vec![Effect::Close];
        effects.extend(cause.look_for_bridge());
        // A failure may come before the news of the write, and after the whole reply.
        self.state = if self.exchange.is_complete() {
            ExchangeState::Replied
        } else {
            ExchangeState::CutShort(cause)
        };
        effects
    }

    fn perhaps_ended(&mut self, log: &mut Transcript, at: f64, event: SessionEvent) -> Vec<Effect> {
        match event {
            SessionEvent::Said(BridgeMessage::Finished { .. }) => {
                self.ended = true;
                self.judge(log, at)
            }
            SessionEvent::Said(BridgeMessage::Failed(failure)) => {
                let (error, cause) = Cause::failed(failure);
                self.cut_short(log, at, &error, cause)
            }
            SessionEvent::Closed { code, reason } => {
                let (error, cause) = Cause::closed(code, reason);
                self.cut_short(log, at, &error, cause)
            }
            SessionEvent::Woke(Wake::Limit | Wake::Quiet) if self.expect == Expect::Anything => {
                self.received(log, at, None)
            }
            SessionEvent::Woke(Wake::Limit) => self.stop(log, at, StoppedBy::Limit),
            _ => vec![],
        }
    }

    fn perhaps_read_all(&mut self, event: &SessionEvent) -> Vec<Effect> {
        match event {
            SessionEvent::Said(BridgeMessage::Finished { .. } | BridgeMessage::Failed(_))
            | SessionEvent::Closed { .. }
            | SessionEvent::Woke(Wake::Limit | Wake::Quiet) => {
                self.state = ExchangeState::Replied;
                vec![Effect::Close]
            }
            _ => vec![],
        }
    }
}
