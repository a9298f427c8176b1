//! The exchange of a run: the message goes out, the reply comes in and is judged.

use echo_core::wire::{ClientMessage, Kind};
use echo_core::{Exchange, Line, lines};

use super::super::reaction::Reaction;
use super::super::reply_timer::{ReplyTimer, ReplyTimes};
use super::{
    ExchangeSpec, QUIET_MS, READ_ON_LIMIT_MS, READ_ON_QUIET_MS, REPLY_LIMIT_MS, RunEvent, close,
    run_timer,
};
use crate::cause::Cause;
use crate::command::{Command, Timer};
use crate::connection::flow_control::{ReceiveWindow, SendWindow};
use crate::connection::lifecycle::End;
use crate::connection::{Change, Connection, EndRequest};
use crate::expected_reply::ExpectedReplyKind;
use crate::modes::ModesEvent;
use crate::time::{Micros, PageTime};
use crate::transcript::{Direction, Note, PathFailure, StoppedBy, TargetEvidence, Transcript};

/// What an exchange works on: the connection and the transcript of its run, and the moment.
#[derive(Debug)]
pub struct Context<'a> {
    /// The transcript.
    pub log: &'a mut Transcript,
    /// The connection.
    pub connection: &'a mut Connection,
    /// The moment, by the page's clock.
    pub at: PageTime,
}

/// What is sent over the connection of a run, and what comes.
#[derive(Debug)]
pub struct RunExchange {
    /// How far it has come.
    pub state: ExchangeState,
    /// The message and the reply.
    pub exchange: Exchange,
    /// The expected reply.
    pub expected_kind: ExpectedReplyKind,
    send_window: SendWindow,
    receive_window: ReceiveWindow,
    timer: ReplyTimer,
    is_peer_finished: bool,
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
    /// The page, or the user, waited no longer.
    Stopped(StoppedBy),
    /// Anything was to come, and it has come: until the end, until it was quiet, or until the
    /// connection failed for this cause.
    Received(Option<Cause>),
}

impl RunExchange {
    /// Creates the exchange of a connection that has just been established.
    #[must_use]
    pub fn new(at: PageTime, spec: ExchangeSpec, send_window: SendWindow) -> Self {
        let ExchangeSpec { exchange, expected_kind } = spec;
        Self {
            state: ExchangeState::Awaiting,
            exchange,
            expected_kind,
            send_window,
            receive_window: ReceiveWindow::default(),
            timer: ReplyTimer::start(at),
            is_peer_finished: false,
        }
    }

    /// Sends what may be sent of the message.
    pub fn begin(&mut self, cx: &mut Context<'_>) -> Reaction {
        let mut reaction = self.send(cx);
        reaction.push(limit(cx.connection, REPLY_LIMIT_MS));
        reaction
    }

    /// Returns whether the reply is awaited.
    #[must_use]
    pub fn is_awaiting(&self) -> bool {
        self.state == ExchangeState::Awaiting
    }

    /// Returns whether any reply is accepted, so that only its end completes it.
    fn accepts_anything(&self) -> bool {
        self.expected_kind == ExpectedReplyKind::Anything
    }

    /// Returns how long the reply took, once it is complete.
    #[must_use]
    pub fn times(&self) -> Option<ReplyTimes> {
        self.timer.times()
    }

    /// Applies a change of the connection.
    pub fn on_change(&mut self, cx: &mut Context<'_>, change: Change) -> Reaction {
        match change {
            Change::Unopened | Change::Reached { .. } | Change::Established { .. } => {
                Reaction::default()
            }
            Change::Received(bytes) => self.receive(cx, &bytes),
            Change::Acknowledged(bytes) => {
                self.send_window.acknowledge(bytes);
                self.send(cx)
            }
            Change::Wrote { bytes, at: began } => {
                cx.log.wrote(cx.at, bytes, began);
                self.record_write(cx, bytes, began)
            }
            Change::Read { at: read } => {
                cx.log.read(read);
                if self.is_awaiting() && (self.accepts_anything() || !self.exchange.is_complete()) {
                    self.timer.record_read(read);
                }
                Reaction::default()
            }
            Change::PeerFinished { at: finished } => {
                cx.log.note(cx.at, Note::Finished(Direction::Received));
                cx.log.set_evidence(TargetEvidence::MeasuredAt(finished));
                self.on_peer_finished(cx)
            }
            Change::Ended(end) => self.on_end(cx, &end),
        }
    }

