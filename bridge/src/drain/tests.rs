//! Tests of the steps of a drain, and of the pace at which sessions are told to reconnect, in
//! virtual time.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use super::*;
use crate::open_sessions::{Identity, Registration};

const DRAIN: Duration = Duration::from_secs(10);

fn open(sessions: &Arc<OpenSessions>, count: u64) -> Vec<Registration> {
    let client = SocketAddr::from(([127, 0, 0, 1], 9)).into();
    let session = |id| sessions.register(Identity { id, client, origin: None, target: "echo" });
    (0..count).map(session).collect()
}

/// After how long each session was told, in the order in which they were opened. A session ends as
/// soon as it is told.
async fn told(count: u64) -> Vec<Duration> {
    let sessions = Arc::new(OpenSessions::new());
    let start = Instant::now();
    let ends = open(&sessions, count).into_iter().map(|session| {
        tokio::spawn(async move {
            assert_eq!(session.entry().stopped().await, StopReason::Restart);
            start.elapsed()
        })
    });
    let ends: Vec<_> = ends.collect();
    tell_to_reconnect(&sessions, start + DRAIN).await;
    assert!(start.elapsed() <= DRAIN + Duration::from_millis(1));
    let mut told = Vec::new();
    for end in ends {
        told.push(end.await.unwrap());
    }
    told
}

#[tokio::test(start_paused = true)]
async fn sessions_are_told_one_after_the_other_at_a_steady_rate() {
    let told = told(100).await;
    for (n, told) in (1..).zip(&told) {
        let due = DRAIN * n / 100;
        assert!(told.abs_diff(due) < Duration::from_millis(20), "{n}: {told:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn of_many_sessions_no_more_are_told_at_once_than_a_pause_needs() {
    let told = told(2000).await;
    assert!(told.is_sorted());
    for tenth in 0..10 {
        let begin = DRAIN * tenth / 10;
        let within = told.iter().filter(|told| (begin..begin + DRAIN / 10).contains(*told)).count();
        assert!((190..=210).contains(&within), "{within} within {begin:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn sessions_that_end_by_themselves_leave_their_time_to_the_others() {
    let sessions = Arc::new(OpenSessions::new());
    let start = Instant::now();
    let mut open = open(&sessions, 10);
    let telling = tell_to_reconnect(&sessions, start + DRAIN);
    let ending = async {
        sleep(DRAIN / 20).await;
        // All but one end by themselves before the first one is told.
        open.drain(..9);
        open[0].entry().stopped().await;
        assert!(start.elapsed() >= DRAIN, "{:?}", start.elapsed());
    };
    tokio::join!(telling, ending);
}

#[tokio::test(start_paused = true)]
async fn with_no_session_there_is_nothing_to_do_until_the_deadline() {
    let start = Instant::now();
    tell_to_reconnect(&OpenSessions::new(), start + DRAIN).await;
    assert_eq!(start.elapsed(), DRAIN);
}

#[test]
fn a_step_is_never_longer_than_what_is_left() {
    for waiting in [0, 1, 7, 1_000_000] {
        for left in [1, 1_000_000, 10_000_000_000].map(Duration::from_nanos) {
            let (pause, count) = next_step(waiting, left);
            assert!(pause <= left && count <= waiting.max(1), "{waiting} {left:?}: {pause:?}");
            assert!(waiting == 0 || count > 0);
        }
    }
}

/// When the steps of a drain came, with one connection that lasts until it is ended, and longer by
/// `closing_time`.
async fn timeline(shutdown: Shutdown, closing_time: Duration) -> [Duration; 4] {
    let bridge = Bridge::serving_nobody(&["--lame-duck", "15s", "--drain-timeout", "60s"]);
    let start = Instant::now();
    let connection_end = bridge.ending.clone();
    bridge.tasks.spawn(async move {
        connection_end.cancelled().await;
        sleep(closing_time).await;
    });
    let at = async |token: &CancellationToken| {
        token.cancelled().await;
        start.elapsed()
    };
    let done = async {
        drain(&bridge, shutdown).await;
        start.elapsed()
    };
    let (draining, stopping, ending, done) =
        tokio::join!(at(&bridge.draining), at(&bridge.stopping), at(&bridge.ending), done);
    [draining, stopping, ending, done]
}

#[tokio::test(start_paused = true)]
async fn after_sigterm_a_lame_duck_comes_before_the_drain() {
    let steps = timeline(Shutdown::Restart, Duration::from_secs(1)).await;
    assert_eq!(steps.map(|step| step.as_secs()), [0, 15, 75, 76]);
}

#[tokio::test(start_paused = true)]
async fn after_sigint_the_listeners_close_at_once() {
    let steps = timeline(Shutdown::Interrupt, Duration::from_secs(1)).await;
    assert_eq!(steps.map(|step| step.as_secs()), [0, 0, 60, 61]);
}

#[tokio::test(start_paused = true)]
async fn closing_time_is_bounded() {
    let steps = timeline(Shutdown::Restart, Duration::from_hours(1)).await;
    assert_eq!(steps.map(|step| step.as_secs()), [0, 15, 75, 75 + SHUTDOWN_GRACE.as_secs()]);
}
