//! A client that sends pings and never reads, so that the answers to them pile up.

use std::io;

use echo_core::wire::SUBPROTOCOL;
use futures_util::FutureExt as _;
use tokio::io::AsyncWriteExt as _;
use tokio::time::timeout_at;

use super::definition::{Flood, Outcome};
use crate::attack::Attack;
use crate::units::MIB;
use crate::websocket::{Opcode, WebSocket, frame};

/// The longest payload of a ping (RFC 6455, section 5.5), in bytes.
const PAYLOAD: usize = 125;
/// How many pings are written at once.
const BLOCK: usize = 512;

pub(super) const FLOOD: Flood =
    Flood::new("pings", |attack| run(attack, SUBPROTOCOL).boxed_local());
pub(super) const FLOOD_RAW: Flood = Flood::new("pings-raw", |attack| run(attack, "").boxed_local());

async fn run(attack: &Attack<'_>, subprotocol: &str) -> io::Result<Outcome> {
    let stream = attack.connect().await?;
    let mut client = WebSocket::open(stream, attack.address(), "target=echo", subprotocol).await?;
    let pings = frame(Opcode::Ping, &[0; PAYLOAD]).repeat(BLOCK);
    let mut sent = 0;
    let sending = async {
        loop {
            let rest = &pings[sent % pings.len()..];
            sent += client.stream.write(rest).await?;
        }
    };
    let ended: Result<io::Result<()>, _> = timeout_at(attack.end, sending).await;
    attack.wait().await;
    let how = if ended.is_ok() { "; then the connection was ended" } else { "" };
    Ok(Outcome::note(format!("{} MiB of pings were taken{how}", sent as u64 / MIB)))
}
