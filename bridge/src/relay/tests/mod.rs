//! The relay over pipes so small that everything has to wait for everything, in virtual time.

mod events;
mod failing;
mod flush;
mod pauses;
mod reset_watch;
mod stalls;
mod trace;
mod turns;
mod writing;

use bytes::Bytes;
use echo_core::wire::{BridgeMessage, ClientMessage};
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream, duplex};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};

use super::*;
use crate::websocket::WebSocket;

/// Prime, so that no message ends where a pipe does.
const PIPE: usize = 61;
/// Longer than the relay waits for anything; time flies while everything waits.
const FOR_EVER: Duration = Duration::from_hours(24);
const IDLE: Duration = Duration::from_mins(5);

/// Longer than any message here.
const MAX_MESSAGE: usize = 1024 * 1024;

/// The bridge's end of a client's WebSocket.
fn server(stream: DuplexStream) -> WebSocket<DuplexStream> {
    WebSocket::new(stream, Bytes::new(), MAX_MESSAGE)
}

struct Ends {
    client: WebSocketStream<DuplexStream>,
    target: DuplexStream,
    relay: Running,
}

/// A relay that runs, which returns its ending and its totals.
type Running = JoinHandle<(Ending, (u64, u64))>;

async fn ending(relay: Running) -> Ending {
    timeout(FOR_EVER, relay).await.unwrap().unwrap().0
}

async fn start(dialect: Dialect) -> Ends {
    start_with(dialect, PIPE).await
}

async fn start_with(dialect: Dialect, pipe: usize) -> Ends {
    start_idling(dialect, pipe, Some(IDLE)).await
}

async fn start_idling(dialect: Dialect, pipe: usize, idle: Option<Duration>) -> Ends {
    let (near, far) = duplex(pipe);
    let config = WebSocketConfig::default().write_buffer_size(0);
    let client = WebSocketStream::from_raw_socket(near, Role::Client, Some(config)).await;
    let mut server = server(far);
    let (target, bridge) = duplex(pipe);
    let options = Options { dialect, trace: true, idle, start: Instant::now() };
    let relay = tokio::spawn(async move {
        // Lent, as a session lends it.
        let mut relay = Relay::new(&mut server, bridge, options);
        (relay.run().await, relay.totals())
    });
    Ends { client, target, relay }
}

async fn finish(client: &mut WebSocketStream<DuplexStream>) {
    let finish = serde_json::to_string(&ClientMessage::Finish).unwrap();
    client.send(Message::text(finish)).await.unwrap();
}

/// Reads until the message about the target's FIN.
async fn hear_finished(client: &mut WebSocketStream<DuplexStream>) {
    loop {
        let heard = client.next().await.unwrap().unwrap();
        if heard.to_text().is_ok_and(|text| text.contains("finished")) {
            return;
        }
    }
}

