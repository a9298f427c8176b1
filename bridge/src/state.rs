//! The state that all sessions and requests share.

use std::iter;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use echo_core::fault::{Fault, ParseFaultError};
use echo_core::wire::{self, CaptureInfo, ECHO_TARGET, Failure, Info, Kind, LAB_PREFIX, Stage};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::access::Access;
use crate::access::clients::ClientSession;
use crate::capture::CaptureLimit;
use crate::client_listener::{ClientListeners, ListenPolicy};
use crate::config::Config;
use crate::echo_server::Handle;
use crate::endpoint::Endpoint;
use crate::guard::Guard;
use crate::metrics::{Metrics, Refusal};
use crate::open_sessions::OpenSessions;
use crate::resolve::Resolver;
use crate::targets::{NamedTarget, NamedTargets, Pattern, Policy, TcpTarget};
use crate::tls;

/// A running bridge: its policy, its limits, and its shutdown.
#[derive(Debug)]
pub(crate) struct Bridge {
    pub(crate) config: Config,
    pub(crate) guard: Guard,
    pub(crate) access: Access,
    pub(crate) policy: Policy,
    /// The targets that have a name, besides the echo server.
    pub(crate) targets: NamedTargets,
    pub(crate) resolver: Resolver,
    /// Where clients may listen.
    pub(crate) listen_policy: ListenPolicy,
    pub(crate) client_listeners: Arc<ClientListeners>,
    /// Does the handshakes with targets over TLS.
    pub(crate) tls: tls::Connector,
    pub(crate) echo: Handle,
    /// One permit for each session that may still be opened.
    pub(crate) sessions: Arc<Semaphore>,
    pub(crate) open_sessions: Arc<OpenSessions>,
    pub(crate) metrics: Metrics,
    /// The id of the latest session.
    last_session_id: AtomicU64,
    /// The permits of sessions that capture packets.
    pub(crate) captures: CaptureLimit,
    /// The tasks of all connections and sessions.
    pub(crate) tasks: TaskTracker,
    /// Is cancelled when the bridge was asked to go down.
    pub(crate) draining: CancellationToken,
    /// Is cancelled when no more connections are accepted.
    pub(crate) stopping: CancellationToken,
    /// Is cancelled when connections that have not finished are ended.
    pub(crate) ending: CancellationToken,
    /// Whether packets can be captured on this machine.
    pub(crate) capture: CaptureInfo,
}

impl Bridge {
    /// Creates a bridge with this echo target, which the policy always allows.
    ///
    /// # Errors
    /// Fails if the echo target cannot be written as a pattern, which cannot happen for an address
    /// that was bound, or if the system has no random numbers for a token.
    pub(crate) fn new(
        config: Config,
        echo: Handle,
        ending: CancellationToken,
    ) -> Result<Self, String> {
        let own = Pattern::parse(&echo.target.to_string())?;
        let targets = config.targets.named().map_err(|contradiction| contradiction.to_string())?;
        let allowed = config.allow.iter().flat_map(|allowed| allowed.0.clone());
        Ok(Self {
            guard: Guard {
                public_hosts: config.public_host.clone(),
                origins: config.origin.clone(),
            },
            access: Access::new(&config).map_err(|error| error.to_string())?,
            policy: Policy::new(own.into_iter().chain(allowed)),
            targets,
            resolver: Resolver::default(),
            listen_policy: ListenPolicy::new(&config.client_listen.allow_listen),
            client_listeners: Arc::default(),
            tls: tls::Connector::new(tls::Trust::new(&config.trust.ca)),
            capture: crate::capture::support(),
            echo,
            sessions: Arc::new(Semaphore::new(config.max_sessions as usize)),
            open_sessions: Arc::new(OpenSessions::new()),
            metrics: Metrics::new(),
            last_session_id: AtomicU64::new(0),
            captures: CaptureLimit::new(),
            tasks: TaskTracker::new(),
            draining: CancellationToken::new(),
            stopping: CancellationToken::new(),
            ending,
            config,
        })
    }

