//! Soak: thousands of sessions at once against a running bridge, with all kinds of traffic and
//! endings, for minutes; after that everything is where it was.
//!
//! Clients and targets are in this process, the bridge is one of its own. What sessions carry is
//! checked byte by byte, and against what the bridge says of them at their end.
//!
//! - [`options`]: the command line; [`common`]: what this shares with the floods;
//! - [`plan`]: what a session does, at random; [`client`], [`connection`]: doing it;
//!   [`servers`]: the targets; [`pattern`]: what is sent;
//! - [`tally`]: what the load did; [`snapshot`]: what the bridge holds;
//! - [`verdict`]: whether both agree, and whether the bridge is where it was.

mod client;
#[path = "../common/mod.rs"]
#[allow(dead_code, reason = "the floods use more of it")]
mod common;
mod connection;
mod options;
mod pattern;
mod plan;
mod servers;
mod snapshot;
mod tally;
mod verdict;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser as _;
use common::bridge::{Bridge, Setup, free_address};
use common::good::{Good, GoodClients};
use tokio::runtime;
use tokio::task::JoinSet;
use tokio::time::{Duration, Instant, sleep, sleep_until, timeout_at};

use client::Load;
use options::Options;
use servers::Servers;
use snapshot::Snapshot;
use tally::Tally;
use verdict::Verdict;

/// How long after the end of the load a session may take before it counts as hanging.
const HANGING: Duration = Duration::from_mins(2);
/// How long the bridge gets to be where it was: it trims its memory every ten seconds.
const SETTLING: Duration = Duration::from_mins(1);
/// How often it is looked at.
const POLL_INTERVAL: Duration = Duration::from_millis(500);

fn main() -> ExitCode {
    let options = Options::parse();
    let runtime = match runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("soak: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(soak(&options)) {
        Ok(verdict) => verdict.print(),
        Err(error) => {
            eprintln!("soak: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Loads a bridge, and returns what came of it.
async fn soak(options: &Options) -> io::Result<Verdict> {
    let sessions = options.affordable_sessions();
    let admin = free_address()?;
    let mut bridge = Bridge::start(&options.bridge, setup(sessions, admin))?;
    let servers = Servers::listen()?;
    let before = Snapshot::take(&bridge, admin).await?;
    let good = GoodClients::connect(&bridge, &[Good::RoundTrip])?;
    println!(
        "{sessions} sessions at once for {:?}, with all kinds of traffic and endings, against {}.",
        options.duration(),
        options.bridge.display()
    );
    good.measure();
    let end = Instant::now() + options.duration();
    let load = Arc::new(Load::new(bridge.address, servers, sessions, end, options.seed));
    let most_active = run(&load, sessions, options.duration(), &bridge, admin).await?;
    let latencies = good.stop()?.pop().unwrap_or_default();
    let peak = bridge.peak_memory();
    let after = settled(&bridge, admin, &before, most_active).await?;
    let termination = bridge.terminate().await?;
    let tally = Tally::clone(&load.tally());
    Ok(Verdict {
        before,
        after,
        peak,
        most_active,
        tally,
        latencies,
        termination,
        judges_speed: !options.any_speed,
    })
}

/// Keeps so many sessions open until the end of the load, and waits for the last ones. Returns how
/// many the bridge had open at most.
async fn run(
    load: &Arc<Load>,
    sessions: u32,
    duration: Duration,
    bridge: &Bridge,
    admin: SocketAddr,
) -> io::Result<u64> {
    let begin = Instant::now();
    // A fifth of the time is for the beginning, so that not all open at once.
    let ramp = duration / 5;
    let mut workers = JoinSet::new();
    for index in 0..sessions {
        let due = begin + ramp * index / sessions;
        let load = load.clone();
        workers.spawn(async move {
            sleep_until(due).await;
            load.work(index).await;
        });
    }
    let mut most_active = 0;
    while Instant::now() < load.end {
        sleep(POLL_INTERVAL.min(load.end - Instant::now())).await;
        most_active = most_active.max(Snapshot::take(bridge, admin).await?.active);
    }
    while let Ok(Some(done)) = timeout_at(load.end + HANGING, workers.join_next()).await {
        done.map_err(io::Error::other)?;
    }
    if !workers.is_empty() {
        load.tally().fail(format!("{} sessions hang", workers.len()));
    }
    Ok(most_active)
}

/// Waits until the bridge is where it was, but no longer than it may take.
async fn settled(
    bridge: &Bridge,
    admin: SocketAddr,
    before: &Snapshot,
    at_once: u64,
) -> io::Result<Snapshot> {
    let end = Instant::now() + SETTLING;
    loop {
        let now = Snapshot::take(bridge, admin).await?;
        if now.differences(before, at_once).is_empty() || Instant::now() > end {
            return Ok(now);
        }
        sleep(POLL_INTERVAL).await;
    }
}

fn setup(sessions: u32, admin: SocketAddr) -> Setup {
    let flags = [
        "--admin".into(),
        admin.to_string(),
        "--allow".into(),
        format!("{}/32:1-65535", Ipv4Addr::LOCALHOST),
        "--max-sessions".into(),
        (sessions + 64).to_string(),
    ];
    Setup { flags: flags.into(), ..Setup::default() }
}
