//! The packets of a run, or of a file: what can happen to how they are looked at.
//!
//! What they do is the business of a part of the page that comes later.

/// Something that happened to the packets.
#[derive(Clone, Debug, PartialEq)]
pub enum PacketsEvent {
    /// A file was dropped on the page, or opened.
    FileCame {
        /// What it is called.
        name: String,
        /// What is in it, or why that cannot be had.
        bytes: Result<Vec<u8>, super::draft::FileTrouble>,
    },
}
