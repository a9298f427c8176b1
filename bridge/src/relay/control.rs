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

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns `finish` as a message of `length` bytes.
    fn finish(length: usize) -> Vec<u8> {
        let mut text = serde_json::to_vec(&ClientMessage::Finish).unwrap();
        text.resize(length, b' ');
        text
    }

    /// Returns what comes of a message whose pieces these are.
    fn extend(pieces: &[&[u8]]) -> Result<Option<ClientMessage>, Ending> {
        let mut control = ControlText::default();
        let (last, others) = pieces.split_last().unwrap();
        for piece in others {
            assert_eq!(control.extend(piece, false)?, None);
        }
        control.extend(last, true)
    }

    #[test]
    fn a_message_of_the_greatest_length_is_understood_whole_and_in_pieces() {
        let text = finish(MAX_CONTROL);
        let (first, rest) = text.split_at(5);
        for pieces in [&[&text[..]][..], &[first, rest], &[first, rest, b""], &[b"", &text]] {
            assert_eq!(extend(pieces), Ok(Some(ClientMessage::Finish)));
        }
    }

    #[test]
    fn a_longer_message_is_refused_whole_and_in_pieces() {
        let text = finish(MAX_CONTROL + 1);
        let (first, rest) = text.split_at(5);
        for pieces in [&[&text[..]][..], &[first, rest]] {
            let ending = extend(pieces).unwrap_err();
            assert_eq!(u16::from(ending.close_code()), 1009, "{ending:?}");
        }
    }

    #[test]
    fn a_message_is_not_read_as_a_part_of_the_one_after_it() {
        let mut control = ControlText::default();
        let text = finish(20);
        for _ in 0..2 {
            assert_eq!(control.extend(&text[..5], false), Ok(None));
            assert_eq!(control.extend(&text[5..], true), Ok(Some(ClientMessage::Finish)));
        }
    }
}
