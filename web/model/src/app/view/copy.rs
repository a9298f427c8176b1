use crate::Model;
use crate::copy::CopyState;

impl Model {
    /// Returns the state of the button that copies this text.
    #[must_use]
    pub fn copy_state(&self, text: &str) -> CopyState {
        CopyState::of(text, self.copied.as_deref())
    }
}
