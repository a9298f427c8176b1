//! The events of the composer.

use echo_core::payload::{LineEnding, Notation};

use super::{Composer, ComposerNote, HistoryStep, PayloadText, Sample};
use crate::expected_reply::ExpectedReplyKind;

/// An event of the composer.
#[derive(Clone, Debug)]
pub enum ComposerEvent {
    /// The user typed a message.
    Typed(String),
    /// The user chose a notation.
    NotationChosen(Notation),
    /// The user chose a line ending.
    EndingChosen(LineEnding),
    /// The user chose a sample message.
    SamplePressed(Sample),
    /// The file that the user chose as the message was read, or could not be.
    FileRead {
        /// The file's name.
        name: String,
        /// The file's contents.
        bytes: Result<Vec<u8>, FileError>,
    },
    /// The user chose which reply is expected.
    ExpectedReplyChosen(ExpectedReplyKind),
    /// The user typed the expected reply.
    ExpectedTyped(String),
    /// The user folded or unfolded the settings.
    Folded,
    /// The user goes to another message of an interactive connection.
    Recalled(HistoryStep),
}

/// Why a file cannot become the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileError {
    /// It has this many bytes, which is more than [`MAX_FILE`](super::MAX_FILE).
    TooBig(u64),
    /// The browser could not read it. It may be a folder.
    Unreadable,
}

impl Composer {
    /// Applies an event.
    pub fn update(&mut self, event: ComposerEvent) {
        if !matches!(event, ComposerEvent::Folded) {
            self.note = None;
        }
        match event {
            ComposerEvent::Typed(text) => {
                self.message = PayloadText::new(&text, self.notation, self.ending);
            }
            ComposerEvent::ExpectedTyped(text) => {
                self.expected = PayloadText::new(&text, self.notation, self.ending);
            }
            ComposerEvent::NotationChosen(notation) => self.switch_notation(notation),
            ComposerEvent::EndingChosen(ending) => {
                let (message, expected) =
                    (self.message.text().clone(), self.expected.text().clone());
                self.set_texts(self.notation, ending, &message, &expected);
            }
            ComposerEvent::SamplePressed(sample) => sample.fill(self),
            ComposerEvent::FileRead { name, bytes } => self.set_file(name, bytes),
            // The root keeps it, with the target for which it was chosen.
            ComposerEvent::ExpectedReplyChosen(_) => {}
            ComposerEvent::Folded => self.unfolded = !self.unfolded,
            ComposerEvent::Recalled(step) => self.recall(step),
        }
    }

    /// Makes a file the message, or sets a note why it cannot be.
    fn set_file(&mut self, name: String, bytes: Result<Vec<u8>, FileError>) {
        let note = match bytes {
            Ok(bytes) => {
                // UTF-8 with control characters is more readable with escapes, anything else as
                // hexadecimal digits.
                let is_utf8 = str::from_utf8(&bytes).is_ok();
                let other = if is_utf8 { Notation::Escapes } else { Notation::Hex };
                self.put(&bytes, LineEnding::None, &[Notation::Text, other]);
                ComposerNote::File { name }
            }
            Err(why) => ComposerNote::NoFile { name, why },
        };
        self.note = Some(note);
    }
}
