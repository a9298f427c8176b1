//! The requests and runs that the browser stores, and how they change.

use serde::Serialize;

use super::list::MAX_RUNS;
use super::record::RunRecord;
use super::request::{MAX_REQUESTS, Request};

/// Requests and runs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Document {
    /// The requests, in the order in which they were saved.
    pub requests: Vec<Request>,
    /// The runs, newest first.
    pub runs: Vec<RunRecord>,
}

/// What the browser stores.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stored {
    /// The text, or `None` if nothing is stored.
    pub text: Option<String>,
    /// The requests and runs in it.
    pub document: Document,
}

/// A change of what the browser stores. It is applied to what is stored by then, which another tab
/// may have changed since this one has read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Adds what is not there yet: runs, and requests of other names. The oldest runs and the last
    /// requests find no room.
    Merge(Document),
    /// Removes runs.
    RemoveRuns(Vec<RunRecord>),
    /// Removes all runs. It is also applied where what is stored cannot be read, and then leaves
    /// nothing.
    ClearRuns,
    /// Saves a request, in the place of the one of the same name if there is one.
    SaveRequest(Request),
    /// Gives a request another name; one that had this name before is replaced.
    RenameRequest {
        /// The name that it had.
        from: String,
        /// The request with its new name.
        to: Request,
    },
    /// Removes the request of this name.
    RemoveRequest(String),
}

impl Document {
    /// Returns whether there is nothing to store.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.requests.is_empty() && self.runs.is_empty()
    }

    /// Applies a change.
    pub fn apply(&mut self, change: Change) {
        match change {
            Change::Merge(other) => self.merge(other),
            Change::RemoveRuns(gone) => self.runs.retain(|run| !gone.contains(run)),
            Change::ClearRuns => self.runs.clear(),
            Change::SaveRequest(request) => save(&mut self.requests, request),
            Change::RenameRequest { from, to } => rename(&mut self.requests, &from, to),
            Change::RemoveRequest(name) => self.requests.retain(|it| it.name() != name),
        }
    }

    fn merge(&mut self, other: Self) {
        for run in other.runs {
            if !self.runs.contains(&run) {
                let place = self.runs.partition_point(|it| it.finished_ms > run.finished_ms);
                self.runs.insert(place, run);
            }
        }
        self.runs.truncate(MAX_RUNS);
        for request in other.requests {
            if !self.requests.iter().any(|it| it.name() == request.name()) {
                self.requests.push(request);
            }
        }
        self.requests.truncate(MAX_REQUESTS);
    }
}

/// Saves a request, in the place of the one of the same name if there is one. It is not saved if
/// there is no room.
pub(super) fn save(requests: &mut Vec<Request>, request: Request) {
    match requests.iter().position(|it| it.name() == request.name()) {
        Some(place) => requests[place] = request,
        None if requests.len() < MAX_REQUESTS => requests.push(request),
        None => {}
    }
}

/// Gives a request another name, and removes another one that had it.
pub(super) fn rename(requests: &mut Vec<Request>, from: &str, to: Request) {
    requests.retain(|it| it.name() == from || it.name() != to.name());
    match requests.iter_mut().find(|it| it.name() == from) {
        Some(place) => *place = to,
        None => save(requests, to),
    }
}
