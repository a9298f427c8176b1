//! Sessions opened, used for one short message, and closed, one after the other.

use std::io;

use tokio::time::Instant;

use crate::candidate::Candidate;
use crate::link::{Link, bounded};
use crate::load::Load;
use crate::options::Options;
use crate::work::{Begun, Work};

pub(crate) async fn run(candidate: &Candidate, len: usize, options: &Options) -> io::Result<Work> {
    let load = Load::new(candidate.wire, len, 1);
    let begun = Begun::now(candidate);
    let end = begun.at + options.turn();
    let mut count = 0;
    while Instant::now() < end {
        bounded(session(candidate, &load)).await?;
        count += 1;
    }
    Ok(begun.done(count))
}

async fn session(candidate: &Candidate, load: &Load) -> io::Result<()> {
    let mut link = Link::open(candidate).await?;
    link.round_trip(load).await?;
    link.close().await
}
