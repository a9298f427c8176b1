//! Floods: clients that attack a running bridge, and what a good client and the bridge's memory see
//! of it.
//!
//! Each flood runs against a fresh process. Beside it, good clients act at a fixed rate from
//! another address of this machine, and the table shows how long they waited. The flood's client
//! knows neither tungstenite nor hyper: it writes bytes that no well-behaved client would.
//!
//! - [`options`]: the command line; [`flood`]: what a flood is, and all of them, a file each;
//! - [`bridge`]: the process that is attacked, and its memory; [`attack`]: what a flood acts with;
//! - [`good`]: the good clients; [`common`]: what this shares with the soak;
//! - [`report`]: what came of a flood, as text.

mod attack;
#[path = "../common/mod.rs"]
#[allow(dead_code, reason = "the soak uses more of it")]
mod common;
mod flood;
mod options;
mod report;

use std::io;
use std::process::ExitCode;

use attack::Attack;
use bridge::{Bridge, describe_termination};
use clap::Parser as _;
use common::{bridge, good, http, latency, units, websocket};
use flood::Flood;
use good::GoodClients;
use options::Options;
use report::{Memory, Report};
use tokio::runtime;
use tokio::time::{Instant, sleep};

fn main() -> ExitCode {
    let options = Options::parse();
    // Some floods are as large as the limit on open files lets them be.
    let _ = rlimit::increase_nofile_limit(u64::MAX);
    let runtime = match runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("floods: {error}");
            return ExitCode::FAILURE;
        }
    };
    report::print_head(&options);
    for flood in options.floods() {
        match runtime.block_on(run(flood, &options)) {
            Ok(report) => report.print(flood),
            Err(error) => report::print_skipped(flood, &error),
        }
    }
    ExitCode::SUCCESS
}

/// Runs one flood against a bridge of its own.
async fn run(flood: &Flood, options: &Options) -> io::Result<Report> {
    let setup = (flood.prepare)()?;
    let mut bridge = Bridge::start(&options.bridge, setup)?;
    let good = GoodClients::connect(&bridge, flood.good)?;
    let before = bridge.memory();
    good.measure();
    let attack = Attack::new(&bridge, options.peers, Instant::now() + options.duration());
    let outcome = (flood.run)(&attack).await;
    let latencies = good.stop()?;
    let mut outcome = outcome?;
    if flood.terminates {
        outcome.notes.push(describe_termination(bridge.terminate().await?));
    } else {
        sleep(options.settle()).await;
    }
    let memory = Memory { before, peak: bridge.peak_memory(), after: bridge.memory() };
    Ok(Report { latencies, memory, outcome })
}
