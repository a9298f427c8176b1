//! What every session and request shares.

use std::sync::Arc;

use echo_core::wire::{ECHO_TARGET, EchoServer, Info, NamedTarget};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::Config;
use crate::guard::Guard;
use crate::targets::{Pattern, Policy, Target};

/// A running bridge: its rules, its bounds, and who waits for whom when it goes down.
#[derive(Debug)]
pub(crate) struct Bridge {
    pub(crate) config: Config,
    pub(crate) guard: Guard,
    pub(crate) policy: Policy,
    pub(crate) echo: Target,
    pub(crate) info: Info,
    /// One permit for each session that may still be opened.
    pub(crate) sessions: Arc<Semaphore>,
    /// All connections and sessions.
    pub(crate) tasks: TaskTracker,
    /// No new connections from here on.
    pub(crate) stopping: CancellationToken,
    /// Sessions that have not finished by now are ended.
    pub(crate) ending: CancellationToken,
}

impl Bridge {
    /// A bridge with this echo target, which it may always dial.
    ///
    /// # Errors
    /// Where the echo target is no pattern, which cannot be for one that was bound.
    pub(crate) fn new(config: Config, echo: Target, server: EchoServer) -> Result<Self, String> {
        let own = Pattern::parse(&echo.to_string())?;
        let allowed = config.allow.iter().flat_map(|allowed| allowed.0.clone());
        let named = NamedTarget { name: ECHO_TARGET.into(), address: echo.to_string() };
        Ok(Self {
            guard: Guard {
                public_hosts: config.public_host.clone(),
                origins: config.origin.clone(),
            },
            policy: Policy::new(own.into_iter().chain(allowed)),
            info: Info {
                version: env!("CARGO_PKG_VERSION").into(),
                targets: vec![named],
                echo: server,
                max_message: config.max_message.as_u64(),
                lan: None,
                capture: Some(crate::capture::support()),
            },
            echo,
            sessions: Arc::new(Semaphore::new(config.max_sessions as usize)),
            tasks: TaskTracker::new(),
            stopping: CancellationToken::new(),
            ending: CancellationToken::new(),
            config,
        })
    }

    /// The target that a client asks for by this text: a name, an address, or nothing.
    pub(crate) fn target(&self, asked: &str) -> Result<Target, String> {
        if asked.is_empty() || asked == ECHO_TARGET { Ok(self.echo.clone()) } else { asked.parse() }
    }
}
