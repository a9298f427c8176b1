//! The table: a row for each reading, a column for each candidate, and whether the goal is met.

use crate::candidate::{Candidate, ECHO, OURS};
use crate::goal::{Goal, Reached};
use crate::options::Options;
use crate::results::{Results, Summary};

const WHAT: usize = 36;
const CELL: usize = 18;
const GOAL: usize = 23;

pub(crate) fn print(candidates: &[Candidate], results: &Results, options: &Options) {
    let (rounds, turn) = (options.rounds, options.turn().as_secs_f64());
    println!("\nMedians of {rounds} rounds of {turn:.2} s; in brackets, the ratio to bare TCP.\n");
    let names = candidates.iter().map(|candidate| format!("{:>CELL$}", candidate.name));
    println!("{:WHAT$}{}  {:GOAL$}met", "", names.collect::<String>(), "goal");
    for (row, cells) in results.rows() {
        let shown: Vec<_> = cells.iter().map(|it| format!("{:>CELL$}", show(*it))).collect();
        let goal: Vec<_> = row.goals.iter().map(ToString::to_string).collect();
        let met = met(row.goals, candidates, &cells);
        println!("{:WHAT$}{}  {:GOAL$}{met}", row.what, shown.concat(), goal.join(", "));
    }
    println!(
        "\nThe CPU time is that of the candidate's own process: for bare TCP the echo server's."
    );
    if candidates[0].process.cpu().is_none() {
        println!("There is no /proc here, so CPU time and memory are left out.");
    }
}

fn show(cell: Option<Summary>) -> String {
    let Some(Summary { value, ratio }) = cell else { return "-".into() };
    let ratio = ratio.map(|ratio| format!(" ({})", digits(ratio))).unwrap_or_default();
    format!("{}{ratio}", digits(value))
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

fn met(goals: &[Goal], candidates: &[Candidate], cells: &[Option<Summary>]) -> &'static str {
    let Some(reached) = reached(candidates, cells) else { return "" };
    let met: Vec<_> = goals.iter().map(|goal| goal.is_met(reached)).collect();
    match () {
        () if met.contains(&Some(false)) => "NO",
        () if met.contains(&Some(true)) => "yes",
        () => "",
    }
}

fn reached(candidates: &[Candidate], cells: &[Option<Summary>]) -> Option<Reached> {
    let all = || candidates.iter().zip(cells).filter_map(|(who, cell)| Some((who.name, (*cell)?)));
    let (_, ours) = all().find(|(name, _)| *name == OURS)?;
    let rivals = all().filter(|(name, _)| ![ECHO, OURS].contains(name));
    let rival = rivals.map(|(_, cell)| cell.value).min_by(f64::total_cmp);
    Some(Reached { value: ours.value, ratio: ours.ratio, rival })
}