/// Sends `count` bytes in messages of a length that divides nothing, as far as they are taken.
async fn offer(client: &mut WebSocketStream<DuplexStream>, count: usize, taken: &mut usize) {
    while *taken < count {
        let message = Bytes::from(vec![0; 997.min(count - *taken)]);
        *taken += message.len();
        client.send(Message::Binary(message)).await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn an_echo_through_the_smallest_pipes_comes_back_whole() {
    let ends = start(Dialect::Raw).await;
    let echo = tokio::spawn(async move {
        let (mut read, mut write) = tokio::io::split(ends.target);
        tokio::io::copy(&mut read, &mut write).await.unwrap();
        write.shutdown().await.unwrap();
    });
    let all: Vec<u8> = (0..20_000u32).map(|i| u8::try_from(i % 251).unwrap()).collect();
    let sent = all.clone();
    let (mut sink, mut stream) = ends.client.split();
    tokio::spawn(async move {
        for piece in sent.chunks(997) {
            sink.send(Message::binary(piece.to_vec())).await.unwrap();
        }
        std::future::pending::<()>().await;
    });
    let mut received = Vec::new();
    while received.len() < all.len() {
        let Message::Binary(bytes) = stream.next().await.unwrap().unwrap() else { continue };
        received.extend_from_slice(&bytes);
    }
    assert_eq!(received, all);
    ends.relay.abort();
    echo.abort();
}

#[tokio::test(start_paused = true)]
async fn a_stalled_target_holds_up_the_client_once_the_queue_is_full() {
    for (dialect, bound) in [(Dialect::Raw, QUEUE_RAW), (Dialect::Control, 1024 * 1024)] {
        let mut ends = start(dialect).await;
        let mut taken = 0;
        let all = 4 * bound;
        let held_up = timeout(IDLE / 2, offer(&mut ends.client, all, &mut taken)).await;
        assert!(held_up.is_err(), "{dialect:?}: all {all} bytes were taken");
        let slack = 8 * 1024;
        assert!((bound..bound + slack).contains(&taken), "{dialect:?}: {taken} bytes taken");
        ends.relay.abort();
    }
}

#[tokio::test(start_paused = true)]
async fn a_stalled_client_holds_up_the_target() {
    for dialect in [Dialect::Raw, Dialect::Control] {
        let mut ends = start(dialect).await;
        let mut taken = 0;
        let offered = timeout(IDLE / 2, async {
            loop {
                taken += ends.target.write(&[0; PIPE]).await.unwrap();
            }
        })
        .await;
        assert!(offered.is_err());
        // What the client does not take is the message of one read.
        assert!(taken < 2 * CHUNK, "{dialect:?}: {taken} bytes taken");
        ends.relay.abort();
    }
}

#[tokio::test(start_paused = true)]
async fn a_session_in_which_nothing_moves_ends_after_the_idle_time() {
    let start_of_all = Instant::now();
    let mut ends = start(Dialect::Control).await;
    // Polled, it answers pings.
    tokio::spawn(async move { while let Some(Ok(_)) = ends.client.next().await {} });
    let (ending, _) = timeout(FOR_EVER, &mut ends.relay).await.unwrap().unwrap();
    assert!(
        matches!(ending, Ending::Failed(failure) if failure.stage == echo_core::wire::Stage::Idle)
    );
    assert!(start_of_all.elapsed() >= IDLE);
}

#[tokio::test(start_paused = true)]
async fn without_an_idle_timeout_a_session_lasts_while_its_client_answers_pings() {
    for dialect in [Dialect::Raw, Dialect::Control] {
        let mut ends = start_idling(dialect, PIPE, None).await;
        // Polled, it answers pings.
        let answering =
            tokio::spawn(async move { while let Some(Ok(_)) = ends.client.next().await {} });
        let ended = timeout(FOR_EVER, &mut ends.relay).await;
        assert!(ended.is_err(), "{dialect:?}: {ended:?}");
        answering.abort();
        ends.relay.abort();
    }
}

#[tokio::test(start_paused = true)]
async fn without_an_idle_timeout_a_client_that_answers_no_ping_is_given_up() {
    let ends = start_idling(Dialect::Raw, PIPE, None).await;
    let (ending, _) = timeout(FOR_EVER, ends.relay).await.unwrap().unwrap();
    assert!(matches!(ending, Ending::ClientVanished(_)), "{ending:?}");
    drop(ends.client);
}

#[tokio::test(start_paused = true)]
async fn a_client_that_answers_no_ping_is_given_up() {
    let ends = start(Dialect::Raw).await;
    let begin = Instant::now();
    let (ending, _) = timeout(FOR_EVER, ends.relay).await.unwrap().unwrap();
    assert!(matches!(ending, Ending::ClientVanished(_)), "{ending:?}");
    assert!(begin.elapsed() <= 3 * keepalive::PING_INTERVAL, "after {:?}", begin.elapsed());
    drop(ends.client);
}

#[tokio::test(start_paused = true)]
async fn after_the_targets_fin_a_raw_clients_bytes_still_arrive() {
    let mut ends = start(Dialect::Raw).await;
    ends.target.shutdown().await.unwrap();
    ends.client.send(Message::binary(&b"on the way"[..])).await.unwrap();
    let heard = ends.client.next().await;
    assert!(matches!(heard, Some(Ok(Message::Close(_)))), "{heard:?}");
    let answer = tokio::spawn(async move { while let Some(Ok(_)) = ends.client.next().await {} });
    let mut heard = Vec::new();
    ends.target.read_to_end(&mut heard).await.unwrap();
    assert_eq!(heard, b"on the way");
    let (ending, totals) = timeout(FOR_EVER, ends.relay).await.unwrap().unwrap();
    assert_eq!((ending, totals), (Ending::Finished { by: Party::Target }, (10, 0)));
    answer.abort();
}

#[tokio::test(start_paused = true)]
async fn after_the_targets_fin_the_relay_closes_a_raw_client_alone() {
    for (dialect, expected) in [(Dialect::Raw, true), (Dialect::Control, false)] {
        let (near, far) = duplex(PIPE);
        let mut client = WebSocketStream::from_raw_socket(near, Role::Client, None).await;
        let (mut target, bridge) = duplex(PIPE);
        let options = Options { dialect, trace: false, idle: Some(IDLE), start: Instant::now() };
        let mut relay = Relay::new(server(far), bridge, options);
        assert!(!relay.has_sent_close(), "{dialect:?}");
        target.shutdown().await.unwrap();
        let hearing = async {
            if dialect == Dialect::Control {
                finish(&mut client).await;
            }
            // Polled, it answers Close.
            while let Some(Ok(_)) = client.next().await {}
            std::future::pending().await
        };
        let ending = tokio::select! {
            ending = relay.run() => ending,
            never = hearing => never,
        };
        assert!(matches!(ending, Ending::Finished { .. }), "{dialect:?}: {ending:?}");
        assert_eq!(relay.has_sent_close(), expected, "{dialect:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn both_ends_finish_in_either_order() {
    for client_first in [true, false] {
        let mut ends = start(Dialect::Control).await;
        ends.client.send(Message::binary(&b"ask"[..])).await.unwrap();
        ends.target.write_all(b"answer").await.unwrap();
        if client_first {
            finish(&mut ends.client).await;
            let mut heard = Vec::new();
            ends.target.read_to_end(&mut heard).await.unwrap();
            assert_eq!(heard, b"ask");
            ends.target.shutdown().await.unwrap();
        } else {
            ends.target.shutdown().await.unwrap();
            hear_finished(&mut ends.client).await;
            finish(&mut ends.client).await;
        }
        let drain =
            tokio::spawn(async move { while let Some(Ok(_)) = ends.client.next().await {} });
        let (ending, totals) = timeout(FOR_EVER, ends.relay).await.unwrap().unwrap();
        let by = if client_first { Party::Target } else { Party::Client };
        assert_eq!((ending, totals), (Ending::Finished { by }, (3, 6)));
        drain.abort();
    }
}

#[tokio::test(start_paused = true)]
async fn an_end_without_close_is_no_orderly_end() {
    let ends = start(Dialect::Control).await;
    drop(ends.client);
    let (ending, _) = timeout(FOR_EVER, ends.relay).await.unwrap().unwrap();
    assert!(matches!(ending, Ending::ClientVanished(_)), "{ending:?}");
}
