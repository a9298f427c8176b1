//! Clients that open one session after the other, and do what a plan says.

use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, MutexGuard, PoisonError};

use echo_core::wire::{ClientMessage, CloseCode, Party};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{Instant, sleep};

use crate::connection::{Closed, Connection};
use crate::plan::{Ending, Plan, Random, Traffic};
use crate::servers::{Kind, MIDDLE, SOURCE, Servers};
use crate::tally::Tally;

/// How many bytes are sent at once by a client that waits for each of them.
const SMALL: usize = 64;
/// How many bytes are sent at once in bulk: a window has room for them.
const LARGE: usize = 64 * 1024;
/// How many addresses of this machine the clients come from, since ports are few.
const ADDRESSES: u32 = 200;
/// The receive buffer of the clients, in bytes: what they do not read waits in the bridge.
const RECEIVE_BUFFER: u32 = 32 * 1024;

/// What all clients share.
#[derive(Debug)]
pub(crate) struct Load {
    bridge: SocketAddr,
    servers: Servers,
    sessions: u32,
    /// When no more sessions are opened, and those that are open come to their end.
    pub(crate) end: Instant,
    seed: u64,
    opened: AtomicU64,
    tally: Mutex<Tally>,
}

impl Load {
    pub(crate) fn new(
        bridge: SocketAddr,
        servers: Servers,
        sessions: u32,
        end: Instant,
        seed: u64,
    ) -> Self {
        let (opened, tally) = (AtomicU64::new(0), Mutex::default());
        Self { bridge, servers, sessions, end, seed, opened, tally }
    }

    /// Returns what was done so far.
    pub(crate) fn tally(&self) -> MutexGuard<'_, Tally> {
        let mut tally = self.tally.lock().unwrap_or_else(PoisonError::into_inner);
        tally.opened = self.opened.load(Relaxed);
        tally.read_by_targets = self.servers.read();
        tally
    }

    /// Opens one session after the other until the end of the load.
    pub(crate) async fn work(&self, index: u32) {
        let mut random = Random::new(self.seed.wrapping_mul(1 << 32) ^ u64::from(index));
        while Instant::now() < self.end {
            let plan = Plan::choose(&mut random, self.sessions);
            match self.session(index, &plan, &mut random).await {
                Ok(()) => self.tally().count(plan.ending),
                Err(error) => self.tally().fail(format!("{plan:?}: {error}")),
            }
        }
    }

    async fn session(&self, index: u32, plan: &Plan, random: &mut Random) -> io::Result<()> {
        let kind = match (plan.ending, plan.traffic) {
            (Ending::TargetDies, _) => Kind::Dies,
            (Ending::TargetLeaves, _) => Kind::Leaves,
            (_, Traffic::Stall { .. }) => Kind::Source,
            _ => Kind::Echo,
        };
        let (stream, target) = (self.connect(index).await?, self.servers.address(kind));
        let mut connection = Connection::open(self.bridge, stream, target, plan).await?;
        self.opened.fetch_add(1, Relaxed);
        self.talk(&mut connection, plan, random).await?;
        let totals = end(connection, plan).await?;
        if let Some((sent, received)) = totals {
            self.tally().add(sent, received);
        }
        Ok(())
    }

    /// A connection to the bridge, from an address that others share.
    async fn connect(&self, index: u32) -> io::Result<TcpStream> {
        let socket = TcpSocket::new_v4()?;
        socket.set_recv_buffer_size(RECEIVE_BUFFER)?;
        if cfg!(target_os = "linux") {
            let last = u8::try_from(index % ADDRESSES).unwrap_or_default();
            socket.bind((Ipv4Addr::new(127, 1, 0, last + 1), 0).into())?;
        }
        socket.connect(self.bridge).await
    }

    /// Sends and receives what the plan says, but no longer than the load lasts.
    async fn talk(
        &self,
        connection: &mut Connection,
        plan: &Plan,
        random: &mut Random,
    ) -> io::Result<()> {
        let is_middle = matches!(plan.ending, Ending::TargetDies | Ending::TargetLeaves);
        let may_go_on = |connection: &Connection| {
            let is_told = connection.close_code.is_some() || connection.has_finished;
            !is_told && Instant::now() < self.end
        };
        let (rounds, count, pause) = match plan.traffic {
            Traffic::PingPong { rounds } => (rounds, SMALL, plan.pause),
            Traffic::Bulk { rounds } => (rounds, LARGE, plan.pause / 1000),
            Traffic::Trickle { bytes } => (bytes, 1, plan.pause),
            Traffic::Stall { pause } => {
                sleep(pause).await;
                return connection.receive(SOURCE).await;
            }
        };
        for _ in 0..rounds {
            // What leaves in the middle may be gone after a pause.
            if is_middle && connection.sent >= MIDDLE {
                break;
            }
            sleep(random.up_to(pause)).await;
            if !may_go_on(connection) {
                break;
            }
            connection.send(count).await?;
            if count > 1 && !is_middle {
                connection.receive(connection.sent).await?;
            }
        }
        // A target that leaves in the middle does so for what it is sent.
        let missing = MIDDLE.saturating_sub(connection.sent);
        if is_middle && missing > 0 {
            connection.send(usize::try_from(missing).unwrap_or_default()).await?;
        }
        Ok(())
    }
}

