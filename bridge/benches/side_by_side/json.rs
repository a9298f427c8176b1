//! The results as JSON, for whoever compares runs.

use std::io;
use std::path::Path;

use serde_json::{Map, Value, json};

use crate::candidate::{BASE, Candidate, index_of};
use crate::options::Options;
use crate::results::Results;
use crate::table;

/// Writes all readings, medians, ratios and goals to a file.
pub(crate) fn write(
    path: &Path,
    candidates: &[Candidate],
    results: &Results,
    options: &Options,
) -> io::Result<()> {
    let base = index_of(BASE, candidates).unwrap_or(0);
    let rows = results.rows(base).map(|(row, cells)| {
        let goal = options.goal(row);
        let met = table::is_met(goal, candidates, &cells);
        let cells: Map<_, _> = candidates
            .iter()
            .zip(&cells)
            .filter_map(|(candidate, cell)| {
                let cell = cell.as_ref()?;
                let (median, ratio, rounds) = (cell.value, cell.ratio, cell.rounds);
                let shown = json!({ "median": median, "ratio": ratio, "rounds": rounds });
                Some((candidate.name.to_owned(), shown))
            })
            .collect();
        json!({
            "what": row.what.trim(),
            "goal": goal.map(|goal| goal.to_string()),
            "met": met,
            "candidates": cells,
        })
    });
    let all = json!({
        "ratios_to": candidates[base].name,
        "rounds": options.rounds,
        "seconds_each_round": options.turn().as_secs_f64(),
        "idle_sessions": options.sessions,
        "machine": machine(),
        "rows": rows.collect::<Vec<_>>(),
    });
    std::fs::write(path, format!("{all:#}\n"))
}

/// What the machine is, as far as it says so.
fn machine() -> Value {
    let cpus = std::thread::available_parallelism().map(usize::from).ok();
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let kernel = std::fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    json!({ "cpus": cpus, "model": model.map(|(_, model)| model), "kernel": kernel.trim() })
}
