//! What came before a failure of the client's side is valid: it reaches the target, and what the
//! target has answered reaches the client.

use echo_core::wire::WINDOW;
use tokio::io::AsyncReadExt as _;

use super::*;

/// A masked text frame of the client with a reserved bit set, which no extension gives a meaning
/// (RFC 6455, section 5.2).
const RESERVED_BIT: &[u8] = &[0xc1, 0x80, 0, 0, 0, 0];

/// A masked Close.
const CLOSE: &[u8] = &[0x88, 0x80, 0, 0, 0, 0];

/// Frames of the client, written at once, so that they arrive in one read.
fn frames(frames: &[&[u8]]) -> Vec<u8> {
    frames.concat()
}

/// A masked binary frame with a mask of zeros.
fn binary(payload: &[u8]) -> Vec<u8> {
    let length = u8::try_from(payload.len()).unwrap();
    assert!(length < 126);
    [&[0x82, 0x80 | length, 0, 0, 0, 0], payload].concat()
}

/// A masked text frame with a mask of zeros.
fn text_frame(payload: &str) -> Vec<u8> {
    let mut frame = binary(payload.as_bytes());
    frame[0] = 0x81;
    frame
}

/// How much a test writes at most.
const ROOM: usize = 1024;

/// A relay whose client writes bytes of its own choice, with room for all that a test writes.
fn start_raw_client(dialect: Dialect) -> (DuplexStream, DuplexStream, Running) {
    start_with_target(dialect, ROOM)
}

/// The same with a target that takes `room` bytes before it reads.
fn start_with_target(dialect: Dialect, room: usize) -> (DuplexStream, DuplexStream, Running) {
    let (client, far) = duplex(ROOM);
    let server = server(far);
    let (target, bridge) = duplex(room);
    let options = Options { dialect, trace: false, idle: Some(IDLE), start: Instant::now() };
    let relay = tokio::spawn(async move {
        let mut relay = Relay::new(server, bridge, options);
        (relay.run().await, relay.totals())
    });
    (client, target, relay)
}

