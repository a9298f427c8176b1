//! What a session's client is told besides the relay's own words: a queue that never grows.

#![cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "nobody tells of anything there"))]

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};

use echo_core::wire::BridgeMessage;
use tokio::sync::mpsc;

/// How many messages wait for a slow client.
const MAX_QUEUED: usize = 1024;
/// How many bytes of packets, as text, wait for a slow client; a packet that no longer fits is lost.
const MAX_QUEUED_BYTES: usize = 1024 * 1024;

/// The receiving end: the client's.
#[derive(Debug)]
pub(crate) struct News {
    queue: mpsc::Receiver<BridgeMessage>,
    counts: Arc<Counts>,
}

/// The sending end: that of whoever watches.
#[derive(Clone, Debug)]
pub(crate) struct Teller {
    queue: mpsc::Sender<BridgeMessage>,
    counts: Arc<Counts>,
}

/// What became of the packets.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub(super) told: AtomicU64,
    pub(super) lost: AtomicU64,
    queued_bytes: AtomicUsize,
    /// The network interface on which they passed, once one did.
    interface: OnceLock<String>,
}

/// An empty queue.
pub(super) fn news() -> (Teller, News) {
    let (sender, queue) = mpsc::channel(MAX_QUEUED);
    let counts = Arc::new(Counts::default());
    (Teller { queue: sender, counts: counts.clone() }, News { queue, counts })
}

impl News {
    /// The next message; `None` once nobody watches any more.
    pub(crate) fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<BridgeMessage>> {
        let next = self.queue.poll_recv(cx);
        if let Poll::Ready(Some(message)) = &next {
            self.counts.queued_bytes.fetch_sub(weight(message), Relaxed);
        }
        next
    }

    /// Counts the packets that still wait as lost, since nobody will be told of them.
    pub(super) fn discard(&mut self) {
        while let Ok(message) = self.queue.try_recv() {
            let packets = u64::from(matches!(message, BridgeMessage::Packet(_)));
            self.counts.told.fetch_sub(packets, Relaxed);
            self.counts.lost.fetch_add(packets, Relaxed);
        }
    }

    /// How many packets were told, and how many passed that were not.
    pub(super) fn counts(&self) -> (u64, u64) {
        (self.counts.told.load(Relaxed), self.counts.lost.load(Relaxed))
    }

    /// Where they passed; empty where none did.
    pub(super) fn interface(&self) -> String {
        self.counts.interface.get().cloned().unwrap_or_default()
    }
}

impl Teller {
    /// Queues `message`, if there is room; a packet for which there is none is counted as lost.
    pub(super) fn tell(&self, message: BridgeMessage) {
        let weight = weight(&message);
        let is_packet = matches!(message, BridgeMessage::Packet(_));
        let queued = self.counts.queued_bytes.fetch_add(weight, Relaxed);
        let fits = queued + weight <= MAX_QUEUED_BYTES || queued == 0;
        if fits && self.queue.try_send(message).is_ok() {
            self.counts.told.fetch_add(u64::from(is_packet), Relaxed);
        } else {
            self.counts.queued_bytes.fetch_sub(weight, Relaxed);
            self.lost(u64::from(is_packet));
        }
    }

    /// Packets pass on the network interface of this name.
    pub(super) fn interface(&self, name: String) {
        // There is one for each connection that is tried; they differ in nothing that matters here.
        let _ = self.counts.interface.set(name);
    }

    /// So many packets passed that will not be told.
    pub(super) fn lost(&self, packets: u64) {
        self.counts.lost.fetch_add(packets, Relaxed);
    }
}

fn weight(message: &BridgeMessage) -> usize {
    match message {
        BridgeMessage::Packet(packet) => packet.data.len(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use echo_core::wire::{PacketTold, TcpInfo};

    use super::*;

    fn packet(length: usize) -> BridgeMessage {
        let data = "A".repeat(length);
        BridgeMessage::Packet(PacketTold { at_ns: 0, link: 1, length: 0, data })
    }

    async fn next(news: &mut News) -> Option<BridgeMessage> {
        std::future::poll_fn(|cx| news.poll_next(cx)).await
    }

    #[tokio::test]
    async fn what_a_slow_client_does_not_take_is_counted_and_never_kept() {
        let (teller, mut news) = news();
        for _ in 0..2 * MAX_QUEUED {
            teller.tell(packet(10));
        }
        assert_eq!(news.counts(), (MAX_QUEUED as u64, MAX_QUEUED as u64));
        while !news.queue.is_empty() {
            next(&mut news).await.unwrap();
        }
        for _ in 0..5 {
            teller.tell(packet(MAX_QUEUED_BYTES / 2));
        }
        assert_eq!(news.counts(), (MAX_QUEUED as u64 + 2, MAX_QUEUED as u64 + 3));
    }

    #[test]
    fn what_still_waits_at_the_end_is_counted_as_lost() {
        let (teller, mut news) = news();
        teller.tell(packet(10));
        teller.tell(BridgeMessage::TcpInfo(TcpInfo::default()));
        news.discard();
        assert_eq!((news.counts(), news.queue.is_empty()), ((0, 1), true));
    }

    #[tokio::test]
    async fn it_ends_when_nobody_watches_any_more() {
        let (teller, mut news) = news();
        let info = BridgeMessage::TcpInfo(TcpInfo::default());
        teller.tell(info.clone());
        drop(teller);
        assert_eq!(next(&mut news).await, Some(info));
        assert_eq!(next(&mut news).await, None);
    }
}
