//! How long a short message takes beside a session that streams as fast as it can, where both share
//! one thread of the bridge.

use std::io;
use std::sync::Arc;
use std::thread;

use tokio::runtime;
use tokio::time::{Duration, Instant, sleep};

use crate::candidate::Candidate;
use crate::link::Link;
use crate::load::Load;
use crate::options::Options;
use crate::round_trip;
use crate::tools;
use crate::work::float;

/// One thread for all sessions.
const ONE_THREAD: (&str, &str) = ("TOKIO_WORKER_THREADS", "1");
/// The messages that stream: 64 in flight, more than all buffers on the way hold.
const LONG: usize = 64 * 1024;
const IN_FLIGHT: usize = 64;
/// How long they stream before the round trips begin.
const WARM_UP: Duration = Duration::from_millis(50);

/// The median and the 99th percentile of round trips of `len` bytes, through a fresh process of
/// this candidate, and how many bytes a second streamed beside them; none if there is no such
/// program in this run.
pub(crate) async fn run(
    candidate: &Candidate,
    len: usize,
    options: &Options,
) -> io::Result<Option<([Duration; 2], f64)>> {
    let (name, target) = (candidate.name, candidate.target);
    let Some(fresh) = tools::start(name, options, target, &[ONE_THREAD]).await? else {
        return Ok(None);
    };
    let fresh = Arc::new(fresh);
    let (flooded, time) = (fresh.clone(), 2 * WARM_UP + options.turn());
    // A thread of its own, so that the round trips wait for the bridge and not for their client.
    let flood = thread::spawn(move || {
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(flood(&flooded, time))
    });
    sleep(WARM_UP).await;
    let times = round_trip::run(&fresh, len, options).await?;
    while !flood.is_finished() {
        sleep(WARM_UP).await;
    }
    match flood.join() {
        Ok(Ok(streamed)) if streamed > 0.0 => Ok(Some((times, streamed))),
        Ok(Ok(_)) => Err(io::Error::other("nothing streamed beside the round trips")),
        Ok(Err(error)) => Err(error),
        Err(_) => Err(io::Error::other("the thread that streams panicked")),
    }
}

/// Streams for so long; says how many bytes a second came back.
async fn flood(candidate: &Candidate, time: Duration) -> io::Result<f64> {
    let load = Load::new(candidate.wire, LONG, IN_FLIGHT);
    let mut link = Link::open(candidate).await?;
    let start = Instant::now();
    let messages = link.stream(&load, start + time).await?;
    Ok(float(messages * LONG as u64) / start.elapsed().as_secs_f64())
}
