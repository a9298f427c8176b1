//! The log of a run: what the program printed, and when.

use echo_core::Line;

/// The rows of a run, in the order of their times.
#[derive(Debug)]
pub struct Timeline {
    started: f64,
    rows: Vec<Row>,
}

/// One row.
#[derive(Debug, PartialEq)]
pub struct Row {
    /// When, in milliseconds since Send was pressed.
    pub at: f64,
    /// What the tutorial's client prints.
    pub line: Line,
    /// What moved.
    pub moved: Moved,
}

/// What moved on the network just before a line was printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// Nothing to speak of.
    Nothing,
    /// So many bytes went out.
    Sent(usize),
    /// So many bytes came back.
    Received(usize),
}

impl Timeline {
    /// A timeline that starts when Send was pressed.
    #[must_use]
    pub fn new(started: f64) -> Self {
        Self { started, rows: Vec::new() }
    }

    /// The rows so far.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// How long it has been since the start, in milliseconds.
    #[must_use]
    pub fn since(&self, at: f64) -> f64 {
        (at - self.started).max(0.0)
    }

    /// Prints a line.
    pub fn print(&mut self, at: f64, line: Line, moved: Moved) {
        self.rows.push(Row { at: self.since(at), line, moved });
    }

    /// Prints the last line.
    pub fn terminate(&mut self, at: f64) {
        self.print(at, Line::Terminated, Moved::Nothing);
    }

    /// What the program said of how it went: its last line but [`Line::Terminated`].
    #[must_use]
    pub fn sentence(&self) -> Option<&Line> {
        let mut lines = self.rows.iter().rev().map(|row| &row.line);
        lines.find(|line| **line != Line::Terminated)
    }
}
