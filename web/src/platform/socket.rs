//! A wrapper of the browser's `WebSocket`.

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use web_sys::{BinaryType, CloseEvent, Event, MessageEvent, WebSocket};

/// An event of a [`Socket`].
pub enum SocketEvent {
    /// The socket is open.
    Opened,
    /// A text message was received.
    Text(String),
    /// A binary message was received.
    Bytes(Vec<u8>),
    /// The socket was closed, or could not be opened.
    Closed {
        /// The close code (RFC 6455, section 7.4).
        code: u16,
        /// The reason that the peer gave, or an empty string.
        reason: String,
    },
}

/// A WebSocket. Dropping it closes it, and no event follows.
pub struct Socket {
    inner: WebSocket,
    _on_open: Closure<dyn FnMut(Event)>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_close: Closure<dyn FnMut(CloseEvent)>,
}

impl Socket {
    /// Opens a socket, and passes its events to `on_event`.
    ///
    /// # Errors
    ///
    /// Returns an error if the URL is not one of a WebSocket.
    pub fn open(
        url: &str,
        on_event: impl Fn(SocketEvent) + Clone + 'static,
    ) -> Result<Self, JsValue> {
        let inner = WebSocket::new(url)?;
        inner.set_binary_type(BinaryType::Arraybuffer);
        let on_open = Closure::new({
            let on_event = on_event.clone();
            move |_: Event| on_event(SocketEvent::Opened)
        });
        let on_message = Closure::new({
            let on_event = on_event.clone();
            move |event: MessageEvent| on_event(message(&event.data()))
        });
        let on_close = Closure::new(move |event: CloseEvent| {
            on_event(SocketEvent::Closed { code: event.code(), reason: event.reason() });
        });
        inner.set_onopen(Some(on_open.as_ref().unchecked_ref()));
        inner.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        inner.set_onclose(Some(on_close.as_ref().unchecked_ref()));
        Ok(Self { inner, _on_open: on_open, _on_message: on_message, _on_close: on_close })
    }

    /// Sends a binary message. It does nothing if the bridge is closing the socket, which is reported
    /// soon: the browser would write an error into its console.
    pub fn send_bytes(&self, bytes: &[u8]) {
        if self.is_open() {
            let _ = self.inner.send_with_u8_array(bytes);
        }
    }

    /// Sends a text message, as [`send_bytes`](Self::send_bytes) does.
    pub fn send_text(&self, text: &str) {
        if self.is_open() {
            let _ = self.inner.send_with_str(text);
        }
    }

    fn is_open(&self) -> bool {
        self.inner.ready_state() == WebSocket::OPEN
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.inner.set_onopen(None);
        self.inner.set_onmessage(None);
        self.inner.set_onclose(None);
        // Of the codes of RFC 6455, a page may use only 1000. It is always accepted.
        let _ = self.inner.close_with_code(1000);
    }
}

fn message(data: &JsValue) -> SocketEvent {
    match data.dyn_ref::<ArrayBuffer>() {
        Some(buffer) => SocketEvent::Bytes(Uint8Array::new(buffer).to_vec()),
        None => SocketEvent::Text(data.as_string().unwrap_or_default()),
    }
}
