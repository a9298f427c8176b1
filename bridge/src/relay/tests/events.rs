//! What a client is sent besides the relay's own messages.

use echo_core::wire::TcpInfo;

use super::*;

/// How many events wait for each client.
const COUNT: usize = 500;

/// A relay with events that wait, its client over a pipe of `pipe` bytes, and its target.
async fn start_with_events(
    dialect: Dialect,
    pipe: usize,
) -> (WebSocketStream<DuplexStream>, DuplexStream, Relay<WebSocket<DuplexStream>, DuplexStream>) {
    let (near, far) = duplex(pipe);
    let client = WebSocketStream::from_raw_socket(near, Role::Client, None).await;
    let (target, bridge) = duplex(PIPE);
    let options = Options { dialect, trace: false, idle: Some(IDLE), start: Instant::now() };
    let events = (0..COUNT).map(|_| BridgeMessage::TcpInfo(TcpInfo::default()));
    let relay = Relay::new(server(far), bridge, options);
    (client, target, relay.with_events(Some(SessionEvents::of(events))))
}

/// Returns how many events are left after the relay.
fn left(relay: Relay<WebSocket<DuplexStream>, DuplexStream>) -> usize {
    relay.into_target_and_events().1.map_or(0, |events| events.waiting())
}

#[tokio::test(start_paused = true)]
async fn a_client_is_sent_all_events_if_its_dialect_has_messages_for_them() {
    for (dialect, expected) in [(Dialect::Control, COUNT), (Dialect::Raw, 0)] {
        let (mut client, _target, mut relay) = start_with_events(dialect, PIPE).await;
        let mut heard = 0;
        let hearing = async {
            while let Some(Ok(message)) = client.next().await {
                heard += usize::from(message.is_text());
            }
        };
        tokio::select! {
            _ = timeout(IDLE / 2, relay.run()) => {}
            () = hearing => {}
        }
        assert_eq!((heard, left(relay)), (expected, 0), "{dialect:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn events_for_a_slow_client_wait_in_their_own_queue() {
    let (client, _target, mut relay) = start_with_events(Dialect::Control, PIPE).await;
    let ended = timeout(keepalive::PING_INTERVAL / 2, relay.run()).await;
    assert!(ended.is_err(), "{ended:?}");
    let left = left(relay);
    assert!(left > COUNT / 2, "{left} of {COUNT} events wait");
    drop(client);
}

/// The target is stalled, so that the session goes on after the Close.
#[tokio::test(start_paused = true)]
async fn after_a_clients_close_events_stay_in_their_queue() {
    let (mut client, _target, mut relay) = start_with_events(Dialect::Control, 1024).await;
    client.send(Message::binary(vec![0; 2 * PIPE])).await.unwrap();
    client.close(None).await.unwrap();
    let ended = timeout(IDLE / 2, async {
        tokio::select! {
            ending = relay.run() => ending,
            () = async { while let Some(Ok(_)) = client.next().await {} } => relay.run().await,
        }
    });
    assert!(ended.await.is_err());
    assert_eq!(left(relay), COUNT);
}
