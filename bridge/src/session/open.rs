//! Opening a session: from what a client asked for to a TCP connection, or a listener.

use std::fmt;
use std::net::SocketAddr;
use std::path::Path;

use echo_core::fault::Fault;
use echo_core::wire::{Address, BridgeMessage, Failure, Kind, Stage};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};
use tracing::{Span, field};

use super::{Session, Wanted};
use crate::client_listener::ClientListener;
use crate::dial;
use crate::fault_server::{FaultListener, FaultServer};
use crate::micros::micros;
use crate::relay::CLOSE_TIMEOUT;
use crate::resolve;
use crate::state::{Bridge, RequestedTarget};
use crate::stream::Stream;
use crate::targets::{NamedTarget, TargetAddress, TcpTarget};

/// A target that was dialled.
pub(super) struct Dialled {
    pub(super) stream: Stream,
    /// The server behind it, for a target of the lab.
    pub(super) lab: Option<FaultServer>,
}

/// What a session has once it is open.
pub(super) enum Opened {
    /// A connection, between which and the client it relays.
    Connection(Dialled),
    /// A listener, about which it tells the client.
    Listener(Box<ClientListener>),
}

impl Session {
    /// Opens what the client asked for, and sends the client a message for each step.
    ///
    /// # Errors
    /// Fails if what it asked for is malformed or not allowed, if no address takes the connection,
    /// if it cannot be listened on, or if the bridge shuts down.
    pub(super) async fn open(&mut self) -> Result<Opened, Failure> {
        let stopped = self.stopped();
        let wanted = self.request.wanted.clone();
        let opening = async {
            match wanted {
                Wanted::Target(target) => self.open_target(&target).await.map(Opened::Connection),
                Wanted::Claim(id) => self.claim(&id).await.map(Opened::Connection),
                Wanted::Listener { address, elsewhere } => {
                    self.open_listener(&address, elsewhere.as_deref()).map(Opened::Listener)
                }
                Wanted::Several => Err(malformed(
                    "target=, accept= and listen= exclude each other: give one of them".into(),
                )),
            }
        };
        tokio::select! {
            opened = opening => opened,
            reason = stopped => Err(reason.failure()),
        }
    }

    /// Dials the target that the client asked for.
    async fn open_target(&mut self, target: &str) -> Result<Dialled, Failure> {
        match self.bridge.parse_target(target).map_err(malformed)? {
            RequestedTarget::Address(target) => self.dial(&target).await,
            RequestedTarget::Named(target) => self.dial_named(&target).await,
            RequestedTarget::Lab(fault) => self.open_fault_server(target, fault).await,
        }
    }

    /// Dials the allowed addresses of `target` one after the other, until one takes the connection,
    /// and does TLS's handshake if it is asked for.
    async fn dial(&mut self, target: &TcpTarget) -> Result<Dialled, Failure> {
        let start = Instant::now();
        let deadline = start + self.bridge.config.connect_timeout;
        let client = self.request.peer.into();
        let Bridge { policy, resolver, .. } = &*self.bridge;
        let addresses = dial::resolve(&target.target, policy, resolver, client, deadline).await?;
        let resolve_us = micros(start.elapsed());
        self.timing.resolve_us = Some(resolve_us);
        let name = target.to_string();
        let stream = self.connect_any(&name, addresses, deadline, resolve_us).await?;
        Ok(Dialled { stream: self.secure_as_asked(stream, target).await?, lab: None })
    }

    /// Dials what the name of a target stands for. The policy is not asked, since the operator gave
    /// the name. The target is told who its client is before anything else, if that is wanted.
    async fn dial_named(&mut self, target: &NamedTarget) -> Result<Dialled, Failure> {
        let start = Instant::now();
        let deadline = start + self.bridge.config.connect_timeout;
        let name = target.name.to_string();
        let mut stream = match &target.address {
            TargetAddress::Tcp(TcpTarget { target, .. }) => {
                let client = self.request.peer.into();
                let resolver = &self.bridge.resolver;
                let addresses = dial::resolve_named(target, resolver, client, deadline).await?;
                let resolve_us = micros(start.elapsed());
                self.timing.resolve_us = Some(resolve_us);
                self.connect_any(&name, addresses, deadline, resolve_us).await?
            }
            TargetAddress::Unix(path) => self.connect_unix(name, path, deadline).await?,
        };
        if let Some(version) = target.proxy_protocol {
            let (client, bridge) = (self.request.peer, self.request.local);
            dial::send_proxy_header(&mut stream, version, client, bridge, deadline).await?;
        }
        if let TargetAddress::Tcp(address) = &target.address {
            stream = self.secure_as_asked(stream, address).await?;
        }
        Ok(Dialled { stream, lab: None })
    }

