//! Sessions opened, used for one short message, and closed, several at once.

use std::io;

use futures_util::future::try_join_all;
use tokio::time::Instant;

use crate::candidate::Candidate;
use crate::link::{Link, bounded};
use crate::load::Load;
use crate::options::Options;
use crate::work::{Begun, Work};

/// How many clients open and close sessions, each one after the other.
const CLIENTS: usize = 8;

pub(crate) async fn run(candidate: &Candidate, len: usize, options: &Options) -> io::Result<Work> {
    let load = Load::new(candidate.wire, len, 1);
    let begun = Begun::now(candidate);
    let end = begun.at + options.turn();
    let clients = (0..CLIENTS).map(|_| client(candidate, &load, end));
    let counts = try_join_all(clients).await?;
    Ok(begun.done(counts.iter().sum()))
}

/// Opens and closes sessions until `end`; says how many.
async fn client(candidate: &Candidate, load: &Load, end: Instant) -> io::Result<u64> {
    let mut count = 0;
    while Instant::now() < end {
        bounded(session(candidate, load)).await?;
        count += 1;
    }
    Ok(count)
}

async fn session(candidate: &Candidate, load: &Load) -> io::Result<()> {
    let mut link = Link::open(candidate).await?;
    link.round_trip(load).await?;
    link.close().await
}
