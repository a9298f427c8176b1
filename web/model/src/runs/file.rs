//! The JSON document with runs that is exported, imported, and kept in the browser's storage.

use serde::{Deserialize, Serialize};
use serde_json::{Error, Value};

use super::record::RunRecord;

/// The value of the document's member `format`.
pub const FORMAT: &str = "echo-playground-runs";
/// The version of the format that this page writes, and the newest that it reads.
pub const VERSION: u64 = 1;
/// The longest document that is read, in bytes. The page never writes one of this length.
pub const MAX_FILE: u32 = 8 * 1024 * 1024;

/// Why a document cannot be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportError {
    /// The browser could not read the file.
    Unreadable,
    /// The code that reads documents could not be loaded.
    NotLoaded,
    /// The document is longer than [`MAX_FILE`].
    TooLong,
    /// The document is not JSON.
    NotJson {
        /// The line with the syntax error, the first being 1.
        line: usize,
    },
    /// The document is JSON, and is not in this format.
    NotRuns,
    /// The document has this version, which is newer than [`VERSION`].
    Newer(u64),
    /// A run in the document is not valid.
    Damaged {
        /// The number of the run, the first being 1.
        run: usize,
        /// The path to the invalid value in the run, such as `lines[0].text`.
        path: String,
    },
    /// A run in the document exceeds the limits of [`RunRecord::is_bounded`].
    Unbounded {
        /// The number of the run, the first being 1.
        run: usize,
    },
}

/// The document, for writing.
#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    version: u64,
    runs: Vec<&'a RunRecord>,
}

/// The members of the document that all versions have.
#[derive(Deserialize)]
struct Header {
    format: String,
    version: u64,
}

/// Returns the document with these runs.
#[must_use]
pub fn write<'a>(runs: impl Iterator<Item = &'a RunRecord>) -> String {
    let document = Document { format: FORMAT, version: VERSION, runs: runs.collect() };
    // serde_json fails only for maps whose keys are not strings, and there are no maps.
    serde_json::to_string(&document).unwrap_or_default()
}

/// Reads the runs of a document. The code for that is large: in the page, it is loaded on demand, with
/// the list of runs.
///
/// # Errors
///
/// Returns an error if the document is too long, is not JSON, has another format or a newer
/// version, or if any of its runs is invalid: the runs are read all or none.
pub fn read(text: &str) -> Result<Vec<RunRecord>, ImportError> {
    if text.len() > MAX_FILE as usize {
        return Err(ImportError::TooLong);
    }
    // A deeply nested array is not in this format, rather than JSON that serde_json refuses to
    // parse.
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
    runs.iter().enumerate().map(|(index, value)| read_run(index + 1, value)).collect()
}

/// Reads the run with this number, the first being 1.
fn read_run(run: usize, value: &Value) -> Result<RunRecord, ImportError> {
    let record: RunRecord = serde_path_to_error::deserialize(value)
        .map_err(|error| ImportError::Damaged { run, path: error_path(&error) })?;
    record.is_bounded().then_some(record).ok_or(ImportError::Unbounded { run })
}

/// Returns the path to the invalid value in a run, or `runs` if the run is not an object at all.
/// For a missing member, serde gives the path to the object, and the member's name only in the
/// message.
fn error_path(error: &serde_path_to_error::Error<Error>) -> String {
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
