//! The JSON document with requests and runs that is exported, imported, and kept in the browser's
//! storage.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Error, Value};

use super::document::Document;
use super::record::RunRecord;
use super::request::{MAX_REQUESTS, Request};

/// The value of the document's member `format`.
pub const FORMAT: &str = "echo-playground-runs";
/// The version of the format that this page writes, and the newest that it reads.
pub const VERSION: u64 = 2;
/// The version before, which had no requests.
const VERSION_WITHOUT_REQUESTS: u64 = 1;
/// The longest document that is read, in bytes. The page never writes one of this length.
pub const MAX_FILE: u32 = 8 * 1024 * 1024;

/// Why a document cannot be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportError {
    /// The browser could not read the file.
    Unreadable,
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
    /// An entry of the document is not valid.
    Damaged {
        /// Which one.
        entry: Entry,
        /// The path to the invalid value in it, such as `lines[0].text`.
        path: String,
    },
    /// A run in the document exceeds the limits of [`RunRecord::is_bounded`].
    Unbounded {
        /// The number of the run, the first being 1.
        run: usize,
    },
    /// The document has more than [`MAX_REQUESTS`] requests.
    TooManyRequests,
}

/// An entry of a document, by its number, the first being 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A request.
    Request(usize),
    /// A run.
    Run(usize),
}

/// The document, for writing.
#[derive(Serialize)]
struct Written<'a> {
    format: &'static str,
    version: u64,
    #[serde(flatten)]
    document: &'a Document,
}

/// The members of the document that all versions have.
#[derive(Deserialize)]
struct Header {
    format: String,
    version: u64,
}

/// Returns the text of a document.
#[must_use]
pub fn write(document: &Document) -> String {
    let written = Written { format: FORMAT, version: VERSION, document };
    // serde_json fails only for maps whose keys are not strings, and there are no maps.
    serde_json::to_string(&written).unwrap_or_default()
}

/// Reads a document. The code for that is large: in the page, it is loaded on demand, with the list
/// of runs.
///
/// # Errors
///
/// Returns an error if the document is too long, is not JSON, has another format or a newer
/// version, or if any of its entries is invalid: they are read all or none.
pub fn read(text: &str) -> Result<Document, ImportError> {
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
    let list = |name| document.get(name).and_then(Value::as_array).ok_or(ImportError::NotRuns);
    let requests = match header.version {
        _ if header.format != FORMAT => return Err(ImportError::NotRuns),
        0 => return Err(ImportError::NotRuns),
        VERSION_WITHOUT_REQUESTS => vec![],
        VERSION => read_requests(list("requests")?)?,
        newer => return Err(ImportError::Newer(newer)),
    };
    let runs = list("runs")?.iter().enumerate();
    let runs = runs.map(|(index, value)| read_run(index + 1, value)).collect::<Result<_, _>>()?;
    Ok(Document { requests, runs })
}

fn read_requests(values: &[Value]) -> Result<Vec<Request>, ImportError> {
    if values.len() > MAX_REQUESTS {
        return Err(ImportError::TooManyRequests);
    }
    let values = values.iter().enumerate();
    values.map(|(index, value)| read_entry(Entry::Request(index + 1), value)).collect()
}

/// Reads the run with this number, the first being 1.
fn read_run(run: usize, value: &Value) -> Result<RunRecord, ImportError> {
    let record: RunRecord = read_entry(Entry::Run(run), value)?;
    record.is_bounded().then_some(record).ok_or(ImportError::Unbounded { run })
}

fn read_entry<T: DeserializeOwned>(entry: Entry, value: &Value) -> Result<T, ImportError> {
    serde_path_to_error::deserialize(value)
        .map_err(|error| ImportError::Damaged { entry, path: error_path(entry, &error) })
}

/// Returns the path to the invalid value in an entry, or the name of the list if the entry is not an
/// object at all. For a missing member, serde gives the path to the object, and the member's name
/// only in the message.
fn error_path(entry: Entry, error: &serde_path_to_error::Error<Error>) -> String {
    let message = error.inner().to_string();
    let missing = message.strip_prefix("missing field `").and_then(|rest| rest.split_once('`'));
    let is_whole_entry = error.path().iter().len() == 0;
    let list = match entry {
        Entry::Request(_) => "requests",
        Entry::Run(_) => "runs",
    };
    match missing {
        None if is_whole_entry => list.into(),
        None => error.path().to_string(),
        Some((name, _)) if is_whole_entry => name.into(),
        Some((name, _)) => format!("{}.{name}", error.path()),
    }
}
