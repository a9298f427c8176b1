//! A target that keeps bytes which it took until it is flushed, as a stream over TLS does.

use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use tokio::io::ReadBuf;

use super::*;

/// A target that passes bytes on when it is flushed, and counts how often it was.
struct Keeping {
    target: DuplexStream,
    kept: Vec<u8>,
    flushes: Arc<AtomicUsize>,
}

impl AsyncWrite for Keeping {
    fn poll_write(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.kept.extend_from_slice(bytes);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.flushes.fetch_add(1, Relaxed);
        let Self { target, kept, .. } = &mut *self;
        while !kept.is_empty() {
            let Poll::Ready(count) = Pin::new(&mut *target).poll_write(cx, kept)? else {
                return Poll::Pending;
            };
            kept.drain(..count);
        }
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.target).poll_shutdown(cx)
    }
}

impl AsyncRead for Keeping {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.target).poll_read(cx, buffer)
    }
}

#[tokio::test(start_paused = true)]
async fn a_target_is_flushed_after_bytes_and_for_nothing_else() {
    let (near, far) = duplex(1024);
    let mut client = WebSocketStream::from_raw_socket(near, Role::Client, None).await;
    let (mut target, bridge) = duplex(1024);
    let flushes = Arc::new(AtomicUsize::new(0));
    let keeping = Keeping { target: bridge, kept: Vec::new(), flushes: flushes.clone() };
    let options =
        Options { dialect: Dialect::Control, trace: false, idle: None, start: Instant::now() };
    let mut relay = Relay::new(server(far), keeping, options);
    let relay = tokio::spawn(async move { relay.run().await });

    target.write_all(b"hello").await.unwrap();
    client.next().await.unwrap().unwrap();
    assert_eq!(flushes.load(Relaxed), 0, "nothing was written");

    client.send(Message::binary(&b"ask"[..])).await.unwrap();
    let mut heard = [0; 3];
    timeout(CLOSE_TIMEOUT, target.read_exact(&mut heard)).await.unwrap().unwrap();
    finish(&mut client).await;
    assert_eq!(target.read(&mut [0]).await.unwrap(), 0);
    let before = flushes.load(Relaxed);
    target.write_all(b"answer").await.unwrap();
    client.next().await.unwrap().unwrap();
    assert_eq!(flushes.load(Relaxed), before, "FIN was sent");
    relay.abort();
}
