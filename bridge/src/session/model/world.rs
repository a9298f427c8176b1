//! A session in virtual time, between a client and a target in memory.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinHandle;
use tokio::time::{Duration, sleep};

use super::client::Client;
use super::command::{Command, Setup};
use super::reference::IDLE;
use super::target::Target;
use crate::endpoint::Endpoint;
use crate::open_sessions::StopReason;
use crate::relay::{CLOSE_TIMEOUT, Ending};
use crate::session::{Dialled, Request, Session, Wanted, client};
use crate::state::Bridge;
use crate::stream::Stream;
use crate::stream::simulated::{End, Simulated, connection};
use crate::tls::Verification;

/// How long a step is in which everybody does what they can: the shortest that timers know.
const STEP: Duration = Duration::from_millis(1);
/// How often both ends look at their connections while time passes: more often than a session waits
/// for a client to take its last messages and Close.
const LOOK: Duration = Duration::from_secs(1);

pub(super) struct World {
    pub(super) client: Client,
    pub(super) target: Target,
    pub(super) bridge: Arc<Bridge>,
    ending: Arc<Mutex<Option<Ending>>>,
    session: JoinHandle<()>,
    /// How long the client has stalled since the session ended.
    stalled_after_end: Duration,
    runtime: Runtime,
}

impl World {
    pub(super) fn new(setup: Setup) -> Self {
        let runtime =
            Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        // Timers are made here.
        let inside = runtime.enter();
        let idle = if setup.is_bounded { format!("{}s", IDLE.as_secs()) } else { "off".into() };
        let bridge = Arc::new(Bridge::serving_nobody(&["--idle-timeout", &idle]));
        let (near, client_end) = connection(setup.pipe);
        let (target, target_end) = connection(setup.pipe);
        let ending = Arc::new(Mutex::new(None));
        let session = session(&bridge, setup, near);
        let session = runtime.spawn(run(session, target, ending.clone()));
        drop(inside);
        let mut world = Self {
            client: Client::new(setup, client_end),
            target: Target::new(target_end),
            bridge,
            ending,
            session,
            stalled_after_end: Duration::ZERO,
            runtime,
        };
        world.settle();
        world
    }

    /// Does what `command` says, and waits until nothing moves any more.
    pub(super) fn perform(&mut self, command: Command) {
        let has_ended = self.ending().is_some();
        match command {
            // Nobody hears any more what is said.
            _ if has_ended && command.is_said() => {}
            Command::ClientSends(count) => self.client.send(count),
            Command::ClientFinishes => self.client.finish(),
            Command::ClientResets => self.client.reset(),
            Command::ClientCloses => self.client.close(),
            Command::ClientPings => self.client.ping(),
            Command::ClientBreaks(how) => self.client.break_off(how),
            Command::ClientErrs(wrong) => self.client.err(wrong),
            Command::ClientStalls(stalls) => self.client.stalls = stalls,
            Command::ClientHoldsAcks(holds) => self.client.holds_acks = holds,
            Command::TargetSends(count) => self.target.waiting += count,
            Command::TargetFinishes => self.target.end(End::Fin),
            Command::TargetResets => self.target.end(End::Reset),
            Command::TargetStalls(stalls) => self.target.stalls = stalls,
            Command::Passes(time) => self.pass(time),
            Command::Stops(reason) => self.stop(reason),
        }
        self.settle();
    }

    /// Returns whether the client has stalled for longer than the session waits for it to take its
    /// last messages.
    pub(super) fn has_client_missed_end(&self) -> bool {
        self.stalled_after_end + LOOK > CLOSE_TIMEOUT
    }

    /// Returns how the session ended, if it has.
    pub(super) fn ending(&self) -> Option<Ending> {
        self.ending.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns whether the session has sent its last messages and Close, too.
    pub(super) fn is_over(&self) -> bool {
        self.session.is_finished()
    }

    fn stop(&self, reason: StopReason) {
        self.bridge.open_sessions.stop_all(reason);
    }

    fn pass(&mut self, time: Duration) {
        let mut left = time;
        while !left.is_zero() {
            let step = left.min(LOOK);
            self.runtime.block_on(async { sleep(step).await });
            left -= step;
            if self.client.stalls && self.ending().is_some() {
                self.stalled_after_end += step;
            }
            self.settle();
        }
    }

    /// Lets everybody do what they can until nothing moves.
    fn settle(&mut self) {
        let mut quiet_steps = 0;
        // What somebody does without moving a byte, such as FIN, may move some in the next step.
        while quiet_steps < 2 {
            let moved = self.client.pump();
            let moved = self.target.pump() || moved;
            self.runtime.block_on(async { sleep(STEP).await });
            quiet_steps = if moved { 0 } else { quiet_steps + 1 };
        }
    }
}

/// Returns a session whose client is at the other end of `near`.
fn session(bridge: &Arc<Bridge>, setup: Setup, near: Simulated) -> Session {
    let request = Request {
        wanted: Wanted::Target("echo".into()),
        verification: Verification::Required,
        dialect: setup.dialect,
        trace: setup.trace,
        packets: false,
        tcp_info: false,
        peer: Endpoint::Unix,
        local: Endpoint::Unix,
        origin: None,
    };
    let max_message = usize::try_from(bridge.config.max_message.as_u64()).unwrap();
    let client =
        client::Client::new(Stream::Simulated(near), Vec::new(), setup.dialect, max_message);
    let mut session = Session::new(bridge.clone(), request, client);
    session.registration = Some(bridge.open_sessions.register(session.identity()));
    session
}

/// Runs a session whose target has been dialled, and notes how it ended.
async fn run(mut session: Session, target: Simulated, noted: Arc<Mutex<Option<Ending>>>) {
    let slot = session.bridge.admit(Endpoint::Unix).ok();
    let dialled = Dialled { stream: Stream::Simulated(target), lab: None };
    let ending = session.relay(dialled).await;
    *noted.lock().unwrap_or_else(PoisonError::into_inner) = Some(ending.clone());
    session.end(ending, slot).await;
}
