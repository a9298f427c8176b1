//! Clients that reset their connection while their target does not read: how long until the target
//! sees its end.

use std::io;
use std::net::Ipv4Addr;

use echo_core::wire::SUBPROTOCOL;
use futures_util::FutureExt as _;
use futures_util::future::try_join_all;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Duration, Instant, sleep, timeout};

use super::definition::{Flood, Outcome};
use crate::attack::Attack;
use crate::bridge::Setup;
use crate::websocket::WebSocket;

/// How many clients there are in each dialect.
const CLIENTS: usize = 8;
/// The length of their messages, in bytes.
const MESSAGE: usize = 64 * 1024;
/// How long a write that nobody takes is waited for.
const STALLED: Duration = Duration::from_millis(300);
/// How often the target looks.
const POLL_INTERVAL: Duration = Duration::from_millis(5);
/// Within what time the target sees its end: the two seconds that it has to take what the client
/// sent before the reset, and one for a busy machine.
const GOAL: Duration = Duration::from_secs(3);

pub(super) const FLOOD: Flood = Flood {
    most_growth: 64,
    prepare: || {
        let flags = vec!["--allow".into(), format!("{}/32:1-65535", Ipv4Addr::LOCALHOST)];
        Ok(Setup { flags, ..Setup::default() })
    },
    ..Flood::new("resets", |attack| run(attack).boxed_local())
};

async fn run(attack: &Attack<'_>) -> io::Result<Outcome> {
    let dialects = [SUBPROTOCOL, ""].iter().cycle().take(2 * CLIENTS);
    let all = try_join_all(dialects.map(|dialect| time_to_end(attack, dialect))).await?;
    attack.wait().await;
    let seen: Vec<_> = all.iter().flatten().collect();
    let (count, longest) = (seen.len(), seen.into_iter().max().copied());
    let after = longest.map(|time| format!(", after {time:.1?} at most")).unwrap_or_default();
    Ok(Outcome {
        notes: vec![format!("{count} of {} targets saw their end{after}", all.len())],
        met: count == all.len() && longest.is_some_and(|time| time < GOAL),
    })
}

/// How long after its client's reset a target sees its end, if it does before the attack's.
async fn time_to_end(attack: &Attack<'_>, dialect: &str) -> io::Result<Option<Duration>> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let query = format!("target={}", listener.local_addr()?);
    let stream = attack.connect().await?;
    let mut client = WebSocket::open(stream, attack.address(), &query, dialect).await?;
    let (target, _) = listener.accept().await?;
    let message = vec![7; MESSAGE];
    while timeout(STALLED, client.send(&message)).await.is_ok() {}
    client.stream.set_zero_linger()?;
    drop(client);
    let reset = Instant::now();
    while reset < attack.end && Instant::now() < attack.end {
        if has_ended(&target)? {
            return Ok(Some(reset.elapsed()));
        }
        sleep(POLL_INTERVAL).await;
    }
    Ok(None)
}

/// Whether the kernel knows of the connection's reset, with bytes still unread.
fn has_ended(target: &TcpStream) -> io::Result<bool> {
    target.take_error().map(|error| error.is_some())
}
