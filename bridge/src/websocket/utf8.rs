//! The check that a text which comes in pieces is UTF-8.

use std::str::from_utf8;

/// The progress of a text. A piece may end inside of a character.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Utf8 {
    /// The beginning of a character of which not all bytes have come.
    character: [u8; 4],
    len: u8,
}

/// Bytes that are no UTF-8, whatever follows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotUtf8;

impl Utf8 {
    /// Checks the next piece.
    pub(super) fn extend(&mut self, mut piece: &[u8]) -> Result<(), NotUtf8> {
        while self.len > 0
            && let [next, rest @ ..] = piece
        {
            let len = usize::from(self.len);
            self.character[len] = *next;
            piece = rest;
            match from_utf8(&self.character[..=len]) {
                Ok(_) => self.len = 0,
                Err(error) if error.error_len().is_none() => self.len += 1,
                Err(_) => return Err(NotUtf8),
            }
        }
        let Err(error) = from_utf8(piece) else { return Ok(()) };
        if error.error_len().is_some() {
            return Err(NotUtf8);
        }
        let incomplete = &piece[error.valid_up_to()..];
        self.character[..incomplete.len()].copy_from_slice(incomplete);
        self.len = u8::try_from(incomplete.len()).map_err(|_| NotUtf8)?;
        Ok(())
    }

    /// Returns whether the text may end here.
    pub(super) fn is_complete(self) -> bool {
        self.len == 0
    }
}