    /// Creates a bridge with these flags that serves nobody.
    #[cfg(test)]
    pub(crate) fn serving_nobody(flags: &[&str]) -> Self {
        use crate::config::Command;
        use echo_core::wire::{EchoLog, EchoServer};

        let words = [&["tcp-bridge"], flags].concat().into_iter().map(Into::into);
        let Command::Serve(config) = Command::parse(words).unwrap() else { panic!("it serves") };
        let target = "127.0.0.1:8888".parse().unwrap();
        let ending = CancellationToken::new();
        let (state, log) = (EchoServer::Off, EchoLog::Off);
        let (echo, _manager) = Handle::new(target, Vec::new(), state, log, ending.clone());
        Self::new(*config, echo, ending).unwrap()
    }

    /// Returns a slot for a session of `client`.
    ///
    /// # Errors
    /// Fails if as many sessions are open as may be, in all or of this client.
    pub(crate) fn admit(&self, client: Endpoint) -> Result<Slot, Failure> {
        let of_client = self.access.clients.admit(client).inspect_err(|_| {
            self.metrics.count_refused(Refusal::Client);
        })?;
        let of_all = self.sessions.clone().try_acquire_owned().map_err(|_| {
            self.metrics.count_refused(Refusal::Sessions);
            let message =
                format!("{} sessions are open (--max-sessions)", self.config.max_sessions);
            Failure::new(Stage::Limit, Kind::TooMany, message)
        })?;
        Ok(Slot { _of_client: of_client, _of_all: of_all })
    }

    /// Returns the id of the next session. Ids count from 1 while the bridge runs.
    pub(crate) fn next_session_id(&self) -> u64 {
        self.last_session_id.fetch_add(1, Relaxed) + 1
    }

    /// Returns what the bridge reports about itself to all clients.
    pub(crate) fn info(&self) -> Info {
        let (name, address) = (ECHO_TARGET.into(), self.echo.target.to_string());
        let echo = wire::NamedTarget { name, address };
        Info {
            version: env!("CARGO_PKG_VERSION").into(),
            targets: iter::once(echo).chain(self.targets.to_wire()).collect(),
            echo: self.echo.state(),
            echo_log: self.echo.log.level(),
            max_message: self.config.max_message.as_u64(),
            lan: None,
            capture: Some(CaptureInfo { remedy: String::new(), ..self.capture.clone() }),
            program: String::new(),
            flags: String::new(),
            token: String::new(),
            listen: self.listen_policy.permitted_patterns(false),
        }
    }

    /// Parses the target that a client asked for: one of the lab, a name, `host:port`, the same over
    /// TLS, or nothing, which is the echo server.
    ///
    /// # Errors
    /// Returns a sentence that says what is wrong with `text`.
    pub(crate) fn parse_target(&self, text: &str) -> Result<RequestedTarget, String> {
        if let Some(fault) = text.strip_prefix(LAB_PREFIX) {
            return fault
                .parse()
                .map(RequestedTarget::Lab)
                .map_err(|error: ParseFaultError| error.to_string());
        }
        if let Some(named) = self.targets.get(text) {
            return Ok(RequestedTarget::Named(named.clone()));
        }
        let is_echo = text.is_empty() || text == ECHO_TARGET;
        let target = if is_echo {
            TcpTarget { target: self.echo.target.clone(), is_tls: false }
        } else if text.contains(':') {
            text.parse()?
        } else {
            return Err(self.no_such_name(text));
        };
        Ok(RequestedTarget::Address(target))
    }

    /// Returns the sentence about a text that is neither a name of a target nor an address.
    fn no_such_name(&self, text: &str) -> String {
        let names = self.targets.to_wire().map(|target| target.name);
        let names: Vec<_> = iter::once(ECHO_TARGET.to_owned()).chain(names).collect();
        format!("{text:?} is not a target: write host:port, or a name: {}", names.join(", "))
    }
}

/// What a session holds, so that no more are open than may be.
#[derive(Debug)]
pub(crate) struct Slot {
    _of_client: ClientSession,
    _of_all: OwnedSemaphorePermit,
}

/// What a client asked to be connected to.
#[derive(Debug)]
pub(crate) enum RequestedTarget {
    /// A target that is dialled if the policy allows it.
    Address(TcpTarget),
    /// A target with a name, which is allowed by having one.
    Named(NamedTarget),
    /// A server of the lab, for this session alone, with this fault.
    Lab(Fault),
}
