//! How many sessions capture at once, and what becomes of those beyond.

use std::collections::HashSet;
use std::fs;
use std::net::SocketAddr;

use echo_core::wire::{BridgeMessage, SUBPROTOCOL};
use tokio::time::{Duration, sleep};

use super::{may_capture, packets};
use crate::harness::client::{Client, Received};
use crate::harness::process::{self, Process};
use crate::harness::{Bridge, closed_port, soon};

/// As ARCHITECTURE.md says it.
const MAX_CAPTURES: usize = 32;
/// How often it is looked whether a socket is closed.
const LOOK: Duration = Duration::from_millis(20);

/// A session that asks for its packets, and why it does not get them, if it does not.
async fn capturing(bridge: SocketAddr) -> (Client, Option<String>) {
    let (mut client, _) = Client::at(bridge, "?packets=1", SUBPROTOCOL).await;
    let refused = match client.next().await {
        Received::Control(BridgeMessage::Capturing { .. }) => None,
        Received::Control(BridgeMessage::NotCapturing { message }) => Some(message),
        heard => panic!("{heard:?}"),
    };
    client.connected().await;
    (client, refused)
}

/// As many sessions as may capture, all of which do.
async fn as_many_as_may(bridge: SocketAddr) -> Vec<Client> {
    let mut open = Vec::new();
    for _ in 0..MAX_CAPTURES {
        let (client, refused) = capturing(bridge).await;
        assert_eq!(refused, None);
        open.push(client);
    }
    open
}

/// Waits until a new session captures.
async fn until_one_captures(bridge: SocketAddr) {
    soon(async {
        while capturing(bridge).await.1.is_some() {
            sleep(LOOK).await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_beyond_the_limit_goes_on_without_its_packets_and_gets_the_reason() {
    if !may_capture() {
        return;
    }
    let bridge = Bridge::start(&[]).await;
    let mut open = as_many_as_may(bridge.address).await;
    let (mut client, refused) = capturing(bridge.address).await;
    let why = refused.expect("there are as many as may be");
    assert!(why.starts_with("32 sessions capture packets already") && why.contains("try again"));
    client.send(b"Hello!").await;
    assert_eq!(client.receive(6).await, b"Hello!");
    // One ends in order, the next vanishes: both make room.
    for end_in_order in [true, false] {
        let mut ended = open.pop().unwrap();
        if end_in_order {
            ended.close().await;
        }
        drop(ended);
        until_one_captures(bridge.address).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_with_many_addresses_takes_one_place() {
    if !may_capture() {
        return;
    }
    let closed = closed_port().await;
    let bridge = Bridge::start(&["--allow", &format!("localhost:{closed}")]).await;
    let mut open = as_many_as_may(bridge.address).await;
    drop(open.pop());
    until_one_captures(bridge.address).await;
    let query = format!("?target=localhost:{closed}&packets=1");
    // All places but one are taken, and that one is enough for each address in turn.
    let session = soon(async {
        loop {
            let session = Client::open(&bridge, &query).await.receive_all().await;
            if session.types()[0] == "capturing" {
                return session;
            }
        }
    })
    .await;
    let tried = session.types().iter().filter(|kind| *kind == "connecting").count();
    let flags: Vec<_> = packets(&session).iter().map(|packet| packet.flags.names()).collect();
    assert_eq!(flags, ["SYN", "RST, ACK"].repeat(tried));
}

/// The packet sockets of a process (`/proc/net/packet`: its last column is the inode).
fn packet_sockets(process: &Process) -> usize {
    let table = fs::read_to_string("/proc/net/packet").unwrap();
    let inodes = table.lines().skip(1).filter_map(|line| line.split_whitespace().last());
    let inodes: HashSet<_> = inodes.map(|inode| format!("socket:[{inode}]")).collect();
    let open = fs::read_dir(format!("/proc/{}/fd", process.0.id())).unwrap();
    let links = open.filter_map(|fd| fs::read_link(fd.unwrap().path()).ok());
    links.filter(|link| inodes.contains(&*link.to_string_lossy())).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn there_are_no_more_packet_sockets_than_permits_and_none_stays() {
    if !may_capture() {
        return;
    }
    let (bridge, address) = Process::serving(&mut process::bridge());
    let mut open = as_many_as_may(address).await;
    for _ in 0..MAX_CAPTURES {
        open.push(capturing(address).await.0);
    }
    assert_eq!(packet_sockets(&bridge), MAX_CAPTURES);
    drop(open);
    soon(async {
        while packet_sockets(&bridge) > 0 {
            sleep(LOOK).await;
        }
    })
    .await;
}
