//! Messages there and back as fast as they go, on one connection or many.

use std::io;
use std::sync::Arc;

use tokio::task::JoinSet;

use crate::candidate::Candidate;
use crate::link::{Link, bounded};
use crate::load::Load;
use crate::options::Options;
use crate::work::{Begun, Work};

/// How many messages come back in one turn on `links` connections, each with its own window.
pub(crate) async fn run(
    candidate: &Candidate,
    load: Load,
    links: usize,
    options: &Options,
) -> io::Result<Work> {
    let load = Arc::new(load);
    let mut idle = Vec::new();
    for _ in 0..links {
        let mut link = Link::open(candidate).await?;
        // Behind an upgrade there is a connection to the target, whose time does not count here.
        bounded(link.round_trip(&load)).await?;
        idle.push(link);
    }
    let begun = Begun::now(candidate);
    let end = begun.at + options.turn();
    let mut busy = JoinSet::new();
    for mut link in idle {
        let load = load.clone();
        busy.spawn(async move { link.stream(&load, end).await });
    }
    let mut messages = 0;
    while let Some(stream) = busy.join_next().await {
        messages += stream??;
    }
    Ok(begun.done(messages))
}
