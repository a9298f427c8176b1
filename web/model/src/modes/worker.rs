//! One of the connections of a repetition: it sends, waits for the whole reply, and sends again.

use echo_core::wire::BridgeMessage;
use echo_core::{Line, lines};

use super::active_exchange::{ActiveExchange, Reply};
use crate::bridge::Bridge;
use crate::cause::Cause;
use crate::connection_trace::TraceLevel;
use crate::effect::Effect;
use crate::event::SessionEvent;
use crate::flow_control::SendWindow;
use crate::run::RunId;

/// A connection of a repetition.
#[derive(Debug)]
pub struct Worker {
    /// Which session it is.
    pub id: RunId,
    state: State,
}

#[derive(Debug)]
enum State {
    /// The bridge, and through it the target, is being reached.
    Opening { open: bool },
    /// The WebSocket did not open; the bridge is asked why.
    Asking,
    /// The connection stands.
    Talking(Box<ActiveExchange>),
    /// Nothing more happens on it.
    Over,
}

/// What came of an event.
#[derive(Debug)]
pub enum News {
    /// A whole reply.
    Replied(Reply),
    /// The connection broke.
    Broke(Line, Cause),
    /// There was no connection.
    NotConnected(Line, Cause),
    /// The WebSocket did not open: nobody knows why yet.
    Unopened,
}

impl Worker {
    /// A connection that is being opened to the target of this name.
    #[must_use]
    pub fn open(id: RunId, target: String) -> (Self, Effect) {
        let lane = Self { id, state: State::Opening { open: false } };
        (lane, Effect::In(id, vec![Effect::Open { run: id, target, watch: TraceLevel::Trace }]))
    }

    /// Whether anything may still happen on it.
    #[must_use]
    pub fn is_over(&self) -> bool {
        matches!(self.state, State::Over)
    }

    /// Whether it waits to hear why its WebSocket did not open.
    #[must_use]
    pub fn is_asking(&self) -> bool {
        matches!(self.state, State::Asking)
    }

    /// Whether the reply has been awaited for too long.
    #[must_use]
    pub fn is_overdue(&self, at: f64) -> bool {
        matches!(&self.state, State::Talking(exchanging) if exchanging.is_overdue(at))
    }

    /// Ends it; what was sent still reaches the target, and then FIN.
    pub fn close(&mut self) -> Option<Effect> {
        let closes = !self.is_over();
        self.state = State::Over;
        closes.then(|| Effect::In(self.id, vec![Effect::Close]))
    }

    /// Begins the next exchange, with what of its reply came ahead.
    pub fn again(&mut self, at: f64, message: &[u8]) -> Vec<Effect> {
        match &mut self.state {
            State::Talking(exchanging) => vec![Effect::In(self.id, exchanging.again(at, message))],
            _ => vec![],
        }
    }

    /// Takes in what happened in its session.
    pub fn on(
        &mut self,
        at: f64,
        event: SessionEvent,
        message: &[u8],
        max_message: u64,
    ) -> (Vec<Effect>, Option<News>) {
        match (&mut self.state, event) {
            (State::Opening { open }, SessionEvent::Opened) => {
                *open = true;
                (vec![], None)
            }
            (State::Opening { open: false }, SessionEvent::Closed { .. }) => {
                self.state = State::Asking;
                (vec![], Some(News::Unopened))
            }
            (State::Opening { .. }, SessionEvent::Said(BridgeMessage::Connected { .. })) => {
                let send_window = SendWindow::new(max_message);
                self.state = State::Talking(Box::new(ActiveExchange::new(send_window, at)));
                (self.again(at, message), None)
            }
            (State::Opening { .. } | State::Talking(_), event) if ends(&event) => {
                (vec![], Some(self.ended(event)))
            }
            (State::Talking(exchanging), event) => {
                let (effects, reply) = exchanging.on(at, event, message);
                (vec![Effect::In(self.id, effects)], reply.map(News::Replied))
            }
            _ => (vec![], None),
        }
    }

    /// What the bridge's silence, or refusal, means for a WebSocket that did not open.
    #[must_use]
    pub fn learn(&self, bridge: &Bridge) -> Option<News> {
        let (error, cause) = Cause::unopened(bridge);
        self.is_asking().then_some(News::NotConnected(Line::FailedToConnect(error), cause))
    }

    fn ended(&self, event: SessionEvent) -> News {
        let (error, cause) = match event {
            SessionEvent::Said(BridgeMessage::Failed(failure)) => Cause::failed(failure),
            SessionEvent::Closed { code, reason } => Cause::closed(code, reason),
            _ => (lines::EARLY_END.into(), Cause::EarlyEnd),
        };
        match self.state {
            State::Talking(_) => News::Broke(Line::FailedToReceive(error), cause),
            _ => News::NotConnected(Line::FailedToConnect(error), cause),
        }
    }
}

fn ends(event: &SessionEvent) -> bool {
    matches!(
        event,
        SessionEvent::Said(BridgeMessage::Failed(_) | BridgeMessage::Finished { .. })
            | SessionEvent::Closed { .. }
    )
}
