//! The lab: for one session alone, a server with a fault on a port of its own.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use echo_core::fault::Fault;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::{Duration, timeout};
use tokio_util::task::AbortOnDropHandle;

use crate::echo_server::misbehaving::Misbehaving;

/// How long a server of the lab lasts: `split:1:60s` never would come to an end. Then it resets.
const LONGEST: Duration = Duration::from_mins(2);
/// One connection is all that comes, and perhaps a stranger's before it.
const BACKLOG: u32 = 8;

/// A server of the lab whose client has yet to connect.
#[derive(Debug)]
pub(crate) struct Lab {
    fault: Fault,
    door: Door,
    address: SocketAddr,
}

#[derive(Debug)]
enum Door {
    Open(TcpListener),
    /// Bound, so that the port is nobody else's, and not listening.
    Shut {
        _held: TcpSocket,
    },
}

/// A server of the lab at work; dropped, it is gone.
#[derive(Debug)]
pub(crate) struct Playing {
    _task: Option<AbortOnDropHandle<()>>,
}

impl Lab {
    /// A server with this fault on a free port of the loopback interface. It listens, unless the
    /// fault is that it does not.
    pub(crate) fn open(fault: Fault) -> io::Result<Self> {
        let socket = TcpSocket::new_v4()?;
        socket.bind((Ipv4Addr::LOCALHOST, 0).into())?;
        let address = socket.local_addr()?;
        let door = if fault.listens() {
            Door::Open(socket.listen(BACKLOG)?)
        } else {
            Door::Shut { _held: socket }
        };
        Ok(Self { fault, door, address })
    }

    /// Where to connect to.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves the one who connected from `client`, and listens no more.
    pub(crate) fn play(self, client: SocketAddr) -> Playing {
        let Door::Open(listener) = self.door else { return Playing { _task: None } };
        let task = tokio::spawn(async move {
            if let Err(error) = play(listener, client, &self.fault).await {
                tracing::debug!("lab/{}: {error}", self.fault);
            }
        });
        Playing { _task: Some(AbortOnDropHandle::new(task)) }
    }
}

async fn play(listener: TcpListener, client: SocketAddr, fault: &Fault) -> io::Result<()> {
    let stream = timeout(LONGEST, accept(listener, client)).await??;
    let mut server = Misbehaving::new(stream, fault);
    if let Ok(ended) = timeout(LONGEST, server.run()).await {
        return ended.map(drop);
    }
    tracing::info!("lab/{fault} is reset: it lasted longer than {LONGEST:?}");
    server.reset();
    Ok(())
}

/// The connection that came from `client`: whoever else found the port is let go.
async fn accept(listener: TcpListener, client: SocketAddr) -> io::Result<TcpStream> {
    loop {
        let (stream, peer) = listener.accept().await?;
        if peer == client {
            return Ok(stream);
        }
    }
}
