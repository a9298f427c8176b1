//! Notes about changes in the composer.

use super::FileError;

/// A note about the last change in the composer, which is shown until the next one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ComposerNote {
    /// The bytes cannot be expressed in the chosen notation, Text, so the notation did not change.
    NoText,
    /// A file became the message.
    File {
        /// The file's name.
        name: String,
    },
    /// A file could not become the message.
    NoFile {
        /// The file's name.
        name: String,
        /// Why it could not.
        why: FileError,
    },
}
