//! Many sessions at once, with data, again and again: no attack, but load, after which the memory
//! should be given back.

use std::io;

use echo_core::wire::SUBPROTOCOL;
use futures_util::FutureExt as _;
use futures_util::stream::{self, StreamExt as _};
use tokio::time::{Duration, Instant, timeout};

use super::definition::{Flood, Outcome};
use crate::attack::{Attack, affordable};
use crate::bridge::Setup;
use crate::units::mib;
use crate::websocket::WebSocket;

/// How many waves there are.
const WAVES: usize = 3;
/// How many sessions a wave has, if this process may have so many connections.
const SESSIONS: usize = 3000;
/// How many of them are opened, and closed, at once.
const AT_ONCE: usize = 32;
/// What each sends and gets back, in bytes.
const PAYLOAD: usize = 64 * 1024;
/// How long the end of a session may take.
const CLOSING: Duration = Duration::from_secs(10);

pub(super) const FLOOD: Flood = Flood {
    most_growth: 1024,
    prepare: || {
        let flags = vec!["--max-sessions".into(), (SESSIONS + 256).to_string()];
        Ok(Setup { flags, ..Setup::default() })
    },
    ..Flood::new("waves", |attack| run(attack).boxed_local())
};

async fn run(attack: &Attack<'_>) -> io::Result<Outcome> {
    let count = affordable(SESSIONS);
    let mut notes = Vec::new();
    for wave in 1..=WAVES {
        let start = Instant::now();
        let opening = stream::iter((0..count).map(|_| session(attack))).buffer_unordered(AT_ONCE);
        let sessions: Vec<_> = opening.filter_map(async |session| session.ok()).collect().await;
        let during = attack.bridge.memory();
        let opened = sessions.len();
        let closing = stream::iter(sessions).for_each_concurrent(AT_ONCE, close);
        closing.await;
        notes.push(format!(
            "wave {wave}: {opened} of {count} sessions, {} MiB with all open, {} MiB right after; {:.1?}",
            mib(during),
            mib(attack.bridge.memory()),
            start.elapsed()
        ));
    }
    Ok(Outcome { notes, met: true })
}

/// A session that has echoed its payload.
async fn session(attack: &Attack<'_>) -> io::Result<WebSocket> {
    let stream = attack.connect().await?;
    let mut session = WebSocket::open(stream, attack.address(), "target=echo", SUBPROTOCOL).await?;
    let payload = vec![7; PAYLOAD];
    session.send(&payload).await?;
    session.receive(PAYLOAD).await?;
    Ok(session)
}

async fn close(mut session: WebSocket) {
    let _ = timeout(CLOSING, session.close()).await;
}
