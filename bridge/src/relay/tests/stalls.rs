//! A side that is slow, or waits for the other one, never keeps the relay from noticing what would
//! let the session go on, or end.

use echo_core::wire::{ACK_EVERY, Kind, Stage, WINDOW};

use super::*;

/// A message of the client, as the bytes that are sent.
fn control(message: &ClientMessage) -> Message {
    Message::text(serde_json::to_string(message).unwrap())
}

/// Reads until the bridge acknowledges `bytes`.
async fn hear_ack(client: &mut WebSocketStream<DuplexStream>, bytes: u64) {
    let expected = serde_json::to_string(&BridgeMessage::Ack { bytes }).unwrap();
    while client.next().await.unwrap().unwrap().to_text().unwrap_or_default() != expected {}
}

/// The target writes two windows before it reads, as one does that waits until its answer is
/// taken, while the client's whole window waits in the bridge.
#[tokio::test(start_paused = true)]
async fn a_client_whose_window_is_full_can_still_acknowledge() {
    let ack_every = usize::try_from(ACK_EVERY).unwrap();
    let window = usize::try_from(WINDOW).unwrap();
    // The target's kernel takes as much as is acknowledged at once, so that the bridge holds
    // exactly a window.
    let mut ends = start_with(Dialect::Control, ack_every).await;
    ends.client.send(Message::binary(vec![0; window])).await.unwrap();
    hear_ack(&mut ends.client, ACK_EVERY).await;
    ends.client.send(Message::binary(vec![0; ack_every])).await.unwrap();

    let mut target = ends.target;
    tokio::spawn(async move {
        target.write_all(&vec![0; 2 * window]).await.unwrap();
        let mut heard = vec![0; window + ack_every];
        target.read_exact(&mut heard).await.unwrap();
        target.write_all(b"!").await.unwrap();
        std::future::pending::<()>().await;
    });
    let hearing = async {
        let mut heard = 0;
        while heard <= 2 * window {
            let Message::Binary(bytes) = ends.client.next().await.unwrap().unwrap() else {
                continue;
            };
            heard += bytes.len();
            ends.client.send(control(&ClientMessage::Ack { bytes: heard as u64 })).await.unwrap();
        }
    };
    assert!(timeout(IDLE / 2, hearing).await.is_ok(), "nothing moves");
    ends.relay.abort();
}

/// The relay does not read the client, since the target is stalled, and does not look at its
/// connection in any other way than by the Close that waits for it.
#[tokio::test(start_paused = true)]
async fn a_client_that_breaks_while_its_close_waits_ends_the_session() {
    let mut ends = start_idling(Dialect::Raw, PIPE, None).await;
    // With the header of their frame they fill the client's pipe, so that Close has to wait.
    ends.target.write_all(&[0; PIPE - 2]).await.unwrap();
    ends.target.shutdown().await.unwrap();
    let mut taken = 0;
    let held_up = timeout(IDLE, offer(&mut ends.client, 4 * QUEUE_RAW, &mut taken)).await;
    assert!(held_up.is_err(), "all bytes were taken");
    drop(ends.client);
    let begin = Instant::now();
    timeout(FOR_EVER, ends.relay).await.expect("the session lasts for ever").unwrap();
    let after = begin.elapsed();
    assert!(after <= CLOSE_TIMEOUT + Duration::from_millis(1), "after {after:?}");
}

/// A target that has sent FIN, and reads no more, is not told by FIN that it got everything.
#[tokio::test(start_paused = true)]
async fn a_target_that_does_not_take_the_last_bytes_gets_no_fin() {
    let mut ends = start(Dialect::Raw).await;
    ends.client.send(Message::binary(vec![0; 2 * PIPE])).await.unwrap();
    ends.target.shutdown().await.unwrap();
    let heard = ends.client.next().await;
    assert!(matches!(heard, Some(Ok(Message::Close(_)))), "{heard:?}");
    let (ending, totals) = timeout(FOR_EVER, ends.relay).await.unwrap().unwrap();
    assert_eq!((ending.close_mode(), totals.0), (CloseMode::Reset, PIPE as u64), "{ending:?}");
    let Ending::Failed(failure) = ending else { panic!("{ending:?}") };
    assert_eq!((failure.stage, failure.kind), (Stage::Write, Kind::Timeout), "{failure:?}");
}

/// Keepalive judges a client that can answer, not one that has closed.
#[tokio::test(start_paused = true)]
async fn after_a_clients_close_a_slow_target_gets_all_bytes_within_the_idle_time() {
    for dialect in [Dialect::Raw, Dialect::Control] {
        let mut ends = start(dialect).await;
        ends.client.send(Message::binary(vec![0; 2 * PIPE])).await.unwrap();
        ends.client.close(None).await.unwrap();
        tokio::time::sleep(4 * keepalive::PING_INTERVAL).await;
        let mut heard = Vec::new();
        ends.target.read_to_end(&mut heard).await.unwrap();
        let (ending, _) = timeout(FOR_EVER, ends.relay).await.unwrap().unwrap();
        assert_eq!((heard.len(), ending), (2 * PIPE, Ending::ClientClosed), "{dialect:?}");
    }
}
