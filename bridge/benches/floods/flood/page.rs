//! Clients that ask for the page's largest file many times and never read.

use std::io;

use futures_util::FutureExt as _;
use tokio::io::{AsyncWriteExt as _, Interest};
use tokio::time::Duration;

use super::definition::{Flood, Outcome, unsupported};
use crate::attack::{Attack, Counter};
use crate::bridge::Setup;
use crate::good::Good;
use crate::http;

/// How many sessions the bridge allows, so that it has fewer connections than there are clients.
const MAX_SESSIONS: u32 = 64;
/// How many clients there are at once.
const CLIENTS: usize = 330;
/// How many requests each sends at once.
const REQUESTS: usize = 30;
/// The size in bytes from which a file fills the socket buffers after so many requests.
const LARGE: usize = 100 * 1024;
/// How long a client whose connection was ended waits until it comes back.
const PAUSE: Duration = Duration::from_secs(1);

pub(super) const FLOOD: Flood = Flood {
    good: &[Good::RoundTrip, Good::Health],
    prepare: || {
        let flags = vec!["--max-sessions".into(), MAX_SESSIONS.to_string()];
        Ok(Setup { flags, ..Setup::default() })
    },
    ..Flood::new("unread-page", |attack| run(attack).boxed_local())
};

async fn run(attack: &Attack<'_>) -> io::Result<Outcome> {
    let path = largest_file(attack).await?;
    let requests = http::get(attack.address(), &path).repeat(REQUESTS);
    let (connected, ended) = (&Counter::default(), &Counter::default());
    let client = async |_| {
        let mut stream = attack.connect().await?;
        connected.add(1);
        stream.write_all(requests.as_bytes()).await?;
        stream.ready(Interest::ERROR).await?;
        ended.add(1);
        Ok(())
    };
    attack.insist(CLIENTS, PAUSE, client).await;
    let (connected, ended) = (connected.get(), ended.get());
    let note =
        format!("{CLIENTS} clients connected {connected} times, and were ended {ended} times");
    Ok(Outcome::note(note))
}

/// The path of the largest file that the page's HTML names.
async fn largest_file(attack: &Attack<'_>) -> io::Result<String> {
    let fetch =
        async |path: &str| http::fetch(attack.connect().await?, attack.address(), path).await;
    let html = String::from_utf8_lossy(&fetch("/").await?).into_owned();
    let named = html.split(['"', '\'']).filter(|text| text.starts_with('/') && text.contains('.'));
    let mut largest = (LARGE, None);
    for path in named {
        let size = fetch(path).await.map_or(0, |answer| answer.len());
        if size > largest.0 {
            largest = (size, Some(path.to_owned()));
        }
    }
    largest.1.ok_or_else(|| {
        unsupported("the bridge embeds no page with a large file; `cargo xtask build` makes one")
    })
}
