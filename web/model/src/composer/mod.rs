//! The composer: the message and the expected reply, as the user types them.

mod attach;
mod event;
mod history;
mod note;
mod payload_text;
mod sample;
#[cfg(test)]
mod tests;
mod view;

pub use attach::{AttachmentView, longest, too_long_with};
pub use event::{ComposerEvent, FileError};
pub use history::HistoryStep;
pub use note::ComposerNote;
pub use payload_text::{PayloadText, Preview};
pub use sample::Sample;
pub use view::{
    ChoicesView, ExpectedHint, ExpectedView, FieldView, MessageHint, MessageView, SettingsScope,
    SettingsView, TargetHint, TargetView,
};

use echo_core::Exchange;
use echo_core::payload::{self, LineEnding, Notation};

use history::{History, TypedMessage};

use crate::attachment::Attachment;
use crate::expected_reply::ExpectedReplyKind;
use crate::field::{Field, FieldError, utf16_range};

/// The longest text that a field takes, in bytes: browsers are slow with longer ones.
pub const MAX_TEXT: usize = 64 * 1024;

/// The message and the expected reply, and the notation of both.
#[derive(Debug, Default)]
pub struct Composer {
    notation: Notation,
    ending: LineEnding,
    message: PayloadText,
    /// The file that is sent in place of the message, if there is one.
    attachment: Option<Attachment>,
    expected: PayloadText,
    /// Whether the settings are unfolded.
    unfolded: bool,
    note: Option<ComposerNote>,
    /// The earlier messages of interactive connections.
    history: History,
}

