//! The session of a run: its socket and its wakes, which end together when it is dropped.

use echo_core::wire::{BridgeMessage, ClientMessage, SUBPROTOCOL, WS_PATH};
use gloo_timers::callback::Timeout;
use js_sys::encode_uri_component;
use yew::Callback;

use crate::browser;
use crate::socket::{Socket, SocketEvent};
use page_model::connection_trace::TraceLevel;
use page_model::effect::LINGER_MS;
use page_model::run::RunId;
use page_model::{Effect, Event, SessionEvent, Wake};

/// A session with the bridge.
pub struct Session {
    socket: Option<Socket>,
    wakes: Vec<(Wake, Timeout)>,
    /// Whether the bridge was told that no more bytes follow; it must not be told twice.
    finished: bool,
    captures: bool,
    tell: Callback<SessionEvent>,
}

impl Session {
    /// Opens a session for a run; what happens in it goes to `emit`.
    pub fn open(run: RunId, target: &str, watch: TraceLevel, emit: Callback<Event>) -> Self {
        let tell = Callback::from(move |event| {
            emit.emit(Event::Session { run, at: browser::now(), event });
        });
        let heard = tell.clone();
        let socket = Socket::open(&url(target, watch), move |event| {
            if let Some(event) = understand(event) {
                heard.emit(event);
            }
        });
        if socket.is_err() {
            tell.emit(SessionEvent::Closed { code: 1006, reason: String::new() });
        }
        let captures = watch == TraceLevel::Packets;
        Self { socket: socket.ok(), wakes: Vec::new(), finished: false, captures, tell }
    }

    /// Ends it as closing it would, but goes on hearing of its packets; none where there are none to
    /// wait for.
    pub fn hang_up(mut self) -> Option<Self> {
        if !self.captures {
            return None;
        }
        self.wakes.clear();
        if !self.finished {
            self.say(ClientMessage::Finish);
        }
        self.wake(Wake::Linger, LINGER_MS);
        Some(self)
    }

    /// Carries out what is to be done in this session; other effects are not for it.
    pub fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Send(bytes) => self.send(&bytes),
            Effect::Say(message) => self.say(message),
            Effect::Wake(wake, after_ms) => self.wake(wake, after_ms),
            _ => {}
        }
    }

    /// Sends bytes to the target.
    fn send(&self, bytes: &[u8]) {
        if let Some(socket) = &self.socket {
            socket.send_bytes(bytes);
        }
    }

    /// Says something to the bridge.
    fn say(&mut self, message: ClientMessage) {
        self.finished |= matches!(message, ClientMessage::Finish | ClientMessage::Reset);
        if let (Some(socket), Ok(text)) = (&self.socket, serde_json::to_string(&message)) {
            socket.send_text(&text);
        }
    }

    /// Wakes the run after a while, in place of an earlier wake of that kind.
    fn wake(&mut self, wake: Wake, after_ms: u32) {
        let tell = self.tell.clone();
        let timeout = Timeout::new(after_ms, move || tell.emit(SessionEvent::Woke(wake)));
        self.wakes.retain(|(other, _)| *other != wake);
        self.wakes.push((wake, timeout));
    }
}

/// The dialect is asked for in the address: a proxy may lose a subprotocol, and a browser then
/// refuses the connection.
fn url(target: &str, watch: TraceLevel) -> String {
    let target = encode_uri_component(target);
    let watched = match watch {
        TraceLevel::Trace => "",
        TraceLevel::Kernel => "&tcp_info=1",
        TraceLevel::Packets => "&packets=1",
    };
    let origin = browser::socket_origin();
    format!("{origin}{WS_PATH}?target={target}&dialect={SUBPROTOCOL}&trace=1{watched}")
}

/// What a socket's event means; none for a text that is no message of the protocol, which stands in
/// the console.
fn understand(event: SocketEvent) -> Option<SessionEvent> {
    Some(match event {
        SocketEvent::Opened => SessionEvent::Opened,
        SocketEvent::Bytes(bytes) => SessionEvent::Bytes(bytes),
        SocketEvent::Closed { code, reason } => SessionEvent::Closed { code, reason },
        SocketEvent::Text(text) => SessionEvent::Said(read(text.as_bytes())?),
    })
}

/// Reads a message of the bridge. A newer bridge may send one whose type this page does not know: it
/// stands in the console, and the model passes it over.
fn read(text: &[u8]) -> Option<BridgeMessage> {
    let message = browser::read_json(text)?;
    if message == BridgeMessage::Unknown {
        let shown = browser::beginning(text);
        browser::warn(&format!("This page does not know what the bridge said: {shown}"));
    }
    Some(message)
}
