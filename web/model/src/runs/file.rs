//! The runs as one JSON document: what is exported, imported, and kept in the browser.

use serde::{Deserialize, Serialize};
use serde_json::{Error, Value};

use super::record::RunRecord;

/// What `format` says.
pub const FORMAT: &str = "echo-playground-runs";
/// The version of the format that this page writes, and the newest that it reads.
pub const VERSION: u64 = 1;
/// The longest document that is read, in bytes: more than any that this page writes.
pub const MAX_FILE: u32 = 8 * 1024 * 1024;

/// Why a document is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportError {
    /// It could not be read at all.
    Unreadable,
    /// It is longer than [`MAX_FILE`].
    TooLong,
    /// It is no JSON from this line on.
    NotJson {
        /// The line, the first being 1.
        line: usize,
    },
    /// It is JSON, but holds no runs of this page.
    NotRuns,
    /// It has a version that this page does not know.
    Newer(u64),
    /// Something in a run is not what it should be.
    Damaged {
        /// In which one, the first being 1.
        run: usize,
        /// What is not: the path to it from the run on, as in `lines[0].text`.
        path: String,
    },
    /// A run in it holds more than one may.
    Unbounded {
        /// Which one, the first being 1.
        run: usize,
    },
}

/// A document to write.
#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    version: u64,
    runs: Vec<&'a RunRecord>,
}

/// What every version of a document says of itself.
#[derive(Deserialize)]
struct Header {
    format: String,
    version: u64,
}

/// The document that holds these runs.
#[must_use]
pub fn write<'a>(runs: impl Iterator<Item = &'a RunRecord>) -> String {
    let document = Document { format: FORMAT, version: VERSION, runs: runs.collect() };
    // It fails only for maps whose keys are no text, and there are none.
    serde_json::to_string(&document).unwrap_or_default()
}

/// The runs that a document holds.
///
/// # Errors
/// What is wrong with it: all of its runs are taken, or none.
pub fn read(text: &str) -> Result<Vec<RunRecord>, ImportError> {
    if text.len() > MAX_FILE as usize {
        return Err(ImportError::TooLong);
    }
    // However deep its arrays are: a document of runs is an object.
    if text.trim_ascii_start().starts_with('[') {
        return Err(ImportError::NotRuns);
    }
    let document: Value =
        serde_json::from_str(text).map_err(|error| ImportError::NotJson { line: error.line() })?;
    let header = Header::deserialize(&document).map_err(|_| ImportError::NotRuns)?;
    match header.version {
        _ if header.format != FORMAT => return Err(ImportError::NotRuns),
        0 => return Err(ImportError::NotRuns),
        VERSION => {}
        newer => return Err(ImportError::Newer(newer)),
    }
    let runs = document.get("runs").and_then(Value::as_array).ok_or(ImportError::NotRuns)?;
    runs.iter().enumerate().map(|(index, value)| run(index + 1, value)).collect()
}

fn run(run: usize, value: &Value) -> Result<RunRecord, ImportError> {
    let record: RunRecord = serde_path_to_error::deserialize(value)
        .map_err(|error| ImportError::Damaged { run, path: path(&error) })?;
    record.is_bounded().then_some(record).ok_or(ImportError::Unbounded { run })
}

/// Returns the path to what is wrong in a run; `runs` where it is no run at all. Of a member that is
/// missing serde gives the path to the object without it, and its name only in the message.
fn path(error: &serde_path_to_error::Error<Error>) -> String {
    let message = error.inner().to_string();
    let missing = message.strip_prefix("missing field `").and_then(|rest| rest.split_once('`'));
    let is_whole_run = error.path().iter().len() == 0;
    match missing {
        None if is_whole_run => "runs".into(),
        None => error.path().to_string(),
        Some((name, _)) if is_whole_run => name.into(),
        Some((name, _)) => format!("{}.{name}", error.path()),
    }
}
