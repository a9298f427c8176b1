//! What becomes an attachment: files, and texts that are too long for the field.

use std::ops::Range;
use std::rc::Rc;

use echo_core::payload::{self, Notation};

use super::payload_text::Preview;
use super::{Composer, ComposerNote, FileError, MAX_TEXT, PayloadText};
use crate::attachment::Attachment;
use crate::field::byte_range;

/// An attachment, in the place of the field.
#[derive(Clone, Debug, PartialEq)]
pub struct AttachmentView {
    /// The name of the file.
    pub name: String,
    /// How many bytes it has.
    pub size: usize,
    /// The first of them.
    pub preview: Rc<Preview>,
    /// Whether it is kept for a reload of the page.
    pub is_kept: bool,
}

impl Composer {
    /// Returns the file that is sent in place of the message, if there is one.
    #[must_use]
    pub fn attachment(&self) -> Option<&Attachment> {
        self.attachment.as_ref()
    }

    /// Returns what is shown of the file that is sent in place of the message, if there is one.
    /// `max_kept` is how many bytes are kept for a reload of the page.
    #[must_use]
    pub fn attachment_view(&self, max_kept: usize) -> Option<AttachmentView> {
        self.attachment.as_ref().map(|it| AttachmentView {
            name: it.name().into(),
            size: it.bytes().len(),
            preview: Preview::of_file(it.bytes()).into(),
            is_kept: it.bytes().len() <= max_kept,
        })
    }

    /// Makes a file the message, or what is typed if there is none.
    pub fn attach(&mut self, attachment: Option<Attachment>) {
        self.attachment = attachment;
    }

    /// Returns whether the settings are unfolded.
    #[must_use]
    pub fn is_unfolded(&self) -> bool {
        self.unfolded
    }

    /// Returns whether the result of the last change is told.
    #[must_use]
    pub fn has_note(&self) -> bool {
        self.note.is_some()
    }

    /// Returns what is sent as an attachment, `sent` being its bytes: the file, or what is typed.
    #[must_use]
    pub fn as_attachment(&self, sent: &[u8]) -> Option<Attachment> {
        self.attachment.clone().or_else(|| Attachment::new(self.file_name(), sent))
    }

    /// Makes a file that was read the message, or sets a note why it cannot be.
    pub(super) fn attach_file(&mut self, name: String, bytes: Result<Vec<u8>, FileError>) {
        let attached = bytes.and_then(|bytes| {
            let size = bytes.len() as u64;
            let error = if size == 0 { FileError::Empty } else { FileError::TooBig(size) };
            Attachment::new(&name, bytes).ok_or(error)
        });
        match attached {
            Ok(attachment) => self.attachment = Some(attachment),
            Err(why) => self.note = Some(ComposerNote::NoFile { name, why }),
        }
    }

    /// Makes a text the message, or sets a note that it is too long, which offers to attach it.
    pub(super) fn type_message(&mut self, text: &str) {
        let length = text.len();
        if length <= longest(self.message.text()) {
            self.message = PayloadText::new(text, self.notation, self.ending);
            return;
        }
        let bytes = payload::message(self.notation, text, self.ending);
        let offer = bytes.ok().and_then(|bytes| Attachment::new(self.file_name(), bytes));
        self.note = Some(ComposerNote::LongMessage { length, offer });
    }

    /// Attaches what a note has offered.
    pub(super) fn attach_offered(&mut self, note: Option<ComposerNote>) {
        if let Some(ComposerNote::LongMessage { offer: Some(offer), .. }) = note {
            self.attachment = Some(offer);
        }
    }

    /// Returns the name of a file with what is typed.
    fn file_name(&self) -> &'static str {
        if self.notation == Notation::Text { "message.txt" } else { "message.bin" }
    }
}

/// Returns the longest text, in bytes, that may take the place of `text` in a field: [`MAX_TEXT`], or
/// as long a one, which escapes may have made longer. It can be shortened, then.
#[must_use]
pub fn longest(text: &str) -> usize {
    MAX_TEXT.max(text.len())
}

/// Returns the text that a field would have after something was pasted in the place of the
/// selection, in UTF-16 code units, if that is longer than the field takes.
#[must_use]
pub fn too_long_with(text: &str, selection: Range<u32>, pasted: &str) -> Option<String> {
    if text.len() + pasted.len() <= MAX_TEXT {
        return None;
    }
    let (mut text, longest) = (text.to_owned(), longest(text));
    // A field has line feeds alone.
    let range = byte_range(&text, &selection);
    text.replace_range(range, &pasted.replace("\r\n", "\n"));
    (text.len() > longest).then_some(text)
}
