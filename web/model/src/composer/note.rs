//! What there is to say of a change.

use super::FileError;

/// What there is to say of the last change, until the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ComposerNote {
    /// The bytes have no form as Text, so the mode stays.
    NoText,
    /// A file became the message.
    File {
        /// Its name.
        name: String,
    },
    /// A file did not.
    NoFile {
        /// Its name.
        name: String,
        /// Why.
        why: FileError,
    },
}
