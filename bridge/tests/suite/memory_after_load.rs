//! Whether the bridge gives memory back once load is over, as the kernel counts it.

use std::net::SocketAddr;

use echo_core::wire::SUBPROTOCOL;
use futures_util::future::join_all;
use tokio::time::{Duration, sleep, timeout};

use crate::harness::TOO_LONG;
use crate::harness::client::Client;
use crate::harness::process::{self, Process};

const MIB: usize = 1024 * 1024;
/// How long is waited between two looks at the memory.
const POLL_INTERVAL: Duration = Duration::from_millis(50);
/// More connections than other tests have, and fewer than a process may usually open.
const SESSIONS: usize = 300;
const WAVES: usize = 3;
/// What the bridge's threads keep for the next load: a buffer each, and tables.
const KEPT: usize = 2 * MIB;
/// What each session sends and gets back, in bytes.
const PAYLOAD: usize = 64 * 1024;

#[tokio::test]
async fn most_of_the_memory_is_given_back_after_load() {
    let mut bridge = process::bridge();
    let (bridge, address) = Process::serving(bridge.env("TOKIO_WORKER_THREADS", "2"));
    let idle = bridge.memory();
    let mut peak = idle;
    for _ in 0..WAVES {
        let mut sessions = join_all((0..SESSIONS).map(|_| echoed(address))).await;
        peak = peak.max(bridge.memory());
        join_all(sessions.iter_mut().map(Client::close)).await;
        join_all(sessions.iter_mut().map(Client::receive_all)).await;
    }
    let grown = peak - idle;
    assert!(grown > 4 * MIB, "the load was none: {grown}");
    let given_back = async {
        while bridge.memory() > idle + KEPT + grown / 3 {
            sleep(POLL_INTERVAL).await;
        }
    };
    let outcome = timeout(TOO_LONG, given_back).await;
    let now = bridge.memory();
    assert!(outcome.is_ok(), "idle {idle}, at its peak {peak}, now {now}");
}

/// A session that has echoed its payload.
async fn echoed(address: SocketAddr) -> Client {
    let (mut client, _) = Client::at(address, "?target=echo", SUBPROTOCOL).await;
    client.send(&vec![7; PAYLOAD]).await;
    client.receive(PAYLOAD).await;
    client
}
