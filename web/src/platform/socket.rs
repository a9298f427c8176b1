//! The page's WebSocket: a thin wrapper, the only place that touches one.

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use web_sys::{BinaryType, CloseEvent, Event, MessageEvent, WebSocket};

/// What a socket tells.
pub enum SocketEvent {
    /// It is open.
    Opened,
    /// A text message.
    Text(String),
    /// A binary message.
    Bytes(Vec<u8>),
    /// It is closed, or could not be opened.
    Closed {
        /// The close code.
        code: u16,
        /// The reason given.
        reason: String,
    },
}

/// A WebSocket that is closed, and heard no more, when it is dropped.
pub struct Socket {
    inner: WebSocket,
    _on_open: Closure<dyn FnMut(Event)>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_close: Closure<dyn FnMut(CloseEvent)>,
}

impl Socket {
    /// Opens a socket whose events go to `tell`.
    ///
    /// # Errors
    ///
    /// When the browser does not take the address.
    pub fn open(url: &str, tell: impl Fn(SocketEvent) + Clone + 'static) -> Result<Self, JsValue> {
        let inner = WebSocket::new(url)?;
        inner.set_binary_type(BinaryType::Arraybuffer);
        let on_open = Closure::new({
            let tell = tell.clone();
            move |_: Event| tell(SocketEvent::Opened)
        });
        let on_message = Closure::new({
            let tell = tell.clone();
            move |event: MessageEvent| tell(message(&event.data()))
        });
        let on_close = Closure::new(move |event: CloseEvent| {
            tell(SocketEvent::Closed { code: event.code(), reason: event.reason() });
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
        // 1000: the only code of the standard's that a page may give. It cannot be refused.
        let _ = self.inner.close_with_code(1000);
    }
}

fn message(data: &JsValue) -> SocketEvent {
    match data.dyn_ref::<ArrayBuffer>() {
        Some(buffer) => SocketEvent::Bytes(Uint8Array::new(buffer).to_vec()),
        None => SocketEvent::Text(data.as_string().unwrap_or_default()),
    }
}
