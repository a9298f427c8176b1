//! What the relay counts as pauses.

use super::*;

/// Returns how often the relay has stopped to read from the client, and from the target.
fn pauses(counters: &Counters) -> [u64; 2] {
    Side::ALL.map(|side| counters.paused(side))
}

#[tokio::test(start_paused = true)]
async fn each_time_that_a_slow_side_holds_up_the_other_one_is_one_pause() {
    let (near, far) = duplex(PIPE);
    let mut client = WebSocketStream::from_raw_socket(near, Role::Client, None).await;
    let (mut target, bridge) = duplex(PIPE);
    let options =
        Options { dialect: Dialect::Raw, trace: false, idle: None, start: Instant::now() };
    let counters = Arc::new(Counters::default());
    let mut relay = Relay::new(server(far), bridge, options).with_counters(counters.clone());
    let relay = tokio::spawn(async move { relay.run().await });

    client.send(Message::binary(&b"ask"[..])).await.unwrap();
    target.read_exact(&mut [0; 3]).await.unwrap();
    assert_eq!(pauses(&counters), [0, 0], "nobody was slow");

    for time in 1..=2 {
        let mut taken = 0;
        let held_up = timeout(CLOSE_TIMEOUT, offer(&mut client, 4 * QUEUE_RAW, &mut taken)).await;
        assert!(held_up.is_err(), "all bytes were taken");
        assert_eq!(pauses(&counters), [time, 0], "the target was slow");
        let mut heard = vec![0; taken];
        let (_, flushed) = tokio::join!(target.read_exact(&mut heard), client.flush());
        flushed.unwrap();
    }

    let held_up = timeout(CLOSE_TIMEOUT, async { while target.write(&[0; PIPE]).await.is_ok() {} });
    assert!(held_up.await.is_err());
    assert_eq!(pauses(&counters), [2, 1], "the client was slow");
    relay.abort();
}
