//! The id of a run in a list.

/// The id of a run in a list, unique as long as the page is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListedRunId(pub u64);

impl ListedRunId {
    /// Returns the id of the run's button in the list.
    #[must_use]
    pub fn button_id(self) -> String {
        format!("run-{}", self.0)
    }
}
