//! The bounded queue of what a session's client is sent besides the relay's own messages.

#![cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "only Linux has observers"))]

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};

use echo_core::wire::BridgeMessage;
use tokio::sync::mpsc;

/// The most messages that wait for a slow client.
const MAX_QUEUED: usize = 1024;
/// The most bytes of packets, in base64, that wait for a slow client. A packet beyond them is
/// counted as lost, except where the queue has no other packet.
const MAX_QUEUED_BYTES: usize = 1024 * 1024;

/// The receiving half of the queue, which the relay reads.
#[derive(Debug)]
pub(crate) struct SessionEvents {
    queue: mpsc::Receiver<BridgeMessage>,
    counts: Arc<Counts>,
}

/// The sending half of the queue, one clone for each observer.
#[derive(Clone, Debug)]
pub(crate) struct EventSender {
    queue: mpsc::Sender<BridgeMessage>,
    counts: Arc<Counts>,
}

/// What both halves know of the packets.
#[derive(Debug, Default)]
struct Counts {
    /// Packets that were queued, and not discarded.
    sent: AtomicU64,
    /// Packets that were seen, but will not reach the client.
    lost: AtomicU64,
    queued_bytes: AtomicUsize,
    /// The name of the network interface of the first packet.
    interface: OnceLock<String>,
}

/// Creates an empty queue.
pub(super) fn channel() -> (EventSender, SessionEvents) {
    let (sender, queue) = mpsc::channel(MAX_QUEUED);
    let counts = Arc::new(Counts::default());
    (EventSender { queue: sender, counts: counts.clone() }, SessionEvents { queue, counts })
}

impl SessionEvents {
    /// Polls for the next message; `None` once every [`EventSender`] is gone.
    pub(crate) fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<BridgeMessage>> {
        let next = self.queue.poll_recv(cx);
        if let Poll::Ready(Some(message)) = &next {
            self.counts.queued_bytes.fetch_sub(packet_bytes(message), Relaxed);
        }
        next
    }

    /// Drops the messages that still wait, and counts the packets among them as lost.
    pub(super) fn discard(&mut self) {
        while let Ok(message) = self.queue.try_recv() {
            let packets = u64::from(matches!(message, BridgeMessage::Packet(_)));
            self.counts.sent.fetch_sub(packets, Relaxed);
            self.counts.lost.fetch_add(packets, Relaxed);
        }
    }

    /// Returns how many packets were sent to the client, and how many were lost.
    pub(super) fn packet_counts(&self) -> (u64, u64) {
        (self.counts.sent.load(Relaxed), self.counts.lost.load(Relaxed))
    }

    /// Returns the name of the packets' network interface, empty where no packet was seen.
    pub(super) fn interface(&self) -> String {
        self.counts.interface.get().cloned().unwrap_or_default()
    }
}

impl EventSender {
    /// Queues `message` if there is room. A packet that does not fit is counted as lost; another
    /// message is dropped.
    pub(super) fn send(&self, message: BridgeMessage) {
        let bytes = packet_bytes(&message);
        let is_packet = matches!(message, BridgeMessage::Packet(_));
        let queued = self.counts.queued_bytes.fetch_add(bytes, Relaxed);
        let fits = queued + bytes <= MAX_QUEUED_BYTES || queued == 0;
        if fits && self.queue.try_send(message).is_ok() {
            self.counts.sent.fetch_add(u64::from(is_packet), Relaxed);
        } else {
            self.counts.queued_bytes.fetch_sub(bytes, Relaxed);
            self.count_lost(u64::from(is_packet));
        }
    }

    /// Sets the name of the network interface that the packets pass. The first call decides: a
    /// session may try several addresses, and reports one interface.
    pub(super) fn set_interface(&self, name: String) {
        let _ = self.counts.interface.set(name);
    }

    /// Counts packets that were seen, but will not reach the client.
    pub(super) fn count_lost(&self, packets: u64) {
        self.counts.lost.fetch_add(packets, Relaxed);
    }
}

/// Returns how much `message` counts towards [`MAX_QUEUED_BYTES`].
fn packet_bytes(message: &BridgeMessage) -> usize {
    match message {
        BridgeMessage::Packet(packet) => packet.data.len(),
        _ => 0,
    }
}

#[cfg(test)]
impl SessionEvents {
    /// Returns a queue in which `messages` wait, and nothing follows.
    pub(crate) fn of(messages: impl IntoIterator<Item = BridgeMessage>) -> Self {
        let (sender, events) = channel();
        messages.into_iter().for_each(|message| sender.send(message));
        events
    }

    /// Returns how many messages wait.
    pub(crate) fn waiting(&self) -> usize {
        self.queue.len()
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

    async fn next(events: &mut SessionEvents) -> Option<BridgeMessage> {
        std::future::poll_fn(|cx| events.poll_next(cx)).await
    }

    #[tokio::test]
    async fn packets_that_a_slow_client_does_not_take_are_counted_and_not_kept() {
        let (sender, mut events) = channel();
        for _ in 0..2 * MAX_QUEUED {
            sender.send(packet(10));
        }
        assert_eq!(events.packet_counts(), (MAX_QUEUED as u64, MAX_QUEUED as u64));
        while !events.queue.is_empty() {
            next(&mut events).await.unwrap();
        }
        for _ in 0..5 {
            sender.send(packet(MAX_QUEUED_BYTES / 2));
        }
        assert_eq!(events.packet_counts(), (MAX_QUEUED as u64 + 2, MAX_QUEUED as u64 + 3));
    }

    #[test]
    fn packets_that_still_wait_at_the_end_are_counted_as_lost() {
        let (sender, mut events) = channel();
        sender.send(packet(10));
        sender.send(BridgeMessage::TcpInfo(TcpInfo::default()));
        events.discard();
        assert_eq!((events.packet_counts(), events.queue.is_empty()), ((0, 1), true));
    }

    #[tokio::test]
    async fn the_queue_ends_when_every_sender_is_gone() {
        let (sender, mut events) = channel();
        let info = BridgeMessage::TcpInfo(TcpInfo::default());
        sender.send(info.clone());
        drop(sender);
        assert_eq!(next(&mut events).await, Some(info));
        assert_eq!(next(&mut events).await, None);
    }
}
