//! The table: a row for each reading, a column for each candidate, and whether the goal is met.

use crate::candidate::{BASE, CONTROL, Candidate, OURS, index_of};
use crate::goal::Goal;
use crate::options::Options;
use crate::results::{Results, Summary};

const WHAT: usize = 36;
const CELL: usize = 18;
const GOAL: usize = 10;
/// By how much the control dialect may fall short of the raw one.
const CONTROL_TOLERANCE: f64 = 1.1;

pub(crate) fn print(candidates: &[Candidate], results: &Results, options: &Options) {
    let (rounds, turn) = (options.rounds, options.turn().as_secs_f64());
    println!("\nMedians of {rounds} rounds of {turn:.2} s; in brackets, the ratio to {BASE}.\n");
    let names = candidates.iter().map(|candidate| format!("{:>CELL$}", candidate.name));
    println!("{:WHAT$}{}  {:GOAL$}met", "", names.collect::<String>(), "goal");
    let base = index_of(BASE, candidates);
    for (row, cells) in results.rows(base.unwrap_or(0)) {
        let shown = cells.iter().map(|cell| format!("{:>CELL$}", show(cell.as_ref())));
        let goal = options.goal(row);
        let met = match is_met(goal, candidates, &cells) {
            Some(true) => "yes",
            Some(false) => "NO",
            None => "",
        };
        let goal = goal.map(|goal| goal.to_string()).unwrap_or_default();
        println!("{:WHAT$}{}  {goal:GOAL$}{met}", row.what, shown.collect::<String>());
    }
    print_control(candidates, results);
    println!(
        "\nThe CPU time is that of the candidate's own process: for bare TCP the echo server's."
    );
    if candidates[0].process.cpu().is_none() {
        println!("There is no /proc here, so CPU time and memory are left out.");
    }
}

/// Prints the rows in which the control dialect is slower than the raw one by more than a tenth.
fn print_control(candidates: &[Candidate], results: &Results) {
    let Some(raw) = index_of(OURS, candidates) else { return };
    let Some(control) = index_of(CONTROL, candidates) else { return };
    println!("\n{CONTROL} costs so many times what the raw dialect does:");
    for (row, cells) in results.rows(raw).filter(|(row, _)| row.goal.is_some()) {
        let Some(ratio) = cells[control].as_ref().and_then(|cell| cell.ratio) else { continue };
        let times = if row.is_rate { ratio.recip() } else { ratio };
        let met = if times <= CONTROL_TOLERANCE { "yes" } else { "NO" };
        println!("{:WHAT$}{:>CELL$}  <= {CONTROL_TOLERANCE:<7.2}{met}", row.what, digits(times));
    }
}

/// Whether the bridge meets the goal of a row, where that can be said.
pub(crate) fn is_met(
    goal: Option<Goal>,
    candidates: &[Candidate],
    cells: &[Option<Summary<'_>>],
) -> Option<bool> {
    let ours = cells[index_of(OURS, candidates)?].as_ref()?;
    goal?.is_met(ours.value, ours.ratio)
}

fn show(cell: Option<&Summary<'_>>) -> String {
    let Some(Summary { value, ratio, .. }) = cell else { return "-".into() };
    let ratio = ratio.map(|ratio| format!(" ({})", digits(ratio))).unwrap_or_default();
    format!("{}{ratio}", digits(*value))
}

/// About three digits.
fn digits(value: f64) -> String {
    if value >= 1e6 {
        return format!("{:.2}M", value / 1e6);
    }
    let precision = match value {
        ..1.0 => 3,
        ..10.0 => 2,
        ..100.0 => 1,
        _ => 0,
    };
    format!("{value:.precision$}")
}
