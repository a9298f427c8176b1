//! Connections that say nothing, as many as this process may have.

use std::io;

use futures_util::FutureExt as _;
use tokio::io::AsyncReadExt as _;
use tokio::time::Duration;

use super::definition::{Flood, Outcome};
use crate::attack::{Attack, Counter, affordable};
use crate::good::Good;

/// How many connections there are, if this process may have so many.
const CONNECTIONS: usize = 10_000;
/// They come once.
const PAUSE: Duration = Duration::from_hours(1);

pub(super) const FLOOD: Flood = Flood {
    good: &[Good::RoundTrip, Good::Health],
    ..Flood::new("silent", |attack| run(attack).boxed_local())
};

async fn run(attack: &Attack<'_>) -> io::Result<Outcome> {
    let count = affordable(CONNECTIONS);
    let (connected, ended) = (&Counter::default(), &Counter::default());
    let client = async |_| {
        let mut stream = attack.connect().await?;
        connected.add(1);
        let _ = stream.read(&mut [0; 64]).await;
        ended.add(1);
        Ok(())
    };
    attack.insist(count, PAUSE, client).await;
    let (connected, ended) = (connected.get(), ended.get());
    Ok(Outcome::note(format!("of {count} connections, {connected} got in and {ended} were ended")))
}
