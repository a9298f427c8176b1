//! The bound on how long nothing may move.

use std::pin::Pin;
use std::task::Context;

use echo_core::wire::{Failure, Kind, Stage};
use tokio::time::{Duration, Instant, Sleep, sleep};

use super::ending::Ending;

/// A clock that starts anew with each move; without a limit it never ends a session. A move only
/// notes the time: the timer is looked at when it fires.
#[derive(Debug)]
pub(super) struct Idle {
    last_move: Instant,
    bound: Option<Bound>,
}

#[derive(Debug)]
struct Bound {
    limit: Duration,
    timer: Pin<Box<Sleep>>,
}

impl Idle {
    pub(super) fn new(limit: Option<Duration>) -> Self {
        let bound = limit.map(|limit| Bound { limit, timer: Box::pin(sleep(limit)) });
        Self { last_move: Instant::now(), bound }
    }

    pub(super) fn touch(&mut self) {
        self.last_move = Instant::now();
    }

    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Result<(), Ending> {
        let Some(Bound { limit, timer }) = &mut self.bound else { return Ok(()) };
        while timer.as_mut().poll(cx).is_ready() {
            let end = self.last_move + *limit;
            if end <= Instant::now() {
                return Err(timed_out(*limit));
            }
            timer.as_mut().reset(end);
        }
        Ok(())
    }
}

fn timed_out(limit: Duration) -> Ending {
    let message = format!("no byte moved for {}", humantime::format_duration(limit));
    Ending::Failed(Failure { stage: Stage::Idle, kind: Kind::Timeout, message })
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::task::Poll;

    use super::*;

    async fn wait(idle: &mut Idle) -> Ending {
        poll_fn(|cx| match idle.poll(cx) {
            Ok(()) => Poll::Pending,
            Err(ending) => Poll::Ready(ending),
        })
        .await
    }

    #[tokio::test(start_paused = true)]
    async fn the_clock_starts_anew_with_each_move() {
        let limit = Duration::from_mins(1);
        let start = Instant::now();
        let mut idle = Idle::new(Some(limit));
        tokio::time::advance(Duration::from_secs(50)).await;
        idle.touch();
        let ending = wait(&mut idle).await;
        assert!(start.elapsed() >= Duration::from_secs(110));
        assert!(matches!(ending, Ending::Failed(failure) if failure.stage == Stage::Idle));
    }
}
