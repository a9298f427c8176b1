//! The WebSocket connections to the bridge.

use std::collections::HashMap;

use echo_core::wire::{BridgeMessage, ClientMessage, SUBPROTOCOL, WS_PATH};
use js_sys::encode_uri_component;
use page_model::connection::{ConnectionEvent, ConnectionId, Endpoint, Security, TraceLevel};
use page_model::json;

use super::browser;
use super::socket::{Socket, SocketEvent};

/// The close code of a connection that was not closed in an orderly way (RFC 6455, section 7.1.5).
const ABNORMAL_CLOSURE: u16 = 1006;

/// The open WebSocket connections.
#[derive(Default)]
pub struct Connections(HashMap<ConnectionId, Socket>);

impl Connections {
    /// Opens a WebSocket, and passes its events to `report` until it is closed.
    pub fn open(
        &mut self,
        id: ConnectionId,
        endpoint: &Endpoint,
        trace: TraceLevel,
        report: impl Fn(ConnectionEvent) + Clone + 'static,
    ) {
        let receive = report.clone();
        let socket = Socket::open(&url(endpoint, trace), move |event| {
            if let Some(event) = read_event(event) {
                receive(event);
            }
        });
        match socket {
            Ok(socket) => _ = self.0.insert(id, socket),
            Err(_) => {
                report(ConnectionEvent::Closed { code: ABNORMAL_CLOSURE, reason: String::new() });
            }
        }
    }

    /// Sends bytes to the target.
    pub fn send_bytes(&self, id: ConnectionId, bytes: &[u8]) {
        if let Some(socket) = self.0.get(&id) {
            socket.send_bytes(bytes);
        }
    }

    /// Sends a message to the bridge.
    pub fn send_message(&self, id: ConnectionId, message: &ClientMessage) {
        if let (Some(socket), Ok(text)) = (self.0.get(&id), serde_json::to_string(message)) {
            socket.send_text(&text);
        }
    }

    /// Closes a WebSocket.
    pub fn close(&mut self, id: ConnectionId) {
        self.0.remove(&id);
    }
}

/// Returns the address of a session. The dialect is asked for in it: a proxy may lose a
/// subprotocol, and a browser then refuses the connection.
fn url(endpoint: &Endpoint, trace: TraceLevel) -> String {
    let (key, value, verify) = match endpoint {
        Endpoint::Target { name, security: Security::UnverifiedTls } => {
            ("target", name, "&tls_verify=off")
        }
        Endpoint::Target { name, security: Security::Plain | Security::Tls } => {
            ("target", name, "")
        }
        Endpoint::Listen(address) => ("listen", address, ""),
        Endpoint::Accept(id) => ("accept", id, ""),
    };
    let value = encode_uri_component(value);
    let level = match trace {
        TraceLevel::Trace => "",
        TraceLevel::Kernel => "&tcp_info=1",
        TraceLevel::Packets => "&packets=1",
    };
    let origin = browser::socket_origin();
    format!("{origin}{WS_PATH}?{key}={value}&dialect={SUBPROTOCOL}&trace=1{level}{verify}")
}

/// Reads an event of a socket. A text that is no message of the protocol is written into the
/// console.
fn read_event(event: SocketEvent) -> Option<ConnectionEvent> {
    Some(match event {
        SocketEvent::Opened => ConnectionEvent::Opened,
        SocketEvent::Bytes(bytes) => ConnectionEvent::Bytes(bytes),
        SocketEvent::Closed { code, reason } => ConnectionEvent::Closed { code, reason },
        SocketEvent::Text(text) => ConnectionEvent::Message(read_message(&text)?),
    })
}

/// Reads a message of the bridge. One whose type this page does not know, as a newer bridge may send
/// it, is written into the console, and the model ignores it.
fn read_message(text: &str) -> Option<BridgeMessage> {
    match json::read(text.as_bytes()) {
        Ok(BridgeMessage::Unknown) => {
            let beginning = json::beginning(text.as_bytes());
            browser::warn(&format!("The bridge sent a message of an unknown type: {beginning}"));
            Some(BridgeMessage::Unknown)
        }
        Ok(message) => Some(message),
        Err(warning) => {
            browser::warn(&warning);
            None
        }
    }
}
