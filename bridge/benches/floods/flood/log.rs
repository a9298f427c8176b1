//! Sessions of a bridge whose standard error is a pipe that nobody reads, so that its log fills the
//! pipe.

use std::io;

use futures_util::FutureExt as _;
use tokio::time::Duration;

use super::definition::{Flood, Outcome};
use crate::attack::{Attack, Counter};
use crate::bridge::Setup;
use crate::good::Good;
use crate::websocket::WebSocket;

/// How many sessions are opened and closed at a time.
const CLIENTS: usize = 4;

pub(super) const FLOOD: Flood = Flood {
    good: &[Good::RoundTrip, Good::Health],
    terminates: true,
    prepare: || Ok(Setup { has_unread_log: true, ..Setup::default() }),
    ..Flood::new("unread-log", |attack| run(attack).boxed_local())
};

async fn run(attack: &Attack<'_>) -> io::Result<Outcome> {
    let done = &Counter::default();
    let client = async |_| {
        let stream = attack.connect().await?;
        let mut session = WebSocket::open(stream, attack.address(), "target=echo", "").await?;
        session.send(b"Hello!").await?;
        session.receive(6).await?;
        session.close().await?;
        done.add(1);
        Ok(())
    };
    attack.insist(CLIENTS, Duration::ZERO, client).await;
    Ok(Outcome::note(format!("{} sessions were opened and closed", done.get())))
}
