//! Texts that the user can copy, and whether one was.

use std::rc::Rc;

use crate::command::CopiedText;

/// What a button that copies a text tells about it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CopyState {
    /// Nothing: the text was not copied lately.
    #[default]
    Idle,
    /// The text was copied.
    Copied,
    /// The browser did not copy it.
    Failed,
}

/// A text beside a button that copies it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyableText {
    /// The text.
    pub text: Rc<str>,
    /// What the button tells.
    pub state: CopyState,
}

impl From<Option<bool>> for CopyState {
    /// Returns the state of a text that was copied (`true`), that the browser did not copy (`false`),
    /// or that was not copied lately.
    fn from(result: Option<bool>) -> Self {
        match result {
            None => Self::Idle,
            Some(true) => Self::Copied,
            Some(false) => Self::Failed,
        }
    }
}

impl CopyState {
    /// Returns the state of a text, where `last` is the text that was copied lately and whether the
    /// browser could.
    #[must_use]
    pub fn of(text: &str, last: Option<&CopiedText>) -> Self {
        last.filter(|copied| copied.text == text).map(|copied| copied.is_copied).into()
    }
}

impl CopyableText {
    /// Returns a text with its state; `last` as for [`CopyState::of`].
    #[must_use]
    pub fn new(text: String, last: Option<&CopiedText>) -> Self {
        Self { state: CopyState::of(&text, last), text: text.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_button_of_the_text_that_was_copied_tells_so() {
        let last = CopiedText { text: "ncat localhost 8888".into(), is_copied: true };
        assert_eq!(CopyState::of("ncat localhost 8888", Some(&last)), CopyState::Copied);
        assert_eq!(CopyState::of("ncat localhost 7", Some(&last)), CopyState::Idle);
        assert_eq!(CopyState::of("ncat localhost 8888", None), CopyState::Idle);
        let refused = CopiedText { is_copied: false, ..last };
        assert_eq!(CopyState::of("ncat localhost 8888", Some(&refused)), CopyState::Failed);
    }
}
