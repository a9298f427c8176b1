//! What the views of the inspector depend on besides the connection, and the window of a long list.

use super::window::Window;

/// What the times of the Timeline count from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeOrigin {
    /// The press of Send.
    Send,
    /// The beginning of the connection.
    Connect,
}

/// The part of a long list that is drawn; the list is as high as all of its rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ListWindow {
    /// How high the whole list is, in pixels.
    pub height: f64,
    /// Where the first drawn row begins, in pixels.
    pub above: f64,
    /// The index of the first drawn row.
    first: usize,
    /// How many rows are drawn at most.
    slots: usize,
    /// Whether the list stays at its end while it grows.
    pub sticks: bool,
}

/// What the view needs of the rest of the page.
#[derive(Clone, Copy, Debug)]
pub struct ViewContext {
    /// Whether a file of packets is open, which can be looked at without a run.
    pub has_file: bool,
    /// What the times of the Timeline count from.
    pub time_origin: TimeOrigin,
    /// Whether what was copied last could be copied, until the feedback fades.
    pub copied: Option<bool>,
}

impl ListWindow {
    /// Creates the window of a list that stays at its end while it grows, if it `sticks`.
    #[must_use]
    pub fn new(window: &Window, sticks: bool) -> Self {
        let Window { rows, slots, above, whole } = window;
        Self { height: *whole, above: *above, first: rows.start, slots: *slots, sticks }
    }

    /// Returns the slot of the row that has the index `drawn` among the drawn ones. A slot stands for
    /// elements that are used again: no two drawn rows share one, and a row that stays in view keeps
    /// its own.
    #[must_use]
    pub fn slot(&self, drawn: usize) -> usize {
        (self.first + drawn) % self.slots
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::inspector::window::{ROW_PX, Scroll};

    #[test]
    fn no_two_rows_share_a_slot_and_one_that_stays_in_view_keeps_its_own() {
        let slots = |top: f64| {
            let window = Scroll { top, height: 280.0, sticks: false }.window(1_000, ROW_PX);
            let list = ListWindow::new(&window, false);
            let slot = |(drawn, row)| (row, list.slot(drawn));
            window.rows.enumerate().map(slot).collect::<Vec<_>>()
        };
        for row in (0..990).map(f64::from) {
            let (before, after) = (slots(row * ROW_PX), slots((row + 7.5) * ROW_PX));
            let distinct: HashSet<_> = after.iter().map(|(_, slot)| slot).collect();
            assert_eq!(distinct.len(), after.len(), "at {row}");
            for (row, slot) in before {
                assert!(after.iter().all(|it| it.0 != row || it.1 == slot), "row {row}");
            }
        }
    }
}