    /// Does TLS's handshake with `target` if it is asked for over TLS.
    async fn secure_as_asked(
        &mut self,
        stream: Stream,
        target: &TcpTarget,
    ) -> Result<Stream, Failure> {
        if !target.is_tls {
            return Ok(stream);
        }
        // Boxed, since most sessions do without it.
        Box::pin(self.secure(stream, &target.target.host)).await
    }

    /// Connects to the first of `addresses` that takes the connection.
    async fn connect_any(
        &mut self,
        target: &str,
        addresses: Vec<SocketAddr>,
        deadline: Instant,
        resolve_us: u64,
    ) -> Result<Stream, Failure> {
        let mut last = resolve::no_address();
        for address in addresses {
            match self.connect(target.to_owned(), address, deadline, resolve_us).await {
                Err(failure) => last = failure,
                Ok(stream) => return Ok(stream.into()),
            }
        }
        Err(last)
    }

    /// Opens a server with this fault for the session, and dials it. The policy is not asked, since
    /// the address is that of the listener which was just opened.
    async fn open_fault_server(&mut self, target: &str, fault: Fault) -> Result<Dialled, Failure> {
        let is_over_tls = fault.is_over_tls();
        let listener = FaultListener::bind(fault).map_err(internal)?;
        let deadline = Instant::now() + self.bridge.config.connect_timeout;
        let stream = self.connect(target.to_owned(), listener.address(), deadline, 0).await?;
        let client = stream.local_addr().map_err(internal)?;
        let (mut stream, lab) = (stream.into(), Some(listener.serve(client)));
        if is_over_tls {
            stream = Box::pin(self.secure_lab(stream)).await?;
        }
        Ok(Dialled { stream, lab })
    }

    /// Connects to `address`, and sends the client the messages about it.
    async fn connect(
        &mut self,
        target: String,
        address: SocketAddr,
        deadline: Instant,
        resolve_us: u64,
    ) -> Result<TcpStream, Failure> {
        let (socket, announcement) = self.monitor.start_capture(address).await;
        if let Some(message) = announcement {
            self.send_control(message).await;
        }
        self.record_address(&address);
        self.send_control(BridgeMessage::Connecting { target, address: address.into() }).await;
        let pending = self.bridge.echo.begin_dial(address);
        let start = Instant::now();
        let connected = dial::connect(address, socket, deadline).await;
        self.bridge.metrics.observe_connect(&connected, start.elapsed());
        let (stream, took) = connected?;
        let local = stream.local_addr().map_err(internal)?;
        if let Some(pending) = pending {
            pending.set_connected(local, self.request.peer.ip());
        }
        let peer = stream.peer_addr().map_err(internal)?;
        let connect_us = micros(took);
        self.timing.connect_us = Some(connect_us);
        let (local, peer) = (local.into(), peer.into());
        self.send_control(BridgeMessage::Connected { local, peer, resolve_us, connect_us }).await;
        Ok(stream)
    }

    /// Connects to the Unix socket at `path`, and sends the client the messages about it.
    async fn connect_unix(
        &mut self,
        target: String,
        path: &Path,
        deadline: Instant,
    ) -> Result<Stream, Failure> {
        const NO_PACKETS: &str = "the target is a Unix socket, which has no packets";
        if let Some(message) = self.monitor.refuse_capture(NO_PACKETS) {
            self.send_control(message).await;
        }
        let address = Address::unix(&path.to_string_lossy());
        self.record_address(&address);
        self.send_control(BridgeMessage::Connecting { target, address: address.clone() }).await;
        let start = Instant::now();
        let connected = dial::connect_unix(path, deadline).await;
        self.bridge.metrics.observe_connect(&connected, start.elapsed());
        let (stream, took) = connected?;
        // This end of the connection has no name.
        let (local, connect_us) = (Address::unix(""), micros(took));
        self.timing.connect_us = Some(connect_us);
        let connected =
            BridgeMessage::Connected { local, peer: address, resolve_us: 0, connect_us };
        self.send_control(connected).await;
        Ok(stream)
    }

    /// Records which address the session is about, for the log and for operators.
    pub(super) fn record_address(&self, address: &impl fmt::Display) {
        Span::current().record("address", field::display(address));
        if let Some(registration) = &self.registration {
            registration.entry().set_address(address);
        }
    }

    /// Sends the client a control message, and waits at most [`CLOSE_TIMEOUT`] until it has taken
    /// it.
    pub(super) async fn send_control(&mut self, message: BridgeMessage) {
        let _ = timeout(CLOSE_TIMEOUT, self.client.send_control(&message)).await;
    }
}

fn internal(error: impl std::fmt::Display) -> Failure {
    Failure::new(Stage::Connect, Kind::Internal, error.to_string())
}

/// Returns the failure of a query that cannot be understood.
pub(super) fn malformed(message: String) -> Failure {
    Failure::new(Stage::Policy, Kind::Malformed, message)
}
