//! What can happen to the lesson, and what it wants done.

use super::release::ReleaseError;
use super::step::Step;
use super::system::System;

/// How often the page looks whether another echo server is there, in milliseconds: as long as the
/// port is free, and the learner's own has not answered.
pub const LOOK_MS: u32 = 1_000;
/// How long a field that was set stands out, in milliseconds; the style sheet says it, too.
pub const FLASH_MS: u32 = 600;

/// Something that happened to the lesson.
#[derive(Debug)]
pub enum LessonEvent {
    /// What was kept on an earlier visit, and the system that the browser names.
    Remembered {
        /// What was kept.
        kept: Option<String>,
        /// The system.
        system: System,
    },
    /// Somebody opened the lesson, or left it.
    Toggled,
    /// Somebody unfolded the bar that it is on a narrow screen, or folded it.
    BarPressed,
    /// Somebody went to a step.
    Chosen(Step),
    /// Somebody wants the step's fields set; which of its servers, where it has some.
    SetPressed(usize),
    /// Somebody wants back what was typed before the lesson.
    RestorePressed,
    /// Somebody chose the system of their terminal.
    SystemChosen(System),
    /// Somebody wants to start an echo server of their own.
    OwnServerWanted,
    /// The bridge gave its port free, or would not.
    ReleaseAnswered(Result<(), ReleaseError>),
    /// It is time to look at the echo server.
    LookDue {
        /// Whether anybody can see the page.
        visible: bool,
    },
    /// Somebody saw in a terminal what the page cannot see.
    SawHello,
}

/// What is to be done for the lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LessonEffect {
    /// Keep this for the next visit.
    Keep(String),
    /// Put the focus on the step's title: the button that was pressed may be gone.
    FocusTitle,
    /// Let these stand out for [`FLASH_MS`].
    Flash(Vec<WorkbenchField>),
    /// Ask the bridge to give its echo server's port free.
    ReleasePort,
    /// After [`LOOK_MS`], tell [`LessonEvent::LookDue`].
    LookLater,
}

/// A place of the workbench that a step sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkbenchField {
    /// To.
    To,
    /// How.
    Modes,
    /// The message.
    Message,
    /// What is sent after it.
    LineEnding,
}
