//! Speed, side by side: a bare TCP connection to an echo server, and the same through HAProxy as a
//! plain TCP relay, through this bridge in both dialects, an earlier build of it, websocat and
//! websockify, each a process of its own. With `--tls` clients speak TLS to HAProxy and the bridge, and
//! beside them stand the bridge without TLS, and in front of a target over TLS.
//!
//! Absolute numbers say more about a machine than about a bridge, so what counts is the ratio to
//! HAProxy: the candidates take turns in short rounds, the ratio is taken in each round, and the
//! median of the rounds is shown beside the goal.
//!
//! - [`options`]: the command line;
//! - [`candidate`]: who is compared; [`programs`]: as which programs; [`tools`]: how they are started;
//!   [`process`]: their processes, CPU time and memory; [`check`]: whether they work at all;
//!   [`certificates`]: what TLS needs;
//! - [`wire`]: messages and frames as bytes; [`load`]: messages kept in flight; [`acks`]: what the
//!   client of `tcp-bridge.v1` owes; [`link`]: one connection to a candidate;
//! - [`measure`]: what is measured; [`take`]: measuring it once; [`round_trip`], [`traffic`],
//!   [`sessions`], [`fairness`], [`memory`]: how; [`work`]: how much was done in what time;
//!   [`goal`]: how good is good enough;
//! - [`results`]: medians and ratios; [`table`] and [`json`]: how they are shown.

mod acks;
mod candidate;
mod certificates;
mod check;
mod fairness;
mod goal;
mod json;
mod link;
mod load;
mod measure;
mod memory;
mod options;
mod process;
mod programs;
mod results;
mod round_trip;
mod sessions;
mod table;
mod take;
mod tools;
mod traffic;
mod wire;
mod work;

use std::io;
use std::process::ExitCode;

use candidate::Candidate;
use clap::Parser as _;
use measure::Measure;
use options::Options;
use results::Results;
use tokio::runtime;

fn main() -> ExitCode {
    let options = Options::parse();
    // One thread: a client that ran on both cores would take them from who is measured.
    let runtime = runtime::Builder::new_current_thread().enable_all().build();
    match runtime.and_then(|runtime| runtime.block_on(run(&options))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("side_by_side: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: &Options) -> io::Result<()> {
    let candidates = tools::start_all(options).await?;
    let mut results = Results::new(candidates.len());
    for round in 0..options.rounds {
        eprintln!("round {} of {}", round + 1, options.rounds);
        for measure in options.measures().filter(|measure| !measure.is_slow()) {
            // Whoever comes first finds another machine than who comes last.
            for turn in 0..candidates.len() {
                let index = (turn + round) % candidates.len();
                add(&mut results, measure, &candidates, index, options).await;
            }
        }
    }
    for measure in options.measures().filter(|measure| measure.is_slow()) {
        for index in 0..candidates.len() {
            add(&mut results, measure, &candidates, index, options).await;
        }
    }
    table::print(&candidates, &results, options);
    match &options.json {
        Some(path) => json::write(path, &candidates, &results, options),
        None => Ok(()),
    }
}

/// Measures one candidate once; one that fails has an empty place in the table.
async fn add(
    results: &mut Results,
    measure: Measure,
    candidates: &[Candidate],
    index: usize,
    options: &Options,
) {
    let candidate = &candidates[index];
    match measure.take(candidate, options).await {
        Ok(readings) => results.add(measure, index, &readings),
        Err(error) => {
            eprintln!("{measure:?} of {}: {error}", candidate.name);
            results.add(measure, index, &[]);
        }
    }
}
