//! The control messages of `tcp-bridge.v1`.

use std::mem::take;

use echo_core::wire::{BridgeMessage, ClientMessage, MAX_CONTROL};

use super::ending::Ending;

/// Returns a control message for the client as JSON.
///
/// # Panics
/// Never: every [`BridgeMessage`] has a form in JSON.
#[must_use]
pub(crate) fn to_json(message: &BridgeMessage) -> String {
    serde_json::to_string(message).expect("a control message is always JSON")
}

/// The beginning of a control message of the client, of which not all bytes have come.
#[derive(Debug, Default)]
pub(super) struct ControlText(Vec<u8>);

impl ControlText {
    /// Takes the next piece of a control message. Returns the message once it `is_last`.
    ///
    /// # Errors
    /// Fails for a message that is too long or cannot be parsed.
    pub(super) fn extend(
        &mut self,
        piece: &[u8],
        is_last: bool,
    ) -> Result<Option<ClientMessage>, Ending> {
        if self.0.len() + piece.len() > MAX_CONTROL {
            return Err(Ending::too_big("a control message", MAX_CONTROL));
        }
        if is_last && self.0.is_empty() {
            return parse(piece).map(Some);
        }
        self.0.extend_from_slice(piece);
        if is_last { parse(&take(&mut self.0)).map(Some) } else { Ok(None) }
    }
}

fn parse(text: &[u8]) -> Result<ClientMessage, Ending> {
    serde_json::from_slice(text).map_err(|error| {
        Ending::malformed(format!("the control message cannot be parsed: {error}"))
    })
}
