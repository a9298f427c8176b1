//! Notes about changes in the composer.

use super::FileError;
use crate::attachment::Attachment;

/// A note about the last change in the composer, which is shown until the next one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ComposerNote {
    /// The bytes cannot be expressed in the chosen notation, Text, so the notation did not change.
    NoText,
    /// One of the texts would be longer in the chosen notation than a field takes, so the notation
    /// did not change.
    LongNotation,
    /// The message would have become longer than the field takes, and stayed as it was.
    LongMessage {
        /// How long the text would be, in bytes.
        length: usize,
        /// What would be sent, if that can be attached.
        offer: Option<Attachment>,
    },
    /// The expected reply would have become longer than its field takes, and stayed as it was.
    LongExpected,
    /// A file could not become the message.
    NoFile {
        /// The file's name.
        name: String,
        /// Why it could not.
        why: FileError,
    },
}
