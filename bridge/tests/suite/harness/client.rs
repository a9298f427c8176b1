//! A WebSocket client of the bridge, in either dialect.

use std::net::SocketAddr;

use bridge::Shutdown;
use echo_core::wire::{BridgeMessage, ClientMessage, Failure, SUBPROTOCOL};
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::{WebSocketStream, client_async};

use super::{Bridge, soon};

/// What a client receives.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Received {
    Bytes(Vec<u8>),
    Control(BridgeMessage),
    Close(u16, String),
}

/// A client over TCP, or over another stream.
pub(crate) struct Client<S = TcpStream> {
    pub(crate) socket: WebSocketStream<S>,
}

impl Client {
    /// A client of `tcp-bridge.v1`; `query` begins with `?`.
    pub(crate) async fn open(bridge: &Bridge, query: &str) -> Self {
        Self::offering(bridge, query, SUBPROTOCOL).await.0
    }

    /// A client of the raw dialect, which offers no subprotocol.
    pub(crate) async fn open_raw(bridge: &Bridge, query: &str) -> Self {
        Self::offering(bridge, query, "").await.0
    }

    /// A client that offers these subprotocols, and the one that was chosen.
    pub(crate) async fn offering(
        bridge: &Bridge,
        query: &str,
        offer: &str,
    ) -> (Self, Option<String>) {
        Self::at(bridge.address, query, offer).await
    }

    /// The same, of a bridge that is a process of its own.
    pub(crate) async fn at(
        address: SocketAddr,
        query: &str,
        offer: &str,
    ) -> (Self, Option<String>) {
        let stream = TcpStream::connect(address).await.unwrap();
        Self::over(stream, address, query, offer).await
    }

    /// The same, over a connection to it that is open already.
    pub(crate) async fn over(
        stream: TcpStream,
        address: SocketAddr,
        query: &str,
        offer: &str,
    ) -> (Self, Option<String>) {
        Self::requesting(stream, &format!("ws://{address}/ws{query}"), offer).await
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Client<S> {
    /// A client over any stream to a bridge, which asks for this URL and offers these subprotocols,
    /// and the one that was chosen.
    pub(crate) async fn requesting(stream: S, url: &str, offer: &str) -> (Self, Option<String>) {
        let mut request = url.into_client_request().unwrap();
        if !offer.is_empty() {
            let offer = HeaderValue::from_str(offer).unwrap();
            request.headers_mut().insert("sec-websocket-protocol", offer);
        }
        let (socket, response) = soon(client_async(request, stream)).await.unwrap();
        let chosen = response.headers().get("sec-websocket-protocol");
        let chosen = chosen.map(|name| name.to_str().unwrap().to_owned());
        (Self { socket }, chosen)
    }

    pub(crate) async fn send(&mut self, bytes: &[u8]) {
        soon(self.socket.send(Message::binary(bytes.to_vec()))).await.unwrap();
    }

    pub(crate) async fn send_text(&mut self, text: &str) {
        soon(self.socket.send(Message::text(text))).await.unwrap();
    }

    pub(crate) async fn send_control(&mut self, message: ClientMessage) {
        self.send_text(&serde_json::to_string(&message).unwrap()).await;
    }

    pub(crate) async fn close(&mut self) {
        soon(self.socket.close(None)).await.unwrap();
    }

    /// Receives the next message; a Close without code is 1005, an end without Close 1006
    /// (RFC 6455, section 7.4.1).
    pub(crate) async fn next(&mut self) -> Received {
        loop {
            return match soon(self.socket.next()).await {
                Some(Ok(Message::Binary(bytes))) => Received::Bytes(bytes.to_vec()),
                Some(Ok(Message::Text(text))) => {
                    Received::Control(serde_json::from_str(&text).unwrap())
                }
                Some(Ok(Message::Close(Some(frame)))) => {
                    Received::Close(frame.code.into(), frame.reason.to_string())
                }
                Some(Ok(Message::Close(None))) => Received::Close(1005, String::new()),
                Some(Ok(_)) => continue,
                Some(Err(_)) | None => Received::Close(1006, String::new()),
            };
        }
    }

    /// Receives everything up to the Close.
    pub(crate) async fn receive_all(&mut self) -> Session {
        let mut session = Session::default();
        loop {
            match self.next().await {
                Received::Bytes(bytes) => session.bytes.extend(bytes),
                Received::Control(message) => session.control.push(message),
                Received::Close(code, reason) => {
                    (session.code, session.reason) = (code, reason);
                    // Answers the Close, and waits for the connection's end.
                    let _ = soon(self.socket.next()).await;
                    return session;
                }
            }
        }
    }

    /// Reads until `connected`.
    pub(crate) async fn connected(&mut self) {
        assert!(self.connects().await);
    }

    /// Whether `connected` comes.
    pub(crate) async fn connects(&mut self) -> bool {
        loop {
            match self.next().await {
                Received::Control(BridgeMessage::Connecting { .. }) => {}
                heard => {
                    return matches!(heard, Received::Control(BridgeMessage::Connected { .. }));
                }
            }
        }
    }

    /// Reads exactly `count` bytes, or as many as come with the last message of them.
    pub(crate) async fn receive(&mut self, count: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        while bytes.len() < count {
            match self.next().await {
                Received::Bytes(more) => bytes.extend(more),
                Received::Control(_) => {}
                Received::Close(code, reason) => panic!("{code} {reason} after {bytes:?}"),
            }
        }
        bytes
    }
}

/// All that a session sent.
#[derive(Debug, Default)]
pub(crate) struct Session {
    pub(crate) bytes: Vec<u8>,
    pub(crate) control: Vec<BridgeMessage>,
    pub(crate) code: u16,
    pub(crate) reason: String,
}

impl Session {
    /// The types of its control messages, in order.
    pub(crate) fn types(&self) -> Vec<String> {
        let kind = |message| serde_json::to_value(message).unwrap()["type"].clone();
        self.control.iter().map(|m| kind(m).as_str().unwrap().to_owned()).collect()
    }

    /// Its one failure.
    pub(crate) fn failure(&self) -> &Failure {
        let failure = self.control.iter().find_map(|message| match message {
            BridgeMessage::Failed(failure) => Some(failure),
            _ => None,
        });
        failure.expect("the session failed")
    }
}

/// Has `bridge` go down in this way while a session is open, which still works and finishes, and
/// waits until the bridge has stopped.
pub(crate) async fn finish_while_it_goes_down(mut bridge: Bridge, shutdown: Shutdown) {
    let mut client = Client::open(&bridge, "").await;
    client.connected().await;
    bridge.shut_down(shutdown);
    // Nothing announces that the listener is gone; a connection in its backlog may still be made.
    while TcpStream::connect(bridge.address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    client.send(b"still here").await;
    assert_eq!(client.receive(10).await, b"still here");
    client.send_control(ClientMessage::Finish).await;
    assert_eq!(client.receive_all().await.code, 1000);
    bridge.stopped().await;
}
