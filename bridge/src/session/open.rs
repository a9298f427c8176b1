//! From the client's words to a TCP connection, telling the client of each step.

use std::net::SocketAddr;

use echo_core::fault::Fault;
use echo_core::wire::{BridgeMessage, Failure, Kind, Stage};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};
use tracing::{Span, field};

use super::{Session, shutting_down};
use crate::dial;
use crate::lab::{Lab, Playing};
use crate::relay::{FAREWELL, micros};
use crate::resolve;
use crate::state::{Asked, Bridge};
use crate::targets::Target;

/// A target that is connected.
pub(super) struct Opened {
    pub(super) stream: TcpStream,
    /// Its other end, where that is the lab's.
    pub(super) lab: Option<Playing>,
}

impl Session {
    pub(super) async fn open(&mut self, has_slot: bool) -> Result<Opened, Failure> {
        if !has_slot {
            let message = format!("{} sessions are open", self.bridge.config.max_sessions);
            return Err(Failure { stage: Stage::Limit, kind: Kind::TooMany, message });
        }
        let asked = self.bridge.target(&self.request.target).map_err(|message| Failure {
            stage: Stage::Policy,
            kind: Kind::Malformed,
            message,
        })?;
        let ending = self.bridge.ending.clone();
        let opening = async {
            match asked {
                Asked::Target(target) => self.dial(&target).await,
                Asked::Lab(fault) => self.enter_lab(fault).await,
            }
        };
        ending.run_until_cancelled(opening).await.unwrap_or_else(|| Err(shutting_down()))
    }

    async fn dial(&mut self, target: &Target) -> Result<Opened, Failure> {
        let start = Instant::now();
        let deadline = start + self.bridge.config.connect_timeout;
        let client = self.request.peer.ip();
        let Bridge { policy, resolver, .. } = &*self.bridge;
        let addresses = dial::resolve(target, policy, resolver, client, deadline).await?;
        let resolve_us = micros(start.elapsed());
        let mut last = resolve::no_address();
        for address in addresses {
            match self.connect(target.to_string(), address, deadline, resolve_us).await {
                Err(failure) => last = failure,
                Ok(stream) => return Ok(Opened { stream, lab: None }),
            }
        }
        Err(last)
    }

    /// Nothing else is dialled than the listener that was opened for it.
    async fn enter_lab(&mut self, fault: Fault) -> Result<Opened, Failure> {
        let lab = Lab::open(fault).map_err(internal)?;
        let deadline = Instant::now() + self.bridge.config.connect_timeout;
        let asked = self.request.target.clone();
        let stream = self.connect(asked, lab.address(), deadline, 0).await?;
        let client = stream.local_addr().map_err(internal)?;
        Ok(Opened { stream, lab: Some(lab.play(client)) })
    }

    async fn connect(
        &mut self,
        target: String,
        address: SocketAddr,
        deadline: Instant,
        resolve_us: u64,
    ) -> Result<TcpStream, Failure> {
        let (socket, announcement) = self.watch.begin(address).await;
        if let Some(message) = announcement {
            self.tell(message).await;
        }
        Span::current().record("address", field::display(address));
        self.tell(BridgeMessage::Connecting { target, address: address.into() }).await;
        let dialling = self.bridge.echo.dialling(address);
        let (stream, took) = dial::connect(address, socket, deadline).await?;
        let local = stream.local_addr().map_err(internal)?;
        if let Some(dialling) = dialling {
            dialling.connected(local);
        }
        let peer = stream.peer_addr().map_err(internal)?;
        let connect_us = micros(took);
        let (local, peer) = (local.into(), peer.into());
        self.tell(BridgeMessage::Connected { local, peer, resolve_us, connect_us }).await;
        Ok(stream)
    }

    /// Tells the client of a step, and waits no longer than [`FAREWELL`] for it to be taken.
    async fn tell(&mut self, message: BridgeMessage) {
        let _ = timeout(FAREWELL, self.client.tell(&message)).await;
    }
}

fn internal(error: impl std::fmt::Display) -> Failure {
    Failure { stage: Stage::Connect, kind: Kind::Internal, message: error.to_string() }
}
