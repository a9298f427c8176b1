//! Idle sessions that capture packets, which slow every packet of the machine; then all of them end
//! at once.

use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::thread;

use echo_core::wire::{INFO_PATH, SUBPROTOCOL};
use futures_util::FutureExt as _;
use futures_util::stream::{self, StreamExt as _};
use tokio::io::AsyncWriteExt as _;
use tokio::time::{Duration, Instant, timeout_at};

use super::definition::{Flood, Outcome, unsupported};
use crate::attack::Attack;
use crate::http;
use crate::websocket::{Opcode, WebSocket, frame};

/// How many sessions ask for packets.
const SESSIONS: usize = 1000;
/// How many of them are opened at once.
const AT_ONCE: usize = 16;
/// For how long another pair of sockets is measured.
const PROBE: Duration = Duration::from_millis(500);
/// What part of its speed the other pair keeps at least.
const KEPT: f64 = 0.5;

pub(super) const FLOOD: Flood =
    Flood { most_growth: 128, ..Flood::new("packets", |attack| run(attack).boxed_local()) };

async fn run(attack: &Attack<'_>) -> io::Result<Outcome> {
    let info = http::fetch(attack.connect().await?, attack.address(), INFO_PATH).await?;
    if !String::from_utf8_lossy(&info).contains(r#""possible":true"#) {
        return Err(unsupported("capturing packets needs root or CAP_NET_RAW"));
    }
    let alone = probe().await?;
    // A third of the time to open them, a third to hold them, a third after their end.
    let third = attack.end.saturating_duration_since(Instant::now()) / 3;
    let (opened, held) = (attack.end - 2 * third, attack.end - third);
    let mut sessions = Vec::new();
    let mut opening = stream::iter((0..SESSIONS).map(|_| open(attack))).buffer_unordered(AT_ONCE);
    while let Ok(Some(session)) = timeout_at(opened, opening.next()).await {
        sessions.extend(session.ok());
    }
    drop(opening);
    let beside = probe().await?;
    tokio::time::sleep_until(held).await;
    let close = frame(Opcode::Close, &[]);
    for session in &mut sessions {
        let _ = session.stream.write_all(&close).await;
    }
    attack.wait().await;
    let opened = sessions.len();
    Ok(Outcome {
        notes: vec![format!(
            "{opened} of {SESSIONS} sessions were opened; another ping-pong on loopback fell from \
             {alone:.0}/s to {beside:.0}/s"
        )],
        met: beside >= alone * KEPT,
    })
}

async fn open(attack: &Attack<'_>) -> io::Result<WebSocket> {
    let stream = attack.connect().await?;
    let query = "target=echo&packets=1";
    let mut session = WebSocket::open(stream, attack.address(), query, SUBPROTOCOL).await?;
    // That it comes back shows that the session has been opened, captured or not.
    session.send(b"1").await?;
    session.receive(1).await?;
    Ok(session)
}

/// How many bytes a second go to and fro between two sockets that are not the bridge's.
async fn probe() -> io::Result<f64> {
    tokio::task::spawn_blocking(ping_pong).await.map_err(io::Error::other)?
}

fn ping_pong() -> io::Result<f64> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let mut here = TcpStream::connect(listener.local_addr()?)?;
    let (mut there, _) = listener.accept()?;
    here.set_nodelay(true)?;
    there.set_nodelay(true)?;
    let echo = thread::spawn(move || {
        let mut byte = [0];
        while there.read_exact(&mut byte).and_then(|()| there.write_all(&byte)).is_ok() {}
    });
    let start = Instant::now();
    let mut count = 0;
    while start.elapsed() < PROBE {
        here.write_all(&[1])?;
        here.read_exact(&mut [0])?;
        count += 1;
    }
    let rate = f64::from(count) / start.elapsed().as_secs_f64();
    drop(here);
    let _ = echo.join();
    Ok(rate)
}
