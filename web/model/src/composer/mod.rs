//! What is to be sent and what should come back, as it is typed.

mod event;
mod note;
mod payload_text;
mod sample;
#[cfg(test)]
mod tests;

pub use event::{ComposerEvent, FileError};
pub use note::ComposerNote;
pub use payload_text::{PayloadText, Preview};
pub use sample::Sample;

use echo_core::Exchange;
use echo_core::payload::{self, LineEnding, Notation};

use crate::expect::Expect;
use crate::field::{Field, FieldError};

/// The longest file that becomes a message, in bytes: what a text field still shows quickly.
pub const MAX_FILE: usize = 1024 * 1024;

/// The message and what should come back for it, with how both are written.
#[derive(Debug, Default)]
pub struct Composer {
    mode: Notation,
    ending: LineEnding,
    message: PayloadText,
    expect: Expect,
    these: PayloadText,
    unfolded: bool,
    note: Option<ComposerNote>,
}

impl Composer {
    /// A draft of this text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut draft = Self::default();
        draft.message = PayloadText::new(text, draft.mode, draft.ending);
        draft
    }

    /// How the message, and what should come back, stand for bytes.
    #[must_use]
    pub fn mode(&self) -> Notation {
        self.mode
    }

    /// What ends both.
    #[must_use]
    pub fn ending(&self) -> LineEnding {
        self.ending
    }

    /// The message.
    #[must_use]
    pub fn message(&self) -> &PayloadText {
        &self.message
    }

    /// What should come back.
    #[must_use]
    pub fn expect(&self) -> Expect {
        self.expect
    }

    /// What should come back where that is [`Expect::These`].
    #[must_use]
    pub fn these(&self) -> &PayloadText {
        &self.these
    }

    /// Whether the settings are unfolded.
    #[must_use]
    pub fn is_unfolded(&self) -> bool {
        self.unfolded
    }

    /// What there is to say of the last change.
    #[must_use]
    pub fn note(&self) -> Option<&ComposerNote> {
        self.note.as_ref()
    }

    /// The exchange to begin, where this should come back.
    ///
    /// # Errors
    /// The field that keeps it from beginning.
    pub fn exchange(&self, expect: Expect) -> Result<Exchange, FieldError> {
        let sent = self.bytes_of(&self.message, Field::Message)?;
        Ok(match expect {
            Expect::Same => Exchange::new(sent),
            Expect::These => Exchange::expecting(sent, self.bytes_of(&self.these, Field::These)?),
            Expect::Anything => Exchange::expecting(sent, vec![]),
        })
    }

    fn bytes_of(&self, written: &PayloadText, field: Field) -> Result<Vec<u8>, FieldError> {
        match payload::message(self.mode, written.text(), self.ending) {
            Ok(bytes) if !bytes.is_empty() => Ok(bytes),
            Ok(_) => Err(FieldError { field, selection: None }),
            Err(mistake) => Err(FieldError { field, selection: Some(written.selection(&mistake)) }),
        }
    }

    /// Makes these bytes the message, in the first of the modes that has a form for it and for
    /// what should come back.
    pub fn put(&mut self, bytes: &[u8], ending: LineEnding, modes: &[Notation]) {
        let forms = |&mode: &Notation| {
            Some((mode, payload::write(mode, bytes)?, self.these.rewritten(self.mode, mode)?))
        };
        if let Some((mode, message, these)) = modes.iter().find_map(forms) {
            self.set(mode, ending, &message, &these);
        }
    }

    /// Sets everything at once: the message as it is typed in `mode`, and the bytes that should come
    /// back. Where those have no form in that mode, both are escaped.
    pub fn fill(
        &mut self,
        mode: Notation,
        ending: LineEnding,
        message: &str,
        expect: Expect,
        these: &[u8],
    ) {
        let escaped = |bytes: &[u8]| payload::write(Notation::Escapes, bytes).unwrap_or_default();
        match payload::write(mode, these) {
            Some(these) => self.set(mode, ending, message, &these),
            None => {
                self.set(Notation::Escapes, ending, &escaped(message.as_bytes()), &escaped(these));
            }
        }
        self.expect = expect;
    }

    /// Unfolds the settings, where something in them is wrong.
    pub fn unfold(&mut self) {
        self.unfolded = true;
    }

    fn set(&mut self, mode: Notation, ending: LineEnding, message: &str, these: &str) {
        (self.mode, self.ending, self.note) = (mode, ending, None);
        self.message = PayloadText::new(message, mode, ending);
        self.these = PayloadText::new(these, mode, ending);
    }

    /// Writes everything in another mode, so that the bytes stay. Where one of the texts has no
    /// form in it, all stays as it is, and that is said.
    fn switch(&mut self, mode: Notation) {
        let message = self.message.rewritten(self.mode, mode);
        match message.zip(self.these.rewritten(self.mode, mode)) {
            Some((message, these)) => self.set(mode, self.ending, &message, &these),
            None => self.note = Some(ComposerNote::NoText),
        }
    }
}
