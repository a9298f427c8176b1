//! How much memory a session takes that carried one short message and then nothing.

use std::io;
use std::net::Ipv4Addr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::{Duration, sleep};

use crate::link::{Link, bounded};
use crate::load::Load;
use crate::options::Options;
use crate::tools;
use crate::work::float;

/// What a process gets to do what it puts off until it is idle.
const SETTLE: Duration = Duration::from_secs(1);
/// Descriptors for everything else that this process or a candidate has open.
const SPARE: usize = 200;
/// What a session costs here and in the candidate alike: two ends.
const DESCRIPTORS: usize = 2;

/// How many bytes a fresh process of this candidate grows by with each idle session.
pub(crate) async fn run(
    name: &'static str,
    len: usize,
    options: &Options,
) -> io::Result<Option<f64>> {
    let target = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = target.local_addr()?;
    // The echo server has a bound of its own on connections.
    let target = Target(tokio::spawn(hold(target)));
    // Before the candidate's start, which inherits the limit.
    let count = affordable(options.sessions);
    let Some(candidate) = tools::start(name, options, address, &[]).await? else {
        return Ok(None);
    };
    let load = Load::new(candidate.wire, len, 1);
    let before = candidate.process.memory();
    let mut links = Vec::new();
    for _ in 0..count {
        let mut link = Link::open(&candidate).await?;
        bounded(link.round_trip(&load)).await?;
        links.push(link.into_stream());
    }
    sleep(SETTLE).await;
    let grown = candidate.process.memory().zip(before);
    drop((links, target));
    Ok(grown.map(|(now, before)| float(now.saturating_sub(before)) / float(count as u64)))
}

/// Ends with the measure.
struct Target(JoinHandle<io::Result<()>>);

impl Drop for Target {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Echoes the first bytes of each connection, and holds it until its other end is gone.
async fn hold(listener: TcpListener) -> io::Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        tokio::spawn(echo(stream));
    }
}

async fn echo(mut stream: TcpStream) -> io::Result<()> {
    let mut buffer = [0; 1024];
    loop {
        let read = stream.read(&mut buffer).await?;
        if read == 0 {
            return Ok(());
        }
        stream.write_all(&buffer[..read]).await?;
    }
}

/// As many sessions as the limit on open files lets this process hold, raised as far as it goes.
fn affordable(wanted: usize) -> usize {
    let needed = wanted * DESCRIPTORS + SPARE;
    let limit = rlimit::increase_nofile_limit(needed as u64).unwrap_or(needed as u64);
    let most = usize::try_from(limit).unwrap_or(needed).saturating_sub(SPARE) / DESCRIPTORS;
    if most < wanted {
        eprintln!("memory with {most} sessions: {wanted} need {needed} open files (`ulimit -n`)");
    }
    wanted.min(most).max(1)
}