    /// Handles the end of the time limit of the wait for the reply, or of the reading after the
    /// verdict.
    pub fn on_limit(&mut self, cx: &mut Context<'_>) -> Reaction {
        if !self.is_awaiting() {
            return self.on_quiet(cx);
        }
        if self.accepts_anything() {
            note_stop(cx, StoppedBy::Limit);
            return self.finish_receiving(cx, None);
        }
        self.stop(cx, StoppedBy::Limit)
    }

    /// Handles a pause of the server.
    pub fn on_quiet(&mut self, cx: &mut Context<'_>) -> Reaction {
        match self.state {
            ExchangeState::Awaiting if self.accepts_anything() => self.receive_all(cx, None),
            ExchangeState::ReadingOn => self.stop_reading(cx),
            _ => Reaction::default(),
        }
    }

    /// Stops waiting for the reply.
    pub fn stop(&mut self, cx: &mut Context<'_>, by: StoppedBy) -> Reaction {
        note_stop(cx, by);
        self.state = ExchangeState::Stopped(by);
        close(cx.connection)
    }

    fn send(&mut self, cx: &mut Context<'_>) -> Reaction {
        if !self.is_awaiting() {
            return Reaction::default();
        }
        let pieces = self.send_window.pieces(self.exchange.sent());
        for piece in &pieces {
            cx.log.sent(cx.at, piece);
        }
        Reaction::of(pieces.into_iter().map(|piece| cx.connection.send_bytes(piece)))
    }

    fn is_sent(&self) -> bool {
        self.timer.written_bytes() >= self.exchange.sent().len() as u64
    }

    fn record_write(&mut self, cx: &mut Context<'_>, bytes: u64, began: Micros) -> Reaction {
        if !self.is_awaiting() || self.is_sent() {
            return Reaction::default();
        }
        self.timer.record_write(bytes, began);
        let mut reaction = Reaction::default();
        // Only the wait for the reply is limited, not the time that a long message takes.
        reaction.push(limit(cx.connection, REPLY_LIMIT_MS));
        if self.is_sent() {
            cx.log.print(cx.at, Line::Sent(self.exchange.sent().to_vec()));
            reaction.merge(self.judge(cx));
        }
        reaction
    }

    fn receive(&mut self, cx: &mut Context<'_>, bytes: &[u8]) -> Reaction {
        cx.log.received(cx.at, bytes);
        self.exchange.receive(bytes);
        let ack = self.receive_window.consume(bytes.len());
        let mut reaction = Reaction::of(ack.map(|ack| cx.connection.send_message(ack)));
        match self.state {
            ExchangeState::Awaiting => {
                if self.accepts_anything() {
                    self.timer.extend(cx.at);
                } else if self.exchange.is_complete() {
                    self.timer.complete(cx.at);
                }
                reaction.merge(self.judge(cx));
            }
            ExchangeState::ReadingOn => reaction.push(quiet(cx.connection, READ_ON_QUIET_MS)),
            _ => {}
        }
        reaction
    }

    /// Judges the reply if it is complete, or if it never will be. The program writes before it
    /// reads: a reply that overtakes the news of the write waits for it.
    fn judge(&mut self, cx: &mut Context<'_>) -> Reaction {
        if !self.is_sent() {
            return Reaction::default();
        }
        if self.accepts_anything() {
            return self.judge_anything(cx);
        }
        match self.exchange.outcome() {
            Some(outcome) => {
                cx.log.print(cx.at, Line::verdict(outcome, lines::EARLY_END));
                let request = if self.is_peer_finished {
                    cx.connection.closing_request()
                } else {
                    Some(EndRequest::Finish)
                };
                terminate(cx, request);
                self.read_on(cx)
            }
            None if self.is_peer_finished => self.cut_short(cx, lines::EARLY_END, Cause::EarlyEnd),
            None => Reaction::default(),
        }
    }

    /// Judges a run that accepts any reply: it waits for the first byte, and then for the end of
    /// the connection or a pause.
    fn judge_anything(&mut self, cx: &mut Context<'_>) -> Reaction {
        if self.is_peer_finished {
            return self.receive_all(cx, None);
        }
        let mut reaction = Reaction::default();
        let (_, count) = self.exchange.extra();
        if count > 0 {
            reaction.push(quiet(cx.connection, QUIET_MS));
        }
        reaction
    }

    /// Ends a run that accepts any reply, once all of it has come.
    fn receive_all(&mut self, cx: &mut Context<'_>, cause: Option<Cause>) -> Reaction {
        terminate(cx, closing_request(cx.connection, cause));
        self.finish_receiving(cx, cause)
    }

