//! The finished runs and the saved requests: recorded, stored in the browser, shown again, compared,
//! repeated, exported and imported.
//!
//! Most of it is not part of the page's first load: its code is fetched once a run is over, or once
//! something that is stored or the menu of the runs is to be shown. As with the
//! [packets](crate::packets), the rest of the page calls it only through a trait object.
//!
//! What is always there:
//!
//! - [`Runs`]: what the root of the model holds: the state, as far as its code is loaded, and the
//!   events that wait for it;
//! - [`RunsPart`]: the trait of that state, with [`RunsContext`], what it is told of the page, and
//!   [`RunsRequest`], what follows for the rest of it;
//! - [`RunsEvent`]: what can happen;
//! - [`record`], [`recording`]: what is kept of a run, made when it is over.
//!
//! What is loaded on demand: [`FinishedRuns`], its update, and all others.

mod changes;
pub mod document;
mod event;
pub mod file;
mod from_modes;
pub mod list;
mod listed_run_id;
pub mod not_kept;
mod part;
pub mod record;
pub mod recording;
mod repeat;
pub mod request;
pub mod requests;
mod requests_update;
pub mod requests_view;
pub mod restored;
mod shell;
pub mod shown;
mod state;
mod stored;
pub mod summary;
#[cfg(test)]
mod tests;
mod update;
pub mod view;

pub use changes::UNDO_BUTTON;
pub use event::{RunsAnchor, RunsEvent, SyncError};
pub use part::{RunsContext, RunsPart, RunsRequest};
pub use shell::Runs;
pub use state::{FinishedRuns, RunSelection, RunsNotice, ShownRuns, StorageStatus};
