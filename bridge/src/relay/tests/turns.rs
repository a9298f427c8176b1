//! A session whose sides always have bytes, and always take some, does not keep the thread.

use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::task::Waker;

use tokio::io::ReadBuf;

use super::*;

/// A stream that takes all bytes, and of which the same ones come again and again.
struct Endless {
    /// At most 16 of them, so that no read ends within them.
    bytes: &'static [u8],
    read: Arc<AtomicUsize>,
}

impl AsyncRead for Endless {
    fn poll_read(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.bytes.is_empty() {
            return Poll::Pending;
        }
        let before = self.read.load(Relaxed);
        assert!(before < 100 * TURN, "one session keeps the thread");
        while buffer.remaining() >= self.bytes.len() {
            buffer.put_slice(self.bytes);
        }
        self.read.store(before + buffer.filled().len(), Relaxed);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Endless {
    fn poll_write(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

#[tokio::test(start_paused = true)]
async fn after_its_turn_a_session_lets_others_go_on() {
    // A masked frame of ten bytes, and bytes of a target.
    let frame: &[u8] = &[0x82, 0x8a, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    for (from_client, from_target) in [(frame, &[][..]), (&[], &[7][..])] {
        let read = Arc::new(AtomicUsize::new(0));
        let endless = |bytes| Endless { bytes, read: read.clone() };
        let options =
            Options { dialect: Dialect::Raw, trace: false, idle: None, start: Instant::now() };
        let client = WebSocket::new(endless(from_client), Bytes::new(), MAX_MESSAGE);
        let mut relay = Relay::new(client, endless(from_target), options);
        let mut cx = Context::from_waker(Waker::noop());
        assert!(pin!(relay.run()).poll(&mut cx).is_pending());
        let read = read.load(Relaxed);
        assert!((TURN / 2..=2 * TURN).contains(&read), "{read} bytes in one turn");
    }
}
