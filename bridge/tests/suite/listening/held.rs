//! What the bridge holds of connections that come in: no more than the bounds say, and nothing of it
//! is lost.

use echo_core::wire::{BridgeMessage, SUBPROTOCOL, WINDOW};
use futures_util::future::join_all;
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{Duration, timeout};
use tokio_tungstenite::tungstenite::Message;
use tokio_util::task::AbortOnDropHandle;

use crate::harness::client::{Client, Received};
use crate::harness::listener::{Listening, claim, claim_at};
use crate::harness::probe::Probe;
use crate::harness::{Bridge, closed_port, soon};

/// The most connections of one listener that wait to be claimed.
const MAX_UNCLAIMED: usize = 64;
/// How long a write that nobody takes is waited for. Given up too early, a test proves less, and
/// fails no more easily.
const STALLED: Duration = Duration::from_millis(300);

/// Connects `count` times.
async fn connect(listening: &Listening, count: usize) -> Vec<TcpStream> {
    let address = listening.addresses[0];
    let connecting = (0..count).map(|_| async move { TcpStream::connect(address).await.unwrap() });
    soon(join_all(connecting)).await
}

/// Echoes on a session until the program that connected has finished.
async fn echo(mut session: Client) {
    loop {
        match session.next().await {
            Received::Bytes(bytes) => session.send(&bytes).await,
            Received::Control(BridgeMessage::Finished { .. }) => return session.close().await,
            Received::Control(_) => {}
            Received::Close(code, reason) => panic!("{code} {reason}"),
        }
    }
}

#[tokio::test]
async fn a_hundred_connections_at_once_are_echoed_by_hand() {
    let bridge = Bridge::start(&[]).await;
    let mut listening = Listening::at(&bridge, "127.0.0.1:0").await;
    let peers = connect(&listening, 100).await;
    let talking = join_all(peers.into_iter().enumerate().map(async |(index, mut peer)| {
        let message = format!("I am number {index}.");
        peer.write_all(message.as_bytes()).await.unwrap();
        peer.shutdown().await.unwrap();
        let mut reply = String::new();
        peer.read_to_string(&mut reply).await.unwrap();
        assert_eq!(reply, message);
    }));
    let answering = async {
        let mut sessions = Vec::new();
        for _ in 0..100 {
            let (address, id) = (bridge.address, listening.incoming().await.id);
            let answer = async move { echo(claim_at(address, &id).await).await };
            sessions.push(AbortOnDropHandle::new(tokio::spawn(answer)));
        }
        for session in sessions {
            session.await.unwrap();
        }
    };
    Box::pin(soon(async { tokio::join!(talking, answering) })).await;
}

#[tokio::test]
async fn more_connections_than_may_wait_are_held_by_the_kernel_and_none_is_lost() {
    let bridge = Bridge::start(&[]).await;
    let mut listening = Listening::at(&bridge, "127.0.0.1:0").await;
    let _peers = connect(&listening, 2 * MAX_UNCLAIMED).await;
    let mut ids = Vec::new();
    for _ in 0..MAX_UNCLAIMED {
        ids.push(listening.incoming().await.id);
    }
    // No other one has been told of before the answer to a ping.
    listening.client.socket.send(Message::Ping("?".into())).await.unwrap();
    let next = soon(listening.client.socket.next()).await.unwrap().unwrap();
    assert_eq!(next, Message::Pong("?".into()));
    // Each that is claimed lets another one in.
    let _sessions = join_all(ids.iter().map(|id| claim(&bridge, id))).await;
    for _ in 0..MAX_UNCLAIMED {
        ids.push(listening.incoming().await.id);
    }
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 2 * MAX_UNCLAIMED);
}

/// Writes until nobody takes it any more. Returns how much was taken.
async fn flood(peer: &mut TcpStream) -> usize {
    let much = vec![7; 64 * 1024];
    let mut taken = 0;
    while let Ok(written) = timeout(STALLED, peer.write(&much)).await {
        taken += written.unwrap();
    }
    taken
}

#[tokio::test]
async fn a_program_that_floods_is_held_before_the_claim_by_tcp_and_after_it_by_the_window() {
    let bridge = Bridge::start(&[]).await;
    let mut listening = Listening::at(&bridge, "127.0.0.1:0").await;
    let mut peer = TcpStream::connect(listening.addresses[0]).await.unwrap();
    let id = listening.incoming().await.id;
    let before = flood(&mut peer).await;
    let mut session = claim(&bridge, &id).await;
    let after = flood(&mut peer).await;
    // A client that reads and acknowledges nothing gets a window, and not a byte more.
    let window = usize::try_from(WINDOW).unwrap();
    assert_eq!(session.receive(window).await.len(), window);
    assert!(before > 0 && before + after > window, "{before} and {after} bytes");
    session.socket.send(Message::Ping("?".into())).await.unwrap();
    let next = soon(session.socket.next()).await.unwrap().unwrap();
    assert_eq!(next, Message::Pong("?".into()));
}

#[tokio::test]
async fn for_a_client_that_does_not_read_connections_are_soon_accepted_no_more() {
    /// Far more than can be told of in what the bridge and the kernel hold for the client.
    const MANY: usize = 50_000;
    let bridge = Bridge::start(&[]).await;
    let port = closed_port().await;
    let _probe =
        Probe::open(bridge.address, &format!("?listen=127.0.0.1:{port}"), SUBPROTOCOL).await;
    soon(async { while TcpStream::connect(("127.0.0.1", port)).await.is_err() {} }).await;
    for _ in 0..MANY {
        // One that is reset makes room for another one, and two messages.
        match timeout(STALLED, TcpStream::connect(("127.0.0.1", port))).await {
            Ok(peer) => peer.unwrap().set_zero_linger().unwrap(),
            Err(_) => return,
        }
    }
    panic!("the bridge goes on accepting");
}
