//! What every session and request shares.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use echo_core::fault::{Fault, ParseFaultError};
use echo_core::wire::{CaptureInfo, ECHO_TARGET, Info, LAB_PREFIX, NamedTarget};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::capture::CaptureLimit;
use crate::config::Config;
use crate::echo_server::Handle;
use crate::guard::Guard;
use crate::resolve::Resolver;
use crate::targets::{Pattern, Policy, Target};

/// A running bridge: its rules, its bounds, and who waits for whom when it goes down.
#[derive(Debug)]
pub(crate) struct Bridge {
    pub(crate) config: Config,
    pub(crate) guard: Guard,
    pub(crate) policy: Policy,
    pub(crate) resolver: Resolver,
    pub(crate) echo: Handle,
    /// One permit for each session that may still be opened.
    pub(crate) sessions: Arc<Semaphore>,
    /// The number of the latest session.
    last_session_id: AtomicU64,
    /// How many sessions may capture packets.
    pub(crate) captures: CaptureLimit,
    /// All connections and sessions.
    pub(crate) tasks: TaskTracker,
    /// No new connections from here on.
    pub(crate) stopping: CancellationToken,
    /// Sessions that have not finished by now are ended.
    pub(crate) ending: CancellationToken,
    /// Whether packets can be captured here.
    capture: CaptureInfo,
}

impl Bridge {
    /// A bridge with this echo target, which it may always dial.
    ///
    /// # Errors
    /// Where the echo target is no pattern, which cannot be for one that was bound.
    pub(crate) fn new(
        config: Config,
        echo: Handle,
        ending: CancellationToken,
    ) -> Result<Self, String> {
        let own = Pattern::parse(&echo.target.to_string())?;
        let allowed = config.allow.iter().flat_map(|allowed| allowed.0.clone());
        Ok(Self {
            guard: Guard {
                public_hosts: config.public_host.clone(),
                origins: config.origin.clone(),
            },
            policy: Policy::new(own.into_iter().chain(allowed)),
            resolver: Resolver::default(),
            capture: crate::capture::support(),
            echo,
            sessions: Arc::new(Semaphore::new(config.max_sessions as usize)),
            last_session_id: AtomicU64::new(0),
            captures: CaptureLimit::new(),
            tasks: TaskTracker::new(),
            stopping: CancellationToken::new(),
            ending,
            config,
        })
    }

    /// The number of the next session; they count from 1 for as long as the bridge runs.
    pub(crate) fn next_session_id(&self) -> u64 {
        self.last_session_id.fetch_add(1, Relaxed) + 1
    }

    /// What the bridge says of itself just now, to someone for whom its machine is at `lan`.
    pub(crate) fn info(&self, lan: Option<IpAddr>) -> Info {
        let address = self.echo.target.to_string();
        Info {
            version: env!("CARGO_PKG_VERSION").into(),
            targets: vec![NamedTarget { name: ECHO_TARGET.into(), address }],
            echo: self.echo.whose(),
            max_message: self.config.max_message.as_u64(),
            lan: lan.map(|address| address.to_string()),
            capture: Some(self.capture.clone()),
        }
    }

    /// What a client asks for by this text: the lab, a name, an address, or nothing.
    pub(crate) fn target(&self, asked: &str) -> Result<Asked, String> {
        if let Some(fault) = asked.strip_prefix(LAB_PREFIX) {
            return fault
                .parse()
                .map(Asked::Lab)
                .map_err(|error: ParseFaultError| error.to_string());
        }
        let is_echo = asked.is_empty() || asked == ECHO_TARGET;
        let target = if is_echo { self.echo.target.clone() } else { asked.parse()? };
        Ok(Asked::Target(target))
    }
}

/// What a client can ask for.
#[derive(Debug)]
pub(crate) enum Asked {
    /// To be connected to this target, if that is allowed.
    Target(Target),
    /// A server of its own, with this fault.
    Lab(Fault),
}
