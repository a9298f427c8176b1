//! The bound on how long nothing may move.

use std::pin::Pin;
use std::task::Context;

use echo_core::wire::{Failure, Kind, Stage};
use tokio::time::{Duration, Instant, Sleep, sleep};

use super::ending::Ending;

/// A clock that starts anew with each move. A move only notes the time: the timer is looked at
/// when it fires.
#[derive(Debug)]
pub(super) struct Idle {
    limit: Duration,
    last_move: Instant,
    timer: Pin<Box<Sleep>>,
}

impl Idle {
    pub(super) fn new(limit: Duration) -> Self {
        Self { limit, last_move: Instant::now(), timer: Box::pin(sleep(limit)) }
    }

    pub(super) fn touch(&mut self) {
        self.last_move = Instant::now();
    }

    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Result<(), Ending> {
        while self.timer.as_mut().poll(cx).is_ready() {
            let end = self.last_move + self.limit;
            if end <= Instant::now() {
                return Err(self.timed_out());
            }
            self.timer.as_mut().reset(end);
        }
        Ok(())
    }

    fn timed_out(&self) -> Ending {
        let message = format!("no byte moved for {}", humantime::format_duration(self.limit));
        Ending::Failed(Failure { stage: Stage::Idle, kind: Kind::Timeout, message })
    }
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
        let mut idle = Idle::new(limit);
        tokio::time::advance(Duration::from_secs(50)).await;
        idle.touch();
        let ending = wait(&mut idle).await;
        assert!(start.elapsed() >= Duration::from_secs(110));
        assert!(matches!(ending, Ending::Failed(failure) if failure.stage == Stage::Idle));
    }
}
