//! What can happen to the lesson.

use super::step::Step;
use super::system::System;
use crate::command::Response;
use crate::dom::Selector;

/// An event of the lesson.
#[derive(Debug)]
pub enum LessonEvent {
    /// What was stored on an earlier visit, and the system that the browser names.
    Loaded {
        /// What was stored.
        stored: Option<String>,
        /// The system on which the browser runs.
        system: System,
    },
    /// The user opened the lesson, or left it.
    Toggled,
    /// The user unfolded the bar that the lesson is on a narrow screen, or folded it.
    BarPressed,
    /// The user went to a step.
    Chosen(Step),
    /// The user wants the step's fields set; of [`Step::Break`], for the server with this index.
    SetPressed(usize),
    /// The user wants back what was typed before the lesson.
    RestorePressed,
    /// The user chose the system of the terminal.
    SystemChosen(System),
    /// The user wants to start an echo server, so that the bridge's has to release its port.
    OwnServerWanted,
    /// The bridge released the port, or did not.
    ReleaseAnswered(Response),
    /// The user ticked the open step by hand: the page cannot see what it is about.
    TickedByHand,
    /// The user has no terminal, or has one after all.
    TerminalMissing(bool),
}

/// A part of the workbench that a step sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkbenchField {
    /// Which end of the connection the page is.
    Role,
    /// The target.
    To,
    /// The mode switch.
    Mode,
    /// The message.
    Message,
    /// The line ending that is appended to the message.
    LineEnding,
}

impl WorkbenchField {
    /// Returns the selector of its element.
    #[must_use]
    pub fn selector(self) -> Selector {
        match self {
            Self::Role => ".switch:has([name=role])",
            Self::To => "#to",
            Self::Mode => ".how .switch",
            Self::Message => "#message",
            Self::LineEnding => ".settings summary, .settings button",
        }
    }
}
