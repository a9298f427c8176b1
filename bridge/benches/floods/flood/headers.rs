//! Requests whose headers are long, and never end.

use std::io;

use futures_util::FutureExt as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::Duration;

use super::definition::{Flood, Outcome};
use crate::attack::{Attack, Counter, affordable};
use crate::good::Good;
use crate::units::MIB;

/// How many connections there are.
const CONNECTIONS: usize = 1200;
/// How long their headers are, in bytes: a little less than hyper takes by default.
const LENGTH: usize = 399 * 1024;
/// How much is written at once.
const CHUNK: usize = 16 * 1024;
/// They come once.
const PAUSE: Duration = Duration::from_hours(1);

pub(super) const FLOOD: Flood = Flood {
    good: &[Good::RoundTrip, Good::Health],
    // 32 KiB and some bookkeeping for each of them.
    most_growth: 64,
    ..Flood::new("long-headers", |attack| run(attack).boxed_local())
};

async fn run(attack: &Attack<'_>) -> io::Result<Outcome> {
    let count = affordable(CONNECTIONS);
    let (sent, refused) = (&Counter::default(), &Counter::default());
    let client = async |_| {
        let mut stream = attack.connect().await?;
        let host = attack.address();
        stream.write_all(format!("GET / HTTP/1.1\r\nHost: {host}\r\nX-Long: ").as_bytes()).await?;
        let filler = vec![b'a'; CHUNK];
        for _ in 0..LENGTH / CHUNK {
            if stream.write_all(&filler).await.is_err() {
                break;
            }
            sent.add(CHUNK as u64);
        }
        let mut status = [0; 12];
        stream.read_exact(&mut status).await?;
        refused.add(u64::from(status.ends_with(b" 431")));
        Ok(())
    };
    attack.insist(count, PAUSE, client).await;
    let (sent, refused) = (sent.get() / MIB, refused.get());
    Ok(Outcome::note(format!(
        "{sent} MiB of headers were written; 431 answered {refused} of {count}"
    )))
}
