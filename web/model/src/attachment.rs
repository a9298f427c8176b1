//! A file that is the message.

use std::rc::Rc;

use crate::format;

/// The most bytes of an attachment. As many may wait to be sent on an interactive connection.
pub const MAX_ATTACHMENT: usize = 8 * 1024 * 1024;
/// The most characters of a name that are kept.
pub const MAX_NAME: usize = 100;

/// A file that is the message, in place of what is typed: its bytes, at least one, are sent as they
/// are. Copies share the bytes.
#[derive(Clone, Debug, Eq)]
pub struct Attachment {
    name: Rc<str>,
    bytes: Rc<[u8]>,
}

impl Attachment {
    /// Creates an attachment, or returns `None` if there are no bytes, or more than
    /// [`MAX_ATTACHMENT`]. Of the name, the first [`MAX_NAME`] characters are kept, without control
    /// characters.
    #[must_use]
    pub fn new(name: &str, bytes: impl Into<Rc<[u8]>>) -> Option<Self> {
        let bytes = bytes.into();
        let name = name.replace(char::is_control, " ");
        let name = format::shortened(name, MAX_NAME).into();
        (1..=MAX_ATTACHMENT).contains(&bytes.len()).then_some(Self { name, bytes })
    }

    /// Returns the name of the file.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the bytes of the file.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// Copies of one attachment compare at once.
impl PartialEq for Attachment {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
            && (Rc::ptr_eq(&self.bytes, &other.bytes) || self.bytes == other.bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_neither_empty_nor_too_long() {
        let of = |length| Attachment::new("a", vec![7; length]);
        assert_eq!(of(0), None);
        assert_eq!(of(MAX_ATTACHMENT).unwrap().bytes().len(), MAX_ATTACHMENT);
        assert_eq!(of(MAX_ATTACHMENT + 1), None);
    }

    #[test]
    fn a_name_is_one_short_line() {
        let name = |name: &str| Attachment::new(name, *b"a").unwrap().name().to_owned();
        assert_eq!(name("你好\t\n.txt"), "你好  .txt");
        assert_eq!(name(&"x".repeat(5_000)).chars().count(), MAX_NAME + 1);
    }

    #[test]
    fn attachments_are_equal_by_name_and_bytes() {
        let file = Attachment::new("a", *b"12").unwrap();
        assert_eq!(file, file.clone());
        assert_eq!(Some(file.clone()), Attachment::new("a", *b"12"));
        assert_ne!(Some(file.clone()), Attachment::new("b", *b"12"));
        assert_ne!(Some(file), Attachment::new("a", *b"13"));
    }
}