impl Composer {
    /// Creates a composer with this text as the message.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut composer = Self::default();
        composer.message = PayloadText::new(text, composer.notation, composer.ending);
        composer
    }

    /// Returns the notation of the message and of the expected reply.
    #[must_use]
    pub fn notation(&self) -> Notation {
        self.notation
    }

    /// Returns how the lines of the message and of the expected reply end.
    #[must_use]
    pub fn ending(&self) -> LineEnding {
        self.ending
    }

    /// Returns the text of the message. An [`attachment`](Self::attachment) is sent in its place.
    #[must_use]
    pub fn message(&self) -> &PayloadText {
        &self.message
    }

    /// Returns the text of the expected reply, which counts if [`ExpectedReplyKind::Bytes`] is chosen.
    #[must_use]
    pub fn expected(&self) -> &PayloadText {
        &self.expected
    }

    /// Returns how many bytes are sent: none if there is a mistake in the text.
    #[must_use]
    pub fn byte_count(&self) -> usize {
        self.attachment.as_ref().map_or_else(|| self.message.count(), |it| it.bytes().len())
    }

    /// Returns the exchange of the message and the expected reply.
    ///
    /// # Errors
    ///
    /// Returns the field that represents no bytes or has a mistake: the message, or with
    /// [`ExpectedReplyKind::Bytes`] the expected reply.
    pub fn exchange(&self, expected_kind: ExpectedReplyKind) -> Result<Exchange, FieldError> {
        let sent = match &self.attachment {
            Some(attachment) => attachment.bytes().to_vec(),
            None => self.parse_field(&self.message, Field::Message)?,
        };
        Ok(match expected_kind {
            ExpectedReplyKind::Same => Exchange::new(sent),
            ExpectedReplyKind::Bytes => {
                Exchange::expecting(sent, self.parse_field(&self.expected, Field::ExpectedReply)?)
            }
            ExpectedReplyKind::Anything => Exchange::expecting(sent, vec![]),
        })
    }

    /// Parses the text of a field to at least one byte.
    fn parse_field(&self, text: &PayloadText, field: Field) -> Result<Vec<u8>, FieldError> {
        match payload::message(self.notation, text.text(), self.ending) {
            Ok(bytes) if !bytes.is_empty() => Ok(bytes),
            Ok(_) => Err(FieldError { field, selection: None }),
            Err(mistake) => {
                let selection = Some(utf16_range(text.text(), &mistake.range));
                Err(FieldError { field, selection })
            }
        }
    }

    /// Makes these bytes the message, in the first notation that can express both them and the
    /// expected reply. Does nothing if there is none.
    fn put(&mut self, bytes: &[u8], ending: LineEnding) {
        let texts = |&notation: &Notation| {
            Some((
                notation,
                payload::write_lines(notation, bytes, ending)?,
                self.expected.convert(self.notation, notation, self.ending)?,
            ))
        };
        if let Some((notation, message, expected)) = Notation::ALL.iter().find_map(texts) {
            self.attachment = None;
            self.set_texts(notation, ending, &message, &expected);
        }
    }

    /// Sets everything at once: the message as it is typed in the notation `notation`, and the bytes of
    /// the expected reply. If that notation cannot express these, both are set in
    /// [`Notation::Escapes`]. There is no attachment then.
    pub fn fill(&mut self, notation: Notation, ending: LineEnding, message: &str, expected: &[u8]) {
        self.attachment = None;
        if let Some(expected) = payload::write_lines(notation, expected, ending) {
            return self.set_texts(notation, ending, message, &expected);
        }
        // Only Text cannot express all bytes, and it has no mistakes.
        let bytes = payload::parse_lines(notation, message, ending).unwrap_or_default();
        self.set_texts(Notation::Escapes, ending, &escaped(&bytes), &escaped(expected));
    }

    /// Remembers the message, which was sent on an interactive connection, unless it is a file.
    pub fn remember(&mut self) {
        if self.attachment.is_none() {
            let message = self.typed();
            self.history.remember(message);
        }
    }

    fn typed(&self) -> TypedMessage {
        let text = self.message.text().clone();
        TypedMessage { notation: self.notation, ending: self.ending, text }
    }

    /// Makes an earlier message the message, or what was being typed before.
    fn recall(&mut self, step: HistoryStep) {
        let typed = self.typed();
        let Some(message) = self.history.go(step, typed) else { return };
        let TypedMessage { notation, ending, text } = message;
        let expected = payload::message(self.notation, self.expected.text(), self.ending);
        let Ok(expected) = expected.as_deref() else {
            // A text with a mistake stands for no bytes.
            let expected = self.expected.text().clone();
            return self.set_texts(notation, ending, &text, &expected);
        };
        // The expected bytes stay the same, whatever the lines of the message end in.
        match expected.strip_suffix(ending.bytes()) {
            _ if self.expected.text().is_empty() => self.fill(notation, ending, &text, b""),
            Some(lines) => self.fill(notation, ending, &text, lines),
            None => {
                let sent = payload::message(notation, &text, ending).unwrap_or_default();
                let [sent, expected] = [&sent, expected].map(escaped);
                self.set_texts(Notation::Escapes, LineEnding::None, &sent, &expected);
            }
        }
    }

    fn set_texts(&mut self, notation: Notation, ending: LineEnding, message: &str, expected: &str) {
        (self.notation, self.ending, self.note) = (notation, ending, None);
        self.message = PayloadText::new(message, notation, ending);
        self.expected = PayloadText::new(expected, notation, ending);
    }

    /// Converts both texts to another notation of the same bytes. If it cannot express one of them,
    /// or one would be longer than a field takes, only a note is set.
    fn switch_notation(&mut self, notation: Notation) {
        let convert = |text: &PayloadText| text.convert(self.notation, notation, self.ending);
        match convert(&self.message).zip(convert(&self.expected)) {
            Some((message, expected)) if message.len().max(expected.len()) > MAX_TEXT => {
                self.note = Some(ComposerNote::LongNotation);
            }
            Some((message, expected)) => self.set_texts(notation, self.ending, &message, &expected),
            None => self.note = Some(ComposerNote::NoText),
        }
    }
}

/// Writes bytes in [`Notation::Escapes`], which can express all of them.
fn escaped(bytes: &[u8]) -> String {
    payload::write(Notation::Escapes, bytes).unwrap_or_default()
}
