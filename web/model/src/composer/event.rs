//! The events of the composer.

use echo_core::payload::{LineEnding, Notation};

use super::{Composer, ComposerNote, HistoryStep, PayloadText, Sample, longest};
use crate::dom::DomCommand;
use crate::field::Field;

/// An event of the composer.
#[derive(Clone, Debug)]
pub enum ComposerEvent {
    /// The user typed or pasted something, so that the message would be this text.
    Typed(String),
    /// The user wants the text that was too long for the field attached.
    AttachPressed,
    /// The user removes the attachment.
    AttachmentRemoved,
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
    /// The user typed or pasted something, so that the expected reply would be this text.
    ExpectedTyped(String),
    /// The user folded or unfolded the settings.
    Folded,
    /// The user goes to another message of an interactive connection.
    Recalled(HistoryStep),
}

/// Why a file cannot become the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileError {
    /// It has this many bytes, which is more than is read.
    TooBig(u64),
    /// The browser could not read it. It may be a folder.
    Unreadable,
    /// It has no bytes.
    Empty,
}

impl Composer {
    /// Applies an event. Returns where the focus goes, if what had it is not there any more.
    pub fn update(&mut self, event: ComposerEvent) -> Option<DomCommand> {
        let had_attachment = self.attachment.is_some();
        let note = self.note.take_if(|_| !matches!(event, ComposerEvent::Folded));
        match event {
            ComposerEvent::Typed(text) => self.type_message(&text),
            ComposerEvent::ExpectedTyped(text) if text.len() > longest(self.expected.text()) => {
                self.note = Some(ComposerNote::LongExpected);
            }
            ComposerEvent::ExpectedTyped(text) => {
                self.expected = PayloadText::new(&text, self.notation, self.ending);
            }
            ComposerEvent::AttachPressed => self.attach_offered(note),
            ComposerEvent::AttachmentRemoved => self.attachment = None,
            ComposerEvent::NotationChosen(notation) => self.switch_notation(notation),
            ComposerEvent::EndingChosen(ending) => {
                let (message, expected) =
                    (self.message.text().clone(), self.expected.text().clone());
                self.set_texts(self.notation, ending, &message, &expected);
            }
            ComposerEvent::SamplePressed(sample) => sample.fill(self),
            ComposerEvent::FileRead { name, bytes } => self.attach_file(name, bytes),
            ComposerEvent::Folded => self.unfolded = !self.unfolded,
            ComposerEvent::Recalled(step) => self.recall(step),
        }
        // The file stands in the place of the field, and under its id.
        let is_replaced = had_attachment != self.attachment.is_some();
        is_replaced.then(|| DomCommand::focus(Field::Message.element_id()))
    }
}
