//! The life of a connection: opening, perhaps a diagnosis, open, closed.

use std::rc::Rc;

use echo_core::wire::{Address, BridgeMessage, ClientMessage, Failure};

use super::{
    ConnectionEvent, ConnectionId, ConnectionTrace, EndRequest, Endpoint, Security, TraceLevel,
};
use crate::bridge::Bridge;
use crate::cause::Cause;
use crate::command::{Command, Elapsed, Timer};
use crate::time::{Micros, PageTime};

/// How long the last packets of a closed connection are waited for, in milliseconds: twice as long
/// as the bridge waits for them, since the target's FIN is waited for, too.
pub const LINGER_MS: u32 = 1_000;

/// A connection, and what the bridge reported about it.
#[derive(Debug)]
pub struct Connection {
    id: ConnectionId,
    phase: Phase,
    level: TraceLevel,
    security: Security,
    trace: ConnectionTrace,
    /// Whether the bridge was told that no more bytes follow. It must not be told twice.
    is_finished: bool,
    socket: Socket,
}

/// The WebSocket of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Socket {
    /// It is open, or being opened.
    Open,
    /// The bridge closed it; the platform still holds it.
    Closed,
    /// The platform was asked to drop it.
    Dropped,
}

/// How far a connection has come.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Phase {
    /// The bridge, and through it the target, is being reached.
    Opening {
        /// Whether the WebSocket is open.
        is_bridge_reached: bool,
    },
    /// The WebSocket did not open; the bridge is asked why.
    Diagnosing,
    /// The TCP connection is established, and the TLS handshake goes on.
    Securing {
        /// The target's end of it.
        peer: Address,
        /// When it was established, by the bridge's clock.
        at: Micros,
    },
    /// The connection is established, and encrypted if it is to be.
    Open,
    /// It is over.
    Closed,
}

/// Something that happened on a connection, as the modes need it.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// The WebSocket did not open; what the bridge says of itself tells why:
    /// [`Connection::diagnose`].
    Unopened,
    /// The TCP connection is established, this long after the session began; the TLS handshake
    /// follows.
    Reached {
        /// The target's end of it.
        peer: Address,
        /// By the bridge's clock.
        at: Micros,
    },
    /// Bytes can be sent, this long after the session began.
    Established {
        /// The target's end of the connection.
        peer: Address,
        /// By the bridge's clock.
        at: Micros,
        /// How long the TLS handshake took, if there was one; it ended then.
        handshake: Option<Micros>,
    },
    /// Bytes came from the target.
    Received(Vec<u8>),
    /// The bridge has written this many bytes to the target in all.
    Acknowledged(u64),
    /// The bridge wrote bytes to the target.
    Wrote {
        /// How many.
        bytes: u64,
        /// When the call began, by the bridge's clock; when it returned, if the bridge is an older
        /// one that says no more.
        at: Micros,
    },
    /// The bridge read bytes from the target, which come next.
    Read {
        /// By the bridge's clock.
        at: Micros,
    },
    /// The target finished its side (FIN).
    PeerFinished {
        /// By the bridge's clock.
        at: Micros,
    },
    /// The connection ended.
    Ended(End),
}

/// How a connection ended that the page did not close.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// Whether bytes could be sent: the TCP connection had been established, and the TLS handshake
    /// was over, if there was to be one.
    pub was_established: bool,
    /// The close code, where the WebSocket was closed without a message that says why.
    pub code: Option<u16>,
    /// The error, in the words of the component that reported it.
    pub error: String,
    /// The cause.
    pub cause: Cause,
}

/// The platform's report of an event on a connection, or of a timer that belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The connection.
    pub id: ConnectionId,
    /// When it happened.
    pub at: PageTime,
    /// What happened.
    pub kind: EventKind,
}

/// What happened on a connection.
#[derive(Clone, Debug, PartialEq)]
pub enum EventKind {
    /// The platform reports an event of the WebSocket.
    Socket(ConnectionEvent),
    /// The last packets were waited for long enough.
    LingerElapsed,
}