    fn finish_receiving(&mut self, cx: &mut Context<'_>, cause: Option<Cause>) -> Reaction {
        self.state = ExchangeState::Received(cause);
        close(cx.connection).asking_for_bridge(cause.is_some_and(Cause::is_missing_bridge))
    }

    fn read_on(&mut self, cx: &mut Context<'_>) -> Reaction {
        if self.is_peer_finished {
            return self.stop_reading(cx);
        }
        self.state = ExchangeState::ReadingOn;
        let mut reaction = Reaction::of([cx.connection.send_message(ClientMessage::Finish)]);
        reaction.push(quiet(cx.connection, READ_ON_QUIET_MS));
        // A server that is never quiet is not read for ever.
        reaction.push(limit(cx.connection, READ_ON_LIMIT_MS));
        reaction
    }

    fn stop_reading(&mut self, cx: &mut Context<'_>) -> Reaction {
        self.state = ExchangeState::Replied;
        close(cx.connection)
    }

    fn cut_short(&mut self, cx: &mut Context<'_>, error: &str, cause: Cause) -> Reaction {
        let is_failure = cause != Cause::EarlyEnd;
        if self.accepts_anything() {
            if is_failure {
                cx.log.note(cx.at, Note::Failed(error.into()));
                set_failure(cx.log, cause);
            }
            return self.receive_all(cx, Some(cause));
        }
        cx.log.print(cx.at, Line::verdict(self.exchange.finish(), error));
        // A row of its own tells of the FIN that comes too early.
        if is_failure {
            set_failure(cx.log, cause);
        }
        terminate(cx, closing_request(cx.connection, Some(cause)));
        // A failure may come before the news of the write, and after the whole reply.
        self.state = if self.exchange.is_complete() {
            ExchangeState::Replied
        } else {
            ExchangeState::CutShort(cause)
        };
        close(cx.connection).asking_for_bridge(cause.is_missing_bridge())
    }

    fn on_peer_finished(&mut self, cx: &mut Context<'_>) -> Reaction {
        match self.state {
            ExchangeState::Awaiting => {
                self.is_peer_finished = true;
                self.judge(cx)
            }
            ExchangeState::ReadingOn => self.stop_reading(cx),
            _ => Reaction::default(),
        }
    }

    fn on_end(&mut self, cx: &mut Context<'_>, end: &End) -> Reaction {
        match self.state {
            ExchangeState::Awaiting => self.cut_short(cx, &end.error, end.cause),
            ExchangeState::ReadingOn => {
                // Before the verdict, the program has words for it.
                if matches!(end.cause, Cause::Failed(_, Kind::Reset)) {
                    cx.log.note(cx.at, Note::Reset(Direction::Received));
                    cx.log.set_evidence(TargetEvidence::Reported);
                }
                self.stop_reading(cx)
            }
            _ => Reaction::default(),
        }
    }
}

/// Prints that the program ends, and with it the connection, if the page has to ask for that.
fn terminate(cx: &mut Context<'_>, request: Option<EndRequest>) {
    cx.log.print(cx.at, Line::Terminated);
    if let Some(request) = request {
        cx.log.set_evidence(TargetEvidence::Inferred(request));
    }
}

/// Records in the latest row that the established connection failed.
fn set_failure(log: &mut Transcript, cause: Cause) {
    let failure = PathFailure { cause, was_established: true };
    log.set_evidence(TargetEvidence::Failed(failure));
}

/// Notes that the page waits no longer, and closes the connection. The program would wait on.
fn note_stop(cx: &mut Context<'_>, by: StoppedBy) {
    cx.log.note(cx.at, Note::Stopped(by));
    if let Some(request) = cx.connection.closing_request() {
        cx.log.set_evidence(TargetEvidence::Inferred(request));
    }
}

/// Returns how the page asks for the end of a connection that still stands.
fn closing_request(connection: &Connection, cause: Option<Cause>) -> Option<EndRequest> {
    match cause {
        None | Some(Cause::EarlyEnd) => connection.closing_request(),
        Some(_) => None,
    }
}

fn limit(connection: &Connection, delay_ms: u32) -> Command<ModesEvent> {
    run_timer(connection.id(), Timer::RunLimit, delay_ms, RunEvent::LimitReached)
}

fn quiet(connection: &Connection, delay_ms: u32) -> Command<ModesEvent> {
    run_timer(connection.id(), Timer::RunQuiet, delay_ms, RunEvent::Quiet)
}
