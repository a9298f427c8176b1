//! The bar that the lesson is on a narrow screen.

use super::{Lesson, LessonEvent};
use crate::command::Command;
use crate::dom::DomCommand;

/// The id of the bar.
pub const BAR_ID: &str = "lesson-bar";

/// The id of the guide, which the bar unfolds.
pub const GUIDE_ID: &str = "lesson-guide";

impl Lesson {
    /// Unfolds the guide below the verdict, or folds it.
    pub fn press_bar(&mut self) -> Option<Command<LessonEvent>> {
        self.unfolded = !self.unfolded;
        self.show_guide()
    }

    /// Has a guide that is unfolded in view, but before it the verdict, and before that Send.
    #[must_use]
    pub fn show_guide(&self) -> Option<Command<LessonEvent>> {
        let elements = || vec!["#lesson-guide", ".verdict", ".send"];
        self.unfolded.then(|| Command::Dom(DomCommand::ScrollIntoView(elements())))
    }
}

/// Puts the focus on the bar. Does nothing where there is room for the guide, and therefore no bar.
#[must_use]
pub fn focus_bar() -> Command<LessonEvent> {
    Command::Dom(DomCommand::focus(BAR_ID))
}