#[tokio::test(start_paused = true)]
async fn bytes_ahead_of_a_bad_frame_reach_the_target() {
    for dialect in [Dialect::Raw, Dialect::Control] {
        let (mut client, mut target, relay) = start_raw_client(dialect);
        client.write_all(&frames(&[&binary(b"valid"), RESERVED_BIT])).await.unwrap();
        let mut heard = Vec::new();
        target.read_to_end(&mut heard).await.unwrap();
        assert_eq!(heard, b"valid", "{dialect:?}");
        let ending = ending(relay).await;
        assert_eq!(u16::from(ending.close_code()), 1002, "{dialect:?}: {ending:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn bytes_ahead_of_a_bad_control_message_or_of_a_lost_connection_reach_the_target() {
    for last in [text_frame("what?"), Vec::new()] {
        let (mut client, mut target, relay) = start_raw_client(Dialect::Control);
        client.write_all(&frames(&[&binary(b"valid"), &last])).await.unwrap();
        client.shutdown().await.unwrap();
        let mut heard = Vec::new();
        target.read_to_end(&mut heard).await.unwrap();
        assert_eq!(heard, b"valid");
        assert_eq!(ending(relay).await.close_mode(), CloseMode::Reset);
    }
}

/// The target takes the client's bytes only once the client has got its answer.
#[tokio::test(start_paused = true)]
async fn while_bytes_ahead_of_a_bad_frame_wait_the_targets_answer_reaches_the_client() {
    let (mut client, mut target, relay) = start_with_target(Dialect::Raw, PIPE);
    client.write_all(&frames(&[&binary(&[7; 100]), RESERVED_BIT])).await.unwrap();
    tokio::time::sleep(CLOSE_TIMEOUT / 4).await;
    target.write_all(b"answer").await.unwrap();
    let mut answer = [0; 8];
    timeout(CLOSE_TIMEOUT / 4, client.read_exact(&mut answer)).await.unwrap().unwrap();
    assert_eq!(&answer, b"\x82\x06answer");
    let mut heard = Vec::new();
    target.read_to_end(&mut heard).await.unwrap();
    assert_eq!((heard, ending(relay).await.by()), (vec![7; 100], Party::Client));
}

/// The target takes the client's bytes only once all of its own have been taken. One client has
/// sent FIN and reads nothing, the other one is gone, after a bad frame.
#[tokio::test(start_paused = true)]
async fn for_a_client_that_is_gone_the_target_is_still_read() {
    for stays in [true, false] {
        let (mut client, mut target, relay) = start_with_target(Dialect::Control, PIPE);
        let last = if stays { &[][..] } else { RESERVED_BIT };
        client.write_all(&frames(&[&binary(&[7; 100]), last])).await.unwrap();
        client.shutdown().await.unwrap();
        let client = stays.then_some(client);
        tokio::time::sleep(CLOSE_TIMEOUT / 4).await;
        let sent = usize::try_from(2 * WINDOW).unwrap();
        timeout(CLOSE_TIMEOUT / 4, target.write_all(&vec![0; sent])).await.unwrap().unwrap();
        let mut heard = Vec::new();
        target.read_to_end(&mut heard).await.unwrap();
        assert_eq!(heard, vec![7; 100]);
        assert_eq!(ending(relay).await.by(), Party::Client);
        drop(client);
    }
}

#[tokio::test(start_paused = true)]
async fn reset_is_not_delayed_by_what_waits_for_the_target() {
    let (mut client, mut target, relay) = start_raw_client(Dialect::Control);
    let reset = text_frame(r#"{"type":"reset"}"#);
    client.write_all(&frames(&[&binary(b"unwanted"), &reset])).await.unwrap();
    let mut heard = Vec::new();
    target.read_to_end(&mut heard).await.unwrap();
    assert_eq!((heard, ending(relay).await), (Vec::new(), Ending::ClientReset));
}

#[tokio::test(start_paused = true)]
async fn a_stalled_target_holds_up_a_failed_session_no_longer_than_the_close_timeout() {
    let mut ends = start(Dialect::Raw).await;
    ends.client.send(Message::binary(vec![0; 4 * PIPE])).await.unwrap();
    drop(ends.client);
    let begin = Instant::now();
    assert!(matches!(ending(ends.relay).await, Ending::ClientVanished(_)));
    assert!(
        begin.elapsed() <= CLOSE_TIMEOUT + Duration::from_millis(1),
        "after {:?}",
        begin.elapsed()
    );
}

#[tokio::test(start_paused = true)]
async fn a_reset_by_the_client_is_noticed_while_the_target_is_stalled() {
    let (near, far) = duplex(PIPE);
    let server = server(far);
    let mut client = WebSocketStream::from_raw_socket(near, Role::Client, None).await;
    let (_target, bridge) = duplex(PIPE);
    let options =
        Options { dialect: Dialect::Raw, trace: false, idle: Some(IDLE), start: Instant::now() };
    let mut relay =
        Relay::new(server, bridge, options).with_reset_watch(|_| Box::pin(std::future::ready(())));
    let relay = tokio::spawn(async move { (relay.run().await, relay.totals()) });
    // The client stays connected: only the watch can tell.
    let _ = timeout(CLOSE_TIMEOUT, client.send(Message::binary(vec![0; 2 * QUEUE_RAW]))).await;
    assert!(matches!(ending(relay).await, Ending::ClientVanished(_)));
}

#[tokio::test(start_paused = true)]
async fn after_finish_a_client_may_send_neither_bytes_nor_finish() {
    let finish = text_frame(r#"{"type":"finish"}"#);
    for more in [binary(b"more"), finish.clone()] {
        let (mut client, mut target, relay) = start_raw_client(Dialect::Control);
        client.write_all(&frames(&[&binary(b"all"), &finish, &more])).await.unwrap();
        let mut heard = Vec::new();
        target.read_to_end(&mut heard).await.unwrap();
        assert_eq!(heard, b"all");
        let ending = ending(relay).await;
        assert_eq!(u16::from(ending.close_code()), 1002, "{ending:?}");
    }
}

/// Whoever closes the WebSocket waits for the client's Close, which may be there already.
#[tokio::test(start_paused = true)]
async fn what_came_along_with_a_bad_message_can_be_read_after_the_relay() {
    let (mut client, far) = duplex(ROOM);
    let (_target, bridge) = duplex(ROOM);
    client.write_all(&frames(&[&text_frame("what?"), CLOSE])).await.unwrap();
    let mut server = server(far);
    let options =
        Options { dialect: Dialect::Control, trace: false, idle: None, start: Instant::now() };
    let ending = Relay::new(&mut server, bridge, options).run().await;
    assert_eq!(u16::from(ending.close_code()), 1002, "{ending:?}");
    let mut rest = [0; 16];
    let count = poll_fn(|cx| server.poll_read(cx, &mut rest)).await.unwrap();
    assert_eq!(&rest[..count], CLOSE);
}

#[tokio::test(start_paused = true)]
async fn what_a_client_sends_behind_its_last_word_is_not_read() {
    for (last, code) in [(CLOSE, 1000), (RESERVED_BIT, 1002)] {
        let (mut client, mut target, relay) = start_with_target(Dialect::Raw, PIPE);
        client.write_all(&frames(&[&binary(&[7; 100]), last])).await.unwrap();
        tokio::time::sleep(CLOSE_TIMEOUT / 4).await;
        client.write_all(&frames(&[&binary(&[8; 100]), RESERVED_BIT])).await.unwrap();
        tokio::time::sleep(CLOSE_TIMEOUT / 4).await;
        let mut heard = Vec::new();
        target.read_to_end(&mut heard).await.unwrap();
        assert_eq!((heard, u16::from(ending(relay).await.close_code())), (vec![7; 100], code));
    }
}

#[tokio::test(start_paused = true)]
async fn pongs_that_fill_the_write_buffer_displace_no_bytes() {
    const PINGS: usize = 64;
    let (near, far) = duplex(PIPE);
    let client = WebSocketStream::from_raw_socket(near, Role::Client, None).await;
    let server = server(far);
    let (mut target, bridge) = duplex(PIPE);
    let options =
        Options { dialect: Dialect::Raw, trace: false, idle: Some(IDLE), start: Instant::now() };
    let mut relay = Relay::new(server, bridge, options);
    let relay = tokio::spawn(async move { (relay.run().await, relay.totals()) });
    let (mut sink, mut stream) = client.split();
    for _ in 0..PINGS {
        sink.send(Message::Ping(Bytes::from_static(&[7; 50]))).await.unwrap();
    }
    target.write_all(b"Hello!").await.unwrap();
    target.shutdown().await.unwrap();
    let (mut heard, mut pongs) = (Vec::new(), 0);
    while let Some(Ok(message)) = stream.next().await {
        match message {
            Message::Binary(bytes) => heard.extend_from_slice(&bytes),
            Message::Pong(_) => pongs += 1,
            _ => {}
        }
    }
    assert_eq!(heard, b"Hello!");
    assert!((1..=PINGS).contains(&pongs), "{pongs} pongs");
    assert_eq!(ending(relay).await, Ending::Finished { by: Party::Target });
}

#[tokio::test(start_paused = true)]
async fn a_client_that_takes_the_last_bytes_late_gets_all_of_them() {
    for dialect in [Dialect::Raw, Dialect::Control] {
        let mut ends = start(dialect).await;
        let sent = vec![7; 3 * CHUNK];
        let expected = sent.len();
        let mut target = ends.target;
        tokio::spawn(async move {
            target.write_all(&sent).await.unwrap();
            target.shutdown().await.unwrap();
            std::future::pending::<()>().await;
        });
        if dialect == Dialect::Control {
            finish(&mut ends.client).await;
        }
        let mut heard = 0;
        while let Some(Ok(message)) = ends.client.next().await {
            if let Message::Binary(bytes) = message {
                heard += bytes.len();
            }
            tokio::time::sleep(10 * CLOSE_TIMEOUT).await;
        }
        assert_eq!(heard, expected, "{dialect:?}");
    }
}