/// Ends a session. Returns how many bytes it sent and received, if its ending was an orderly one,
/// so that these are all.
async fn end(mut connection: Connection, plan: &Plan) -> io::Result<Option<(u64, u64)>> {
    let is_echo = !matches!(plan.traffic, Traffic::Stall { .. });
    match plan.ending {
        Ending::Vanish => connection.vanish(false).await?,
        Ending::Break => connection.vanish(true).await?,
        Ending::TargetDies => {
            connection.ended().await?;
            expect_code(&connection, CloseCode::Reset)?;
        }
        Ending::Reset if plan.has_control => {
            connection.control(&ClientMessage::Reset).await?;
            connection.ended().await?;
            expect_closed(&connection, Party::Client)?;
        }
        Ending::TargetLeaves if plan.has_control => {
            connection.finished().await?;
            connection.control(&ClientMessage::Finish).await?;
            return finished(connection, Party::Client).await;
        }
        Ending::Finish if plan.has_control => {
            connection.control(&ClientMessage::Finish).await?;
            return finished(connection, Party::Target).await;
        }
        Ending::TargetLeaves => {
            connection.ended().await?;
            expect_code(&connection, CloseCode::Normal)?;
            // The bridge waits two seconds for the answer, and this process may be slow.
            let _ = connection.close().await;
        }
        Ending::Finish | Ending::Close | Ending::Reset => {
            if is_echo {
                connection.receive(connection.sent).await?;
            }
            connection.close().await?;
            connection.ended().await?;
            expect_code(&connection, CloseCode::Normal)?;
            return Ok(Some((connection.sent, connection.received)));
        }
    }
    Ok(None)
}

/// Waits for the end of a session that both sides have finished.
async fn finished(mut connection: Connection, by: Party) -> io::Result<Option<(u64, u64)>> {
    connection.ended().await?;
    expect_closed(&connection, by)?;
    let (sent, received) = (connection.sent, connection.received);
    let expected = Some(Closed { by, sent, received });
    if connection.closed != expected {
        return Err(wrong(format!("{:?} instead of {expected:?}", connection.closed)));
    }
    let _ = connection.close().await;
    Ok(Some((sent, received)))
}

fn expect_closed(connection: &Connection, by: Party) -> io::Result<()> {
    expect_code(connection, CloseCode::Normal)?;
    match connection.closed {
        Some(closed) if closed.by == by && closed.received == connection.received => Ok(()),
        other => Err(wrong(format!("{other:?}, not by {by:?}, {} bytes", connection.received))),
    }
}

fn expect_code(connection: &Connection, code: CloseCode) -> io::Result<()> {
    match connection.close_code {
        Some(it) if it == u16::from(code) => Ok(()),
        other => Err(wrong(format!("closed with {other:?} instead of {code:?}"))),
    }
}

fn wrong(what: String) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, what)
}
