//! The runs as one JSON document: what is exported, imported, and kept in the browser.

use serde::{Deserialize, Serialize};
use serde_json::error::Category;

use super::record::Record;

/// What `format` says.
pub const FORMAT: &str = "echo-playground-runs";
/// The version of the format that this page writes, and the newest that it reads.
pub const VERSION: u64 = 1;
/// The longest document that is read, in bytes: more than any that this page writes.
pub const MAX_FILE: u32 = 8 * 1024 * 1024;

#[derive(Deserialize)]
struct Head {
    format: String,
    version: u64,
}

#[derive(Deserialize)]
struct Read {
    runs: Vec<Record>,
}

#[derive(Serialize)]
struct Written<'a> {
    format: &'static str,
    version: u64,
    runs: Vec<&'a Record>,
}

/// Why a document is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
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
    /// Something in its runs is not what it should be.
    Damaged {
        /// The line, the first being 1.
        line: usize,
        /// The column, the first being 1.
        column: usize,
    },
    /// A run in it holds more than one may.
    Unbounded {
        /// Which one, the first being 1.
        run: usize,
    },
}

/// The document that holds these runs.
#[must_use]
pub fn write<'a>(runs: impl Iterator<Item = &'a Record>) -> String {
    let document = Written { format: FORMAT, version: VERSION, runs: runs.collect() };
    // It fails only for maps whose keys are no text, and there are none.
    serde_json::to_string(&document).unwrap_or_default()
}

/// The runs that a document holds.
///
/// # Errors
/// What is wrong with it: all of its runs are taken, or none.
pub fn read(text: &str) -> Result<Vec<Record>, Refusal> {
    if text.len() > MAX_FILE as usize {
        return Err(Refusal::TooLong);
    }
    let head: Head = serde_json::from_str(text).map_err(|error| match error.classify() {
        Category::Syntax | Category::Eof => Refusal::NotJson { line: error.line() },
        Category::Data | Category::Io => Refusal::NotRuns,
    })?;
    match head {
        Head { format, .. } if format != FORMAT => return Err(Refusal::NotRuns),
        Head { version: 0, .. } => return Err(Refusal::NotRuns),
        Head { version, .. } if version > VERSION => return Err(Refusal::Newer(version)),
        Head { .. } => {}
    }
    let Read { runs } = serde_json::from_str(text)
        .map_err(|error| Refusal::Damaged { line: error.line(), column: error.column() })?;
    match runs.iter().position(|run| !run.is_bounded()) {
        Some(index) => Err(Refusal::Unbounded { run: index + 1 }),
        None => Ok(runs),
    }
}
