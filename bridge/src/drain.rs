//! Going down: no more connections, and an end for those that are open.

#[cfg(test)]
mod tests;

use tokio::time::{Duration, Instant, sleep, sleep_until, timeout, timeout_at};

use crate::open_sessions::{OpenSessions, StopReason};
use crate::state::Bridge;

/// How long sessions that are ended may take for their last messages and Close.
const SHUTDOWN_GRACE: Duration = Duration::from_secs(7);
/// How long sessions that are ended have to notice it, until the echo server ends, which may be at
/// the other end of their connections: a client is not to read that its target has finished.
const STOP_TIMEOUT: Duration = Duration::from_millis(200);
/// How often it is looked whether they have.
const STOP_INTERVAL: Duration = Duration::from_millis(5);
/// The shortest pause between sessions that are told to reconnect; where there are many, several
/// are told after each pause.
const SHORTEST_PAUSE: Duration = Duration::from_millis(50);
/// How often it is looked, during a pause, whether sessions have ended by themselves.
const LOOK_INTERVAL: Duration = Duration::from_millis(250);

/// How the bridge is asked to go down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shutdown {
    /// By somebody at its terminal, as with Ctrl-C: sessions have the drain timeout to finish, then
    /// all of them are ended.
    Interrupt,
    /// By whoever supervises it, as with SIGTERM: another bridge takes its place. It still accepts
    /// connections during the lame duck, and then tells sessions one after the other to reconnect.
    Restart,
}

impl Shutdown {
    /// Returns why sessions are ended.
    fn reason(self) -> StopReason {
        match self {
            Self::Interrupt => StopReason::Shutdown,
            Self::Restart => StopReason::Restart,
        }
    }
}

/// Shuts the bridge down. Returns once no connection is left, or those that are have had their time.
pub(crate) async fn drain(bridge: &Bridge, shutdown: Shutdown) {
    let Bridge { config, tasks, .. } = bridge;
    bridge.draining.cancel();
    if shutdown == Shutdown::Restart {
        sleep(config.admin.lame_duck).await;
    }
    bridge.stopping.cancel();
    tasks.close();
    let open = tasks.len();
    let deadline = Instant::now() + config.drain_timeout;
    let draining = async {
        match shutdown {
            Shutdown::Interrupt => tasks.wait().await,
            Shutdown::Restart => tokio::select! {
                () = tasks.wait() => {}
                () = tell_to_reconnect(&bridge.open_sessions, deadline) => tasks.wait().await,
            },
        }
    };
    if timeout_at(deadline, draining).await.is_err() {
        tracing::info!(
            "ending {} of {open} connections, which have not finished in time",
            tasks.len()
        );
        bridge.open_sessions.stop_all(shutdown.reason());
        let _ = timeout(STOP_TIMEOUT, until_closing(&bridge.open_sessions)).await;
        bridge.ending.cancel();
        let _ = timeout(SHUTDOWN_GRACE, tasks.wait()).await;
    }
    bridge.ending.cancel();
}

async fn until_closing(sessions: &OpenSessions) {
    while !sessions.are_closing() {
        sleep(STOP_INTERVAL).await;
    }
}

/// Ends the open sessions one after the other, the oldest first, spread evenly until `deadline`.
/// Those that end by themselves meanwhile leave more time for the others.
async fn tell_to_reconnect(sessions: &OpenSessions, deadline: Instant) {
    let mut last = Instant::now();
    while last < deadline {
        let running = sessions.running();
        let (pause, count) = next_step(running.len(), deadline - last);
        let due = last + pause;
        let now = Instant::now();
        if now < due {
            sleep_until(due.min(now + LOOK_INTERVAL)).await;
            continue;
        }
        running.iter().take(count).for_each(|session| session.stop(StopReason::Restart));
        last = due;
    }
}

/// Returns how long to wait, and how many of `waiting` sessions to end then, so that all of them are
/// ended after `left`, at a steady rate.
fn next_step(waiting: usize, left: Duration) -> (Duration, usize) {
    let Some(each) = u32::try_from(waiting).ok().and_then(|waiting| left.checked_div(waiting))
    else {
        return (left, 0);
    };
    let pause = each.max(SHORTEST_PAUSE).min(left);
    let share = pause.as_secs_f64() / left.as_secs_f64();
    #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::cast_sign_loss)]
    let count = (waiting as f64 * share).round() as usize;
    (pause, count.max(1))
}
