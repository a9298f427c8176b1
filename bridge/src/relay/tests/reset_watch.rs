//! When the relay watches for a reset by the client.

use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use tokio::io::AsyncReadExt as _;

use super::*;

/// How many watches of [`a_reset_is_watched_for_only_while_the_client_is_not_read`] run.
static WATCHES: AtomicUsize = AtomicUsize::new(0);

/// A watch that notices nothing.
struct Watch;

impl Watch {
    fn start<W>(_: &W) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        WATCHES.fetch_add(1, Relaxed);
        let watch = Self;
        Box::pin(async move {
            std::future::pending::<()>().await;
            drop(watch);
        })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        WATCHES.fetch_sub(1, Relaxed);
    }
}

#[tokio::test(start_paused = true)]
async fn a_reset_is_watched_for_only_while_the_client_is_not_read() {
    let (near, far) = duplex(4 * QUEUE_RAW);
    let mut client = WebSocketStream::from_raw_socket(near, Role::Client, None).await;
    let (mut target, bridge) = duplex(PIPE);
    let options =
        Options { dialect: Dialect::Raw, trace: false, idle: None, start: Instant::now() };
    let mut relay = Relay::new(server(far), bridge, options).with_reset_watch(Watch::start);
    let relay = tokio::spawn(async move { (relay.run().await, relay.totals()) });
    let watches = async || {
        tokio::time::sleep(Duration::from_millis(1)).await;
        WATCHES.load(Relaxed)
    };
    assert_eq!(watches().await, 0, "the client is read");
    client.send(Message::binary(vec![0; 2 * QUEUE_RAW])).await.unwrap();
    assert_eq!(watches().await, 1, "the target is stalled");
    target.read_exact(&mut vec![0; 2 * QUEUE_RAW]).await.unwrap();
    assert_eq!(watches().await, 0, "the client is read again");
    // Close comes along with the bytes.
    client.feed(Message::binary(vec![0; 2 * QUEUE_RAW])).await.unwrap();
    client.close(None).await.unwrap();
    assert_eq!(watches().await, 0, "the client has closed");
    target.read_exact(&mut vec![0; 2 * QUEUE_RAW]).await.unwrap();
    assert_eq!(ending(relay).await, Ending::ClientClosed);
}
