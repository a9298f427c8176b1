//! The runs as one JSON document: what is exported, imported, and kept in the browser.

use echo_core::json::{Json, Wrong};

use super::record::KeptRun;
use super::written;

/// What `format` says.
pub const FORMAT: &str = "echo-playground-runs";
/// The version of the format that this page writes, and the newest that it reads.
pub const VERSION: u64 = 1;
/// The longest document that is read, in bytes: more than any that this page writes.
pub const MAX_FILE: u32 = 8 * 1024 * 1024;

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
    /// Something in a run is not what it should be.
    Damaged {
        /// In which one, the first being 1.
        run: usize,
        /// What is not.
        key: &'static str,
    },
    /// A run in it holds more than one may.
    Unbounded {
        /// Which one, the first being 1.
        run: usize,
    },
}

/// The document that holds these runs.
#[must_use]
pub fn write<'a>(runs: impl Iterator<Item = &'a KeptRun>) -> String {
    let document = Json::object([
        ("format", Json::Text(FORMAT.into())),
        ("version", Json::Count(VERSION)),
        ("runs", Json::List(runs.map(written::write).collect())),
    ]);
    // It fails only for maps whose keys are no text, and there are none.
    serde_json::to_string(&document).unwrap_or_default()
}

/// The runs that a document holds.
///
/// # Errors
/// What is wrong with it: all of its runs are taken, or none.
pub fn read(text: &str) -> Result<Vec<KeptRun>, Refusal> {
    if text.len() > MAX_FILE as usize {
        return Err(Refusal::TooLong);
    }
    // However deep its arrays are: a document of runs is an object.
    if text.trim_ascii_start().starts_with('[') {
        return Err(Refusal::NotRuns);
    }
    let json: Json =
        serde_json::from_str(text).map_err(|error| Refusal::NotJson { line: error.line() })?;
    match json.get("version").count() {
        _ if json.get("format").text() != Ok(FORMAT) => return Err(Refusal::NotRuns),
        Err(_) | Ok(0) => return Err(Refusal::NotRuns),
        Ok(VERSION) => {}
        Ok(newer) => return Err(Refusal::Newer(newer)),
    }
    let runs = json.get("runs").list().map_err(|_| Refusal::NotRuns)?;
    runs.iter().enumerate().map(|(index, json)| run(index + 1, json)).collect()
}

fn run(run: usize, json: &Json) -> Result<KeptRun, Refusal> {
    let record = written::read(json).map_err(|Wrong(key)| Refusal::Damaged { run, key })?;
    record.is_bounded().then_some(record).ok_or(Refusal::Unbounded { run })
}
