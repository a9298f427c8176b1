//! How a bridge goes down while sessions are open.

use std::process::Stdio;

use bridge::Shutdown;
use echo_core::wire::{Kind, SUBPROTOCOL, Stage};
use futures_util::future::join_all;
use tokio::time::{Duration, Instant};

use crate::harness::client::{Client, finish_while_it_goes_down};
use crate::harness::process::{self, Process};
use crate::harness::{Bridge, soon};

#[tokio::test]
async fn during_the_lame_duck_new_sessions_are_accepted_by_a_bridge_that_is_not_ready() {
    let flags = ["--admin", "127.0.0.1:0", "--lame-duck", "1h"];
    let mut bridge = Bridge::start(&flags).await;
    let operator = bridge.operator();
    let mut old = Client::open(&bridge, "").await;
    old.connected().await;
    bridge.shut_down(Shutdown::Restart);
    soon(async { while operator.status("/readyz").await != "503" {} }).await;
    let mut new = Client::open(&bridge, "").await;
    for client in [&mut old, &mut new] {
        client.send(b"Hello!").await;
        assert_eq!(client.receive(6).await, b"Hello!");
    }
}

#[tokio::test]
async fn without_a_lame_duck_the_listener_closes_at_once_and_sessions_may_still_finish() {
    let bridge = Bridge::start(&["--drain-timeout", "1h"]).await;
    finish_while_it_goes_down(bridge, Shutdown::Restart).await;
}

#[tokio::test]
async fn sessions_are_told_to_reconnect_and_not_all_at_once() {
    const DRAIN: Duration = Duration::from_secs(2);
    let flags = ["--admin", "127.0.0.1:0", "--drain-timeout", "2s"];
    let mut bridge = Bridge::start(&flags).await;
    let mut clients = Vec::new();
    for _ in 0..20 {
        let mut client = Client::open(&bridge, "").await;
        client.connected().await;
        clients.push(client);
    }
    let mut raw = Client::open_raw(&bridge, "").await;
    bridge.shut_down(Shutdown::Restart);
    let ends = join_all(clients.iter_mut().map(async |client| {
        let session = client.receive_all().await;
        (Instant::now(), session)
    }));
    let (ends, raw) = tokio::join!(ends, raw.receive_all());
    for (_, session) in &ends {
        let failure = session.failure();
        assert_eq!((failure.stage, failure.kind), (Stage::Shutdown, Kind::Restarting));
        assert_eq!(session.code, 1012);
        // The echo server, which ends with the bridge, has not finished before.
        assert_eq!(session.types(), ["failed", "closed"]);
        assert!(session.reason.contains("connect again"), "{}", session.reason);
    }
    assert_eq!(raw.code, 1012);
    let times = ends.iter().map(|(time, _)| *time);
    let spread = times.clone().max().unwrap() - times.min().unwrap();
    assert!(spread > DRAIN / 2, "{spread:?}");
    bridge.stopped().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bridge_that_was_drained_by_sigterm_ends_well() {
    let mut command = process::bridge();
    command.args(["--drain-timeout", "200ms"]).stderr(Stdio::null());
    let (mut bridge, address) = Process::serving(&mut command);
    let (mut client, _) = Client::at(address, "", SUBPROTOCOL).await;
    client.connected().await;
    bridge.signal("-TERM");
    assert_eq!(client.receive_all().await.code, 1012);
    let ended = tokio::task::spawn_blocking(move || bridge.0.wait().unwrap());
    assert_eq!(soon(ended).await.unwrap().code(), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_signal_ends_the_process_at_once() {
    let mut command = process::bridge();
    command.args(["--lame-duck", "1h", "--drain-timeout", "1h", "--admin", "127.0.0.1:0"]);
    let (mut bridge, address) = Process::serving(&mut command);
    let (mut client, _) = Client::at(address, "", SUBPROTOCOL).await;
    client.connected().await;
    bridge.signal("-TERM");
    // The first signal has been noticed once the log says so.
    let log = std::io::BufReader::new(bridge.0.stderr.take().unwrap());
    let mut lines = std::io::BufRead::lines(log).map(Result::unwrap);
    assert!(lines.any(|line| line.contains("a second signal ends the process at once")));
    bridge.signal("-TERM");
    let ended = tokio::task::spawn_blocking(move || bridge.0.wait().unwrap());
    assert_eq!(soon(ended).await.unwrap().code(), Some(130));
}
