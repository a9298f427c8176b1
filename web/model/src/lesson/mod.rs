//! The lesson: the tutorial as steps, each of which the learner does on the page and in a terminal.
//!
//! A step sets fields of the page ([`Step::setup`]), names a command for a terminal
//! ([`System::command`]), and is done when a condition on the model holds. It never sends anything.

mod bar;
pub mod code;
mod event;
mod progress;
mod status;
mod step;
mod system;
#[cfg(test)]
mod tests;
mod update;
mod view;

pub use bar::{BAR_ID, GUIDE_ID, focus_bar};
pub use event::{LessonEvent, WorkbenchField};
pub use progress::{Progress, Tick};
pub use status::StepStatus;
pub use step::{BROKEN, Step};
pub use system::{System, TerminalContext};
pub use update::focus_title;
pub use view::{
    FieldsLock, FieldsView, ProgramView, ServerView, StatusView, TerminalView, Tone, View,
    ViewContext,
};

use crate::connection::ConnectionId;
use crate::release::PortRelease;
use crate::setup::Setup;

/// The id of the step's title.
pub const TITLE_ID: &str = "lesson-title";

/// The lesson.
#[derive(Debug, Default)]
pub struct Lesson {
    /// The step that is shown; none while the lesson is not open.
    pub step: Option<Step>,
    /// Whether the guide is unfolded on a narrow screen, where it is a bar otherwise.
    pub unfolded: bool,
    /// How far the learner has come.
    pub progress: Progress,
    /// Whether the bridge makes room for another echo server.
    pub release: PortRelease,
    /// What was typed before the lesson, until it is wanted back.
    setup_before: Option<Setup>,
    /// What a step set last.
    set: Option<Setup>,
    /// The latest connection when the step was opened: later ones count.
    pub(crate) opened_after: ConnectionId,
    /// The newest connection to the echo server then, once the bridge has reported.
    pub(crate) newest_connection: Option<u64>,
    platform: System,
}

impl Lesson {
    /// Returns the system of the learner's terminal.
    #[must_use]
    pub fn system(&self) -> System {
        self.progress.system.unwrap_or(self.platform)
    }

    /// Returns the number of the step that is shown.
    #[must_use]
    pub fn number(&self) -> Option<u8> {
        self.step.map(Step::number)
    }

    /// Returns whether a text that was typed before the lesson can be restored.
    #[must_use]
    pub fn has_setup_before(&self) -> bool {
        self.setup_before.is_some()
    }

    /// Returns whether a setup is the default one, or the one that the lesson set last.
    #[must_use]
    pub fn is_untouched(&self, setup: &Setup) -> bool {
        *setup == Setup::default() || self.set.as_ref() == Some(setup)
    }
}
