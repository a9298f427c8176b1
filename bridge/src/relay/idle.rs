//! The bound on how long no byte may move.

use std::pin::Pin;
use std::task::Context;

use echo_core::wire::{Failure, Kind, Stage};
use tokio::time::{Duration, Instant, Sleep, sleep};

use super::ending::Ending;

/// A timer that activity restarts; without a limit it never ends a session.
///
/// Activity only records the time, which is cheap, and the timer compares it when it fires.
#[derive(Debug)]
pub(super) struct IdleTimer {
    last_activity: Instant,
    limit: Option<Limit>,
}

#[derive(Debug)]
struct Limit {
    duration: Duration,
    timer: Pin<Box<Sleep>>,
}

impl IdleTimer {
    pub(super) fn new(limit: Option<Duration>) -> Self {
        let limit = limit.map(|duration| Limit { duration, timer: Box::pin(sleep(duration)) });
        Self { last_activity: Instant::now(), limit }
    }

    /// Records that a byte moved, so that the limit counts from now.
    pub(super) fn record_activity(&mut self) {
        self.last_activity = Instant::now();
    }

    /// Returns the ending `idle` as an error once no byte has moved for the limit.
    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Result<(), Ending> {
        let Some(Limit { duration, timer }) = &mut self.limit else { return Ok(()) };
        while timer.as_mut().poll(cx).is_ready() {
            let end = self.last_activity + *duration;
            if end <= Instant::now() {
                return Err(timed_out(*duration));
            }
            timer.as_mut().reset(end);
        }
        Ok(())
    }
}

fn timed_out(limit: Duration) -> Ending {
    let message = format!("no byte moved for {}", humantime::format_duration(limit));
    Ending::Failed(Failure::new(Stage::Idle, Kind::Timeout, message))
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::task::Poll;

    use super::*;

    async fn wait(idle: &mut IdleTimer) -> Ending {
        poll_fn(|cx| match idle.poll(cx) {
            Ok(()) => Poll::Pending,
            Err(ending) => Poll::Ready(ending),
        })
        .await
    }

    #[tokio::test(start_paused = true)]
    async fn each_activity_restarts_the_timer() {
        let limit = Duration::from_mins(1);
        let start = Instant::now();
        let mut idle = IdleTimer::new(Some(limit));
        tokio::time::advance(Duration::from_secs(50)).await;
        idle.record_activity();
        let ending = wait(&mut idle).await;
        assert!(start.elapsed() >= Duration::from_secs(110));
        assert!(matches!(ending, Ending::Failed(failure) if failure.stage == Stage::Idle));
    }
}
