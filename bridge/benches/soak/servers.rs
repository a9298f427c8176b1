//! The targets: each kind listens on a port of its own.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket, TcpStream};

use crate::pattern;

/// How many connections wait to be accepted.
const BACKLOG: u32 = 4096;
/// After how many bytes a target dies or leaves.
pub(crate) const MIDDLE: u64 = 100;
/// How much the source sends.
pub(crate) const SOURCE: u64 = 1024 * 1024;

/// What a target does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It echoes until FIN.
    Echo,
    /// It echoes [`MIDDLE`] bytes, and resets its connection.
    Dies,
    /// It echoes [`MIDDLE`] bytes, sends FIN, and reads on.
    Leaves,
    /// It sends [`SOURCE`] bytes, and reads on.
    Source,
}

/// All targets, until they are dropped.
#[derive(Debug)]
pub(crate) struct Servers {
    addresses: Vec<(Kind, SocketAddr)>,
    /// How many bytes all of them have read.
    read: Arc<AtomicU64>,
}

impl Servers {
    pub(crate) fn listen() -> io::Result<Self> {
        let read = Arc::new(AtomicU64::new(0));
        let mut addresses = Vec::new();
        for kind in [Kind::Echo, Kind::Dies, Kind::Leaves, Kind::Source] {
            let socket = TcpSocket::new_v4()?;
            socket.bind((Ipv4Addr::LOCALHOST, 0).into())?;
            let listener = socket.listen(BACKLOG)?;
            addresses.push((kind, listener.local_addr()?));
            tokio::spawn(serve(listener, kind, read.clone()));
        }
        Ok(Self { addresses, read })
    }

    /// The address of the target of a kind.
    pub(crate) fn address(&self, kind: Kind) -> SocketAddr {
        let found = self.addresses.iter().find(|(of, _)| *of == kind);
        found.map(|(_, address)| *address).expect("each kind listens")
    }

    /// How many bytes all targets have read.
    pub(crate) fn read(&self) -> u64 {
        self.read.load(Relaxed)
    }
}

async fn serve(listener: TcpListener, kind: Kind, read: Arc<AtomicU64>) {
    loop {
        // A connection that went away while it waited is no loss.
        if let Ok((stream, _)) = listener.accept().await {
            let read = read.clone();
            tokio::spawn(async move {
                let _ = talk(stream, kind, &read).await;
            });
        }
    }
}

async fn talk(mut stream: TcpStream, kind: Kind, all: &AtomicU64) -> io::Result<()> {
    let mut buffer = vec![0; 16 * 1024];
    let mut heard = 0;
    if kind == Kind::Source {
        let mut sent = 0;
        while sent < SOURCE {
            stream.write_all(pattern::bytes(sent, 16 * 1024)).await?;
            sent += 16 * 1024;
        }
    }
    loop {
        let count = stream.read(&mut buffer).await?;
        all.fetch_add(count as u64, Relaxed);
        heard += count as u64;
        if count == 0 {
            return stream.shutdown().await;
        }
        match kind {
            Kind::Echo => stream.write_all(&buffer[..count]).await?,
            Kind::Source => {}
            Kind::Dies | Kind::Leaves if heard < MIDDLE => {
                stream.write_all(&buffer[..count]).await?;
            }
            Kind::Dies => return stream.set_zero_linger(),
            Kind::Leaves => stream.shutdown().await?,
        }
    }
}
