//! The times of traced writes and reads, over a target whose calls take virtual time.

use std::io;
use std::pin::{Pin, pin};

use tokio::io::ReadBuf;
use tokio::time::advance;

use super::*;

/// How long each write and each read takes.
const CALL: Duration = Duration::from_micros(50);

/// A target whose calls take [`CALL`].
struct Slow(DuplexStream);

/// Advances the clock by [`CALL`].
fn take_time(cx: &mut Context<'_>) {
    // The first poll advances the clock; all that the others do is yield.
    let _ = pin!(advance(CALL)).poll(cx);
}

impl AsyncWrite for Slow {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        take_time(cx);
        Pin::new(&mut self.0).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}

impl AsyncRead for Slow {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.0).poll_read(cx, buffer);
        if buffer.filled().len() > before {
            take_time(cx);
        }
        read
    }
}

#[tokio::test(start_paused = true)]
async fn a_write_is_traced_with_its_beginning_and_a_read_with_its_return() {
    let (near, far) = duplex(1024);
    let mut client = WebSocketStream::from_raw_socket(near, Role::Client, None).await;
    let server = server(far);
    let (mut target, bridge) = duplex(1024);
    let start = Instant::now();
    let options = Options { dialect: Dialect::Control, trace: true, idle: Some(IDLE), start };
    let mut relay = Relay::new(server, Slow(bridge), options);
    let relay = tokio::spawn(async move { relay.run().await });

    client.send(Message::binary(&b"ask"[..])).await.unwrap();
    let mut heard = [0; 3];
    target.read_exact(&mut heard).await.unwrap();
    let wrote = next_traced(&mut client).await;
    let BridgeMessage::Wrote { bytes: 3, began_us: Some(began_us), at_us } = wrote else {
        panic!("{wrote:?}");
    };
    assert_eq!(at_us - began_us, micros(CALL));

    let before = micros(start.elapsed());
    target.write_all(b"answer").await.unwrap();
    let read = next_traced(&mut client).await;
    let BridgeMessage::Read { bytes: 6, at_us } = read else { panic!("{read:?}") };
    assert!(at_us >= before + micros(CALL), "{at_us}");
    relay.abort();
}

async fn next_traced(client: &mut WebSocketStream<DuplexStream>) -> BridgeMessage {
    let message = client.next().await.unwrap().unwrap();
    serde_json::from_str(message.to_text().unwrap()).unwrap()
}
