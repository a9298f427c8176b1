//! The events of the lesson, and its effects.

use super::release::ReleaseError;
use super::step::Step;
use super::system::System;

/// The interval at which the page asks the bridge about its echo server while the learner is about to
/// start one, in milliseconds.
pub const LOOK_MS: u32 = 1_000;
/// How long a field that a step set is highlighted, in milliseconds, as in `web/style/lesson.css`.
pub const FLASH_MS: u32 = 600;

/// An event of the lesson.
#[derive(Debug)]
pub enum LessonEvent {
    /// The page was loaded.
    Remembered {
        /// The progress that was stored on an earlier visit.
        kept: Option<String>,
        /// The system on which the browser runs.
        system: System,
    },
    /// The lesson was opened or closed.
    Toggled,
    /// The bar that stands for the guide on a narrow screen was pressed.
    BarPressed,
    /// A step was chosen.
    Chosen(Step),
    /// The button that sets the fields of the step was pressed. At [`Step::Break`], this is the index
    /// of the server in [`BROKEN`](super::BROKEN).
    SetPressed(usize),
    /// The button that restores what was typed before the lesson was pressed.
    RestorePressed,
    /// The system of the terminal was chosen.
    SystemChosen(System),
    /// The bridge is to release its port for an echo server of the learner's own.
    OwnServerWanted,
    /// The bridge answered the request to release its port.
    ReleaseAnswered(Result<(), ReleaseError>),
    /// It is time to ask the bridge about its echo server.
    LookDue {
        /// Whether the page is visible.
        visible: bool,
    },
    /// The learner confirmed to have seen the reply in a terminal.
    SawHello,
}

/// An effect of the lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LessonEffect {
    /// Stores the progress for the next visit.
    Keep(String),
    /// Moves the focus to the title of the step, since the button that had it may be gone.
    FocusTitle,
    /// Highlights these fields for [`FLASH_MS`].
    Flash(Vec<WorkbenchField>),
    /// Asks the bridge to release the port of its echo server.
    ReleasePort,
    /// Reports [`LessonEvent::LookDue`] after [`LOOK_MS`].
    LookLater,
}

/// A field of the page that a step sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkbenchField {
    /// The target.
    To,
    /// The mode switch.
    Modes,
    /// The message.
    Message,
    /// The line ending that is appended to the message.
    LineEnding,
}