impl Connection {
    /// Opens a connection to a target, or claims one that came in.
    #[must_use]
    pub fn open(id: ConnectionId, endpoint: Endpoint, level: TraceLevel) -> (Self, Command<Event>) {
        let phase = Phase::Opening { is_bridge_reached: false };
        let trace = match endpoint {
            Endpoint::Accept(_) => ConnectionTrace::of_accepted(),
            Endpoint::Target { .. } | Endpoint::Listen(_) => ConnectionTrace::default(),
        };
        let security = match endpoint {
            Endpoint::Target { security, .. } => security,
            Endpoint::Listen(_) | Endpoint::Accept(_) => Security::Plain,
        };
        let report = Rc::new(move |at, event| Event { id, at, kind: EventKind::Socket(event) });
        let command = Command::Connect { id, endpoint, trace: level, report };
        let (is_finished, socket) = (false, Socket::Open);
        (Self { id, phase, level, security, trace, is_finished, socket }, command)
    }

    /// Returns its id.
    #[must_use]
    pub fn id(&self) -> ConnectionId {
        self.id
    }

    /// Returns what the bridge reported about it.
    #[must_use]
    pub fn trace(&self) -> &ConnectionTrace {
        &self.trace
    }

    /// Returns whether it is over.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.phase == Phase::Closed
    }

    /// Returns whether the TCP connection is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.phase == Phase::Open
    }

    /// Returns whether the bridge has to be asked why the WebSocket did not open.
    #[must_use]
    pub fn is_diagnosing(&self) -> bool {
        self.phase == Phase::Diagnosing
    }

    /// Applies an event: returns what changed, and what the platform has to do.
    pub fn update(&mut self, event: EventKind) -> (Option<Change>, Vec<Command<Event>>) {
        let event = match event {
            EventKind::LingerElapsed => return (None, self.stop_lingering()),
            EventKind::Socket(event) => event,
        };
        if matches!(event, ConnectionEvent::Closed { .. }) {
            self.socket = Socket::Closed;
        }
        if let ConnectionEvent::Message(message) = &event
            && self.is_traced()
        {
            self.trace.record_message(message);
        }
        if self.is_closed() {
            let is_last = matches!(event, ConnectionEvent::Closed { .. });
            return (None, if is_last { self.stop_lingering() } else { vec![] });
        }
        (self.change(event), vec![])
    }

    /// Returns whether anybody looks at the trace: nobody does at that of a load test.
    fn is_traced(&self) -> bool {
        self.level != TraceLevel::Trace
    }

    fn change(&mut self, event: ConnectionEvent) -> Option<Change> {
        let was_established = self.is_open();
        match event {
            ConnectionEvent::Opened => {
                self.phase = Phase::Opening { is_bridge_reached: true };
                None
            }
            ConnectionEvent::Bytes(bytes) => Some(Change::Received(bytes)),
            ConnectionEvent::Message(message) => self.on_message(message),
            ConnectionEvent::Closed { .. }
                if self.phase == Phase::Opening { is_bridge_reached: false } =>
            {
                self.phase = Phase::Diagnosing;
                Some(Change::Unopened)
            }
            ConnectionEvent::Closed { code, reason } => {
                let (error, cause) = Cause::from_close(code, reason);
                Some(self.end(End { was_established, code: Some(code), error, cause }))
            }
        }
    }

    fn on_message(&mut self, message: BridgeMessage) -> Option<Change> {
        Some(match message {
            BridgeMessage::Connected { peer, resolve_us, connect_us, .. } => {
                self.reach(peer, Micros(resolve_us + connect_us))
            }
            BridgeMessage::Accepted { peer, .. } => self.reach(peer, Micros(0)),
            BridgeMessage::Secured(session) => return self.secure(Micros(session.handshake_us)),
            BridgeMessage::Ack { bytes } => Change::Acknowledged(bytes),
            BridgeMessage::Wrote { bytes, began_us, at_us } => {
                Change::Wrote { bytes, at: Micros(began_us.unwrap_or(at_us)) }
            }
            BridgeMessage::Read { at_us, .. } => Change::Read { at: Micros(at_us) },
            BridgeMessage::Finished { at_us } => Change::PeerFinished { at: Micros(at_us) },
            BridgeMessage::Failed(failure) => self.fail(failure),
            BridgeMessage::Connecting { .. }
            | BridgeMessage::Closed { .. }
            | BridgeMessage::Capturing { .. }
            | BridgeMessage::NotCapturing { .. }
            | BridgeMessage::Packet(_)
            | BridgeMessage::Captured { .. }
            | BridgeMessage::TcpInfo(_)
            | BridgeMessage::Listening { .. }
            | BridgeMessage::Incoming { .. }
            | BridgeMessage::Abandoned { .. }
            | BridgeMessage::TlsSecrets { .. }
            | BridgeMessage::Unknown => return None,
        })
    }

    fn reach(&mut self, peer: Address, at: Micros) -> Change {
        if self.security == Security::Plain {
            self.phase = Phase::Open;
            return Change::Established { peer, at, handshake: None };
        }
        self.phase = Phase::Securing { peer: peer.clone(), at };
        Change::Reached { peer, at }
    }

    fn secure(&mut self, handshake: Micros) -> Option<Change> {
        let Phase::Securing { peer, at } = &self.phase else { return None };
        let (peer, at) = (peer.clone(), Micros(at.0 + handshake.0));
        self.phase = Phase::Open;
        Some(Change::Established { peer, at, handshake: Some(handshake) })
    }

    fn fail(&mut self, failure: Failure) -> Change {
        let was_established = self.is_open();
        let (error, cause) = Cause::from_failure(failure);
        self.end(End { was_established, code: None, error, cause })
    }

    /// Learns what the bridge says of itself: why the WebSocket did not open.
    pub fn diagnose(&mut self, bridge: &Bridge) -> Option<End> {
        if !self.is_diagnosing() {
            return None;
        }
        let (error, cause) = Cause::from_unopened(bridge);
        self.phase = Phase::Closed;
        Some(End { was_established: false, code: None, error, cause })
    }

    fn end(&mut self, end: End) -> Change {
        self.phase = Phase::Closed;
        Change::Ended(end)
    }

    /// Sends bytes to the target.
    #[must_use]
    pub fn send_bytes(&self, bytes: Vec<u8>) -> Command<Event> {
        Command::SendBytes { id: self.id, bytes }
    }

    /// Sends a message to the bridge.
    pub fn send_message(&mut self, message: ClientMessage) -> Command<Event> {
        match message {
            ClientMessage::Finish if self.is_traced() => self.trace.record_finish(),
            ClientMessage::Reset if self.is_traced() => self.trace.record_reset(),
            ClientMessage::Finish | ClientMessage::Reset | ClientMessage::Ack { .. } => {}
        }
        self.is_finished |= matches!(message, ClientMessage::Finish | ClientMessage::Reset);
        Command::SendMessage { id: self.id, message }
    }

    /// Returns how [`close`](Self::close) asks the bridge to end the TCP connection, or `None` if
    /// it has nothing to ask any more.
    #[must_use]
    pub fn closing_request(&self) -> Option<EndRequest> {
        match self.socket {
            Socket::Open if self.level != TraceLevel::Packets => Some(EndRequest::Close),
            Socket::Open if !self.is_finished => Some(EndRequest::Finish),
            Socket::Open | Socket::Closed | Socket::Dropped => None,
        }
    }

    /// Closes the connection: what was sent still reaches the target, and then FIN. One whose
    /// packets are captured stays for a while, until the bridge has reported the last of them.
    pub fn close(&mut self) -> Vec<Command<Event>> {
        self.phase = Phase::Closed;
        if self.level == TraceLevel::Packets && self.socket == Socket::Open {
            return self.linger();
        }
        if self.is_traced() {
            self.trace.record_finish();
        }
        self.drop_socket()
    }

    /// Drops the connection in favour of another: nothing more is heard of it.
    pub fn discard(&mut self) -> Vec<Command<Event>> {
        self.phase = Phase::Closed;
        self.stop_lingering()
    }

    /// Waits for the last packets, for [`LINGER_MS`] at most.
    fn linger(&mut self) -> Vec<Command<Event>> {
        let id = self.id;
        let elapsed = move |Elapsed { at, .. }| Event { id, at, kind: EventKind::LingerElapsed };
        let (timer, delay_ms) = (Timer::Linger(id), LINGER_MS);
        let linger = Command::SetTimer { timer, delay_ms, elapsed: Box::new(elapsed) };
        if self.is_finished {
            return vec![linger];
        }
        vec![self.send_message(ClientMessage::Finish), linger]
    }

    fn stop_lingering(&mut self) -> Vec<Command<Event>> {
        let mut commands = self.drop_socket();
        if !commands.is_empty() && self.level == TraceLevel::Packets {
            commands.push(Command::CancelTimer(Timer::Linger(self.id)));
        }
        commands
    }

    fn drop_socket(&mut self) -> Vec<Command<Event>> {
        if self.socket == Socket::Dropped {
            return vec![];
        }
        self.socket = Socket::Dropped;
        vec![Command::Close(self.id)]
    }
}
