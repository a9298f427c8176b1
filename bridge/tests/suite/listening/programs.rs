//! Programs of the tutorial at a listener: what they say reaches the client, and its answer them.

use crate::harness::Bridge;
use crate::harness::client::Received;
use crate::harness::listener::Listening;
use crate::harness::soon;
use crate::harness::terminal::Terminal;
use echo_core::wire::{BridgeMessage, ClientMessage};

/// Claims what comes in, waits for its FIN, and answers with the same bytes and FIN.
async fn answer(bridge: &Bridge, listening: &mut Listening) -> Vec<u8> {
    let mut session = listening.accept(bridge).await;
    let mut heard = Vec::new();
    loop {
        match session.next().await {
            Received::Bytes(bytes) => heard.extend(bytes),
            Received::Control(BridgeMessage::Finished { .. }) => break,
            Received::Control(_) => {}
            Received::Close(code, reason) => panic!("{code} {reason}"),
        }
    }
    session.send(&heard).await;
    session.send_control(ClientMessage::Finish).await;
    assert_eq!(session.receive_all().await.code, 1000);
    heard
}

#[tokio::test(flavor = "multi_thread")]
async fn netcats_that_have_said_all_before_the_claim_get_their_answer() {
    let terminal = Terminal::new("listening");
    let bridge = Bridge::start(&[]).await;
    let mut listening = Listening::at(&bridge, "localhost:0").await;
    let port = listening.addresses[0].port();
    for command in [
        format!("echo hi | nc -N localhost {port}"),
        format!("echo hi | ncat localhost {port}"),
        format!("echo hi | ncat 127.0.0.1 {port}"),
    ] {
        let running = terminal.run(&command);
        assert_eq!(answer(&bridge, &mut listening).await, b"hi\n", "{command}");
        let output = soon(tokio::task::spawn_blocking(move || running.output())).await.unwrap();
        assert_eq!(output, b"hi\n", "{command}");
    }
}
