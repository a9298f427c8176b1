//! How long one short message takes there and back.

use std::io;

use tokio::time::{Duration, Instant, timeout};

use crate::candidate::Candidate;
use crate::link::{Link, TOO_LONG};
use crate::load::Load;
use crate::options::Options;

/// How many round trips go before those that count.
const WARM_UP: usize = 100;

/// The median and the 99th percentile.
pub(crate) async fn run(
    candidate: &Candidate,
    len: usize,
    options: &Options,
) -> io::Result<[Duration; 2]> {
    let load = Load::new(candidate.wire, len, 1);
    let mut link = Link::open(candidate).await?;
    // A timer for each round trip would be part of what is measured.
    let limit = options.turn() + TOO_LONG;
    let mut times = timeout(limit, times(&mut link, &load, options.turn())).await??;
    times.sort_unstable();
    Ok([times[times.len() / 2], times[times.len() * 99 / 100]])
}

async fn times(link: &mut Link, load: &Load, turn: Duration) -> io::Result<Vec<Duration>> {
    for _ in 0..WARM_UP {
        link.round_trip(load).await?;
    }
    let mut times = Vec::new();
    let mut now = Instant::now();
    let end = now + turn;
    while now < end || times.is_empty() {
        let start = now;
        link.round_trip(load).await?;
        now = Instant::now();
        times.push(now - start);
    }
    Ok(times)
}
