//! A thousand sessions of the lab, with endings of every kind, leave nothing behind.

use std::collections::HashSet;
use std::fs;
use std::net::SocketAddr;

use echo_core::wire::{ClientMessage, SUBPROTOCOL};
use futures_util::{StreamExt as _, stream};
use tokio::runtime::Handle;
use tokio::time::{Duration, sleep};

use crate::harness::client::Client;
use crate::harness::process::{self, Process};
use crate::harness::{Bridge, soon};

const SESSIONS: usize = 1000;
/// How many are open at once.
const AT_ONCE: usize = 16;
/// How often it is looked whether all is gone.
const LOOK: Duration = Duration::from_millis(20);

/// What the client does about a fault.
#[derive(Clone, Copy)]
enum Does {
    /// Says `Hello!` and FIN, and hears the server out.
    Finishes,
    /// Says `Hello!`, and hears what comes of it.
    Listens,
    /// Says `Hello!`, and closes the WebSocket.
    Closes,
    /// Says `Hello!`, and asks for RST.
    Resets,
    /// Says `Hello!`, and is gone.
    Vanishes,
    /// Is gone before it said anything, while the bridge still dials, perhaps.
    VanishesAtOnce,
    /// Says what the protocol does not know.
    Babbles,
}

const MIX: [(&str, Does); 19] = [
    ("truncate:3", Does::Finishes),
    ("truncate:3", Does::Closes),
    ("reset:3", Does::Listens),
    ("reset:0", Does::Vanishes),
    ("corrupt:1", Does::Closes),
    ("upper", Does::VanishesAtOnce),
    ("delay:60s", Does::Closes),
    ("delay:60s", Does::Vanishes),
    ("split:1:60s", Does::Resets),
    ("split:1:60s", Does::Vanishes),
    ("extra:3", Does::Finishes),
    ("banner:Hi", Does::Vanishes),
    ("banner:Hi", Does::Babbles),
    ("silent", Does::Resets),
    ("silent", Does::VanishesAtOnce),
    ("late-fin", Does::Finishes),
    ("refuse", Does::Listens),
    ("refuse", Does::VanishesAtOnce),
    ("no-fault", Does::Listens),
];

async fn session(bridge: SocketAddr, number: usize) {
    let (fault, does) = MIX[number % MIX.len()];
    let query = format!("?target=lab/{fault}");
    let raw = matches!(does, Does::Closes | Does::Vanishes) && number.is_multiple_of(2);
    let (mut client, _) = Client::at(bridge, &query, if raw { "" } else { SUBPROTOCOL }).await;
    if matches!(does, Does::VanishesAtOnce) {
        return;
    }
    client.send(b"Hello!").await;
    match does {
        Does::Finishes => client.send_control(ClientMessage::Finish).await,
        Does::Closes => client.close().await,
        Does::Resets => client.send_control(ClientMessage::Reset).await,
        Does::Babbles => client.send_text("what?").await,
        Does::Listens => {}
        Does::Vanishes | Does::VanishesAtOnce => return,
    }
    client.receive_all().await;
}

async fn thousand_sessions(bridge: SocketAddr) {
    let sessions = (0..SESSIONS).map(|number| session(bridge, number));
    stream::iter(sessions).buffer_unordered(AT_ONCE).collect::<Vec<()>>().await;
}

/// The descriptors of a process, and how many of them listen.
struct Held {
    open: usize,
    listeners: usize,
}

fn held(process: &Process) -> Held {
    let proc = format!("/proc/{}", process.0.id());
    let table = |name| fs::read_to_string(format!("{proc}/net/{name}")).unwrap_or_default();
    let tables = table("tcp") + &table("tcp6");
    let listening: HashSet<_> = tables.lines().filter_map(listener).collect();
    let open = fs::read_dir(format!("{proc}/fd")).unwrap();
    let open: Vec<_> = open.filter_map(|fd| fs::read_link(fd.unwrap().path()).ok()).collect();
    let listeners = open.iter().filter(|link| listening.contains(&*link.to_string_lossy()));
    Held { open: open.len(), listeners: listeners.count() }
}

/// What a descriptor of this socket links to, if the socket listens (proc(5), `/proc/net/tcp`).
fn listener(line: &str) -> Option<String> {
    const LISTEN: &str = "0A";
    let fields: Vec<_> = line.split_whitespace().collect();
    (*fields.get(3)? == LISTEN).then(|| format!("socket:[{}]", fields[9]))
}

async fn until(mut gone: impl FnMut() -> bool) {
    soon(async {
        while !gone() {
            sleep(LOOK).await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_listener_and_no_descriptor_stays() {
    let (bridge, address) = Process::serving(&mut process::bridge());
    // Once it has answered, all that it needs is open.
    session(address, 0).await;
    let before = held(&bridge);
    assert_eq!(before.listeners, 2, "the page's and the echo server's");
    thousand_sessions(address).await;
    until(|| held(&bridge).listeners == 2 && held(&bridge).open <= before.open).await;
}

#[tokio::test]
async fn no_task_stays() {
    let bridge = Bridge::start(&[]).await;
    session(bridge.address, 0).await;
    let tasks = || Handle::current().metrics().num_alive_tasks();
    let before = tasks();
    thousand_sessions(bridge.address).await;
    until(|| tasks() <= before).await;
}
