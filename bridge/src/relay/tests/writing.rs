//! A target that takes nothing more, and can still be read.

use echo_core::wire::{Kind, Stage, WINDOW};

use super::*;

/// The client's `reset` comes behind more bytes than may wait for a target.
#[tokio::test(start_paused = true)]
async fn a_client_is_read_although_its_bytes_can_no_longer_be_written() {
    let (near, far) = duplex(PIPE);
    let mut client = WebSocketStream::from_raw_socket(near, Role::Client, None).await;
    let ((written, writes), (_target, reads)) = (duplex(PIPE), duplex(PIPE));
    let options =
        Options { dialect: Dialect::Control, trace: false, idle: None, start: Instant::now() };
    let mut relay = Relay::new(server(far), tokio::io::join(reads, writes), options);
    let relay = tokio::spawn(async move { (relay.run().await, relay.totals()) });
    let mut taken = 0;
    let all = 4 * usize::try_from(WINDOW).unwrap();
    let held_up = timeout(CLOSE_TIMEOUT, offer(&mut client, all, &mut taken)).await;
    assert!(held_up.is_err(), "all bytes were taken");
    drop(written);
    let reset = serde_json::to_string(&ClientMessage::Reset).unwrap();
    timeout(CLOSE_TIMEOUT, client.send(Message::text(reset))).await.unwrap().unwrap();
    assert_eq!(ending(relay).await, Ending::ClientReset);
}

#[tokio::test(start_paused = true)]
async fn after_a_write_that_failed_the_target_is_read_to_its_end_which_is_no_fin() {
    for dialect in [Dialect::Raw, Dialect::Control] {
        let (near, far) = duplex(PIPE);
        let mut client = WebSocketStream::from_raw_socket(near, Role::Client, None).await;
        let ((written, writes), (mut target, reads)) = (duplex(PIPE), duplex(PIPE));
        let options = Options { dialect, trace: false, idle: None, start: Instant::now() };
        let mut server = server(far);
        let relay = tokio::spawn(async move {
            let mut relay = Relay::new(&mut server, tokio::io::join(reads, writes), options);
            let ended = (relay.run().await, relay.totals());
            poll_fn(|cx| server.poll_flush(cx)).await.unwrap();
            ended
        });
        drop(written);
        client.send(Message::binary(&b"in vain"[..])).await.unwrap();
        tokio::time::sleep(CLOSE_TIMEOUT).await;
        target.write_all(b"last words").await.unwrap();
        target.shutdown().await.unwrap();
        let heard = client.next().await.unwrap().unwrap();
        assert_eq!(heard, Message::binary(&b"last words"[..]), "{dialect:?}");
        let ending = ending(relay).await;
        let Ending::Failed(failure) = &ending else { panic!("{dialect:?}: {ending:?}") };
        assert_eq!((failure.stage, failure.kind), (Stage::Write, Kind::Reset), "{dialect:?}");
        assert!(!matches!(client.next().await, Some(Ok(_))), "{dialect:?}: more was sent");
    }
}
