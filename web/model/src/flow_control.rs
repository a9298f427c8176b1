//! The protocol's flow control, as a client keeps it.

use std::collections::VecDeque;

use echo_core::wire::{ACK_EVERY, ClientMessage, WINDOW};

/// The longest binary message the page sends, in bytes: long enough to cost little, and short
/// enough to leave with the first acknowledgement.
const PIECE: usize = 64 * 1024;

/// How many bytes may go: never more than [`WINDOW`] of them unacknowledged.
#[derive(Debug, Default)]
struct Window {
    handed: u64,
    acked: u64,
}

impl Window {
    fn acknowledge(&mut self, bytes: u64) {
        self.acked = self.acked.max(bytes);
    }

    /// As many of `wanted` bytes as may go now, and go.
    fn take(&mut self, wanted: usize) -> usize {
        let open = (self.acked + WINDOW).saturating_sub(self.handed);
        let taken = usize::try_from(open).unwrap_or(usize::MAX).min(wanted);
        self.handed += taken as u64;
        taken
    }
}

/// How many bytes may wait to be sent on a connection that stays.
pub const MAX_QUEUED: usize = 4 * 1024 * 1024;

fn piece(max_message: u64) -> usize {
    usize::try_from(max_message).unwrap_or(PIECE).clamp(1, PIECE)
}

/// A message that is to be sent, once or again and again.
#[derive(Debug)]
pub struct SendWindow {
    piece: usize,
    window: Window,
    next: usize,
}

impl SendWindow {
    /// An send_window of which nothing has been sent, to a bridge that takes messages of at most
    /// `max_message` bytes.
    #[must_use]
    pub fn new(max_message: u64) -> Self {
        Self { piece: piece(max_message), window: Window::default(), next: 0 }
    }

    /// Takes note of how many bytes the bridge has written in all.
    pub fn acknowledge(&mut self, bytes: u64) {
        self.window.acknowledge(bytes);
    }

    /// The pieces of `message` that may go now, each to be sent as one binary message.
    pub fn pieces(&mut self, message: &[u8]) -> Vec<Vec<u8>> {
        let rest = &message[self.next..];
        let taken = self.window.take(rest.len());
        self.next += taken;
        rest[..taken].chunks(self.piece).map(<[u8]>::to_vec).collect()
    }

    /// Begins the message anew.
    pub fn again(&mut self) {
        self.next = 0;
    }
}

/// Bytes that are to be sent one after the other, as somebody adds to them.
#[derive(Debug)]
pub struct SendBuffer {
    piece: usize,
    window: Window,
    waiting: VecDeque<u8>,
}

impl SendBuffer {
    /// An empty queue, to a bridge that takes messages of at most `max_message` bytes.
    #[must_use]
    pub fn new(max_message: u64) -> Self {
        let (window, waiting) = (Window::default(), VecDeque::new());
        Self { piece: piece(max_message), window, waiting }
    }

    /// Adds bytes, all of them or none; whether there was room, since at most [`MAX_QUEUED`] wait.
    #[must_use]
    pub fn push(&mut self, bytes: &[u8]) -> bool {
        let fits = self.waiting.len() + bytes.len() <= MAX_QUEUED;
        if fits {
            self.waiting.extend(bytes);
        }
        fits
    }

    /// How many bytes wait.
    #[must_use]
    pub fn len(&self) -> usize {
        self.waiting.len()
    }

    /// Takes note of how many bytes the bridge has written in all.
    pub fn acknowledge(&mut self, bytes: u64) {
        self.window.acknowledge(bytes);
    }

    /// The pieces that may go now, each to be sent as one binary message.
    pub fn pieces(&mut self) -> Vec<Vec<u8>> {
        let taken = self.window.take(self.waiting.len());
        let bytes: Vec<u8> = self.waiting.drain(..taken).collect();
        bytes.chunks(self.piece).map(<[u8]>::to_vec).collect()
    }
}

/// What has been received, and how much of it the bridge knows to be consumed.
#[derive(Debug)]
pub struct ReceiveWindow {
    consumed: u64,
    acked: u64,
}

impl ReceiveWindow {
    /// An receive_window that has received nothing.
    #[must_use]
    pub fn new() -> Self {
        Self { consumed: 0, acked: 0 }
    }

    /// Consumes so many bytes; the acknowledgement, when one is due.
    pub fn consume(&mut self, bytes: usize) -> Option<ClientMessage> {
        self.consumed += bytes as u64;
        (self.consumed - self.acked >= ACK_EVERY).then(|| {
            self.acked = self.consumed;
            ClientMessage::Ack { bytes: self.consumed }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: usize = 3 * 1024 * 1024;

    fn total(pieces: &[Vec<u8>]) -> u64 {
        pieces.iter().map(|piece| piece.len() as u64).sum()
    }

    #[test]
    fn a_short_message_goes_in_one_piece_and_once() {
        let mut send_window = SendWindow::new(u64::MAX);
        assert_eq!(send_window.pieces(b"Hello!"), [b"Hello!".to_vec()]);
        assert!(send_window.pieces(b"Hello!").is_empty());
    }

    #[test]
    fn no_piece_is_longer_than_the_bridge_takes() {
        assert_eq!(SendWindow::new(4).pieces(b"Hello!"), [b"Hell".to_vec(), b"o!".to_vec()]);
        assert!(
            SendWindow::new(u64::MAX).pieces(&vec![7; LONG]).iter().all(|it| it.len() <= PIECE)
        );
    }

    #[test]
    fn no_more_than_the_window_is_ever_unacknowledged() {
        let message = vec![7; LONG];
        let mut send_window = SendWindow::new(u64::MAX);
        let mut sent = total(&send_window.pieces(&message));
        assert_eq!(sent, WINDOW);
        assert!(send_window.pieces(&message).is_empty());
        let mut acked = 0;
        while sent < LONG as u64 {
            acked += ACK_EVERY;
            send_window.acknowledge(acked);
            sent += total(&send_window.pieces(&message));
            assert!(sent - acked <= WINDOW);
        }
        assert_eq!(sent, LONG as u64);
    }

    #[test]
    fn an_ack_lower_than_before_changes_nothing() {
        let message = vec![7; LONG];
        let mut send_window = SendWindow::new(u64::MAX);
        send_window.acknowledge(ACK_EVERY);
        send_window.acknowledge(1);
        assert_eq!(total(&send_window.pieces(&message)), WINDOW + ACK_EVERY);
    }

    #[test]
    fn a_message_that_is_sent_again_shares_the_window() {
        let message = vec![7; 700 * 1024];
        let mut send_window = SendWindow::new(u64::MAX);
        let first = total(&send_window.pieces(&message));
        send_window.again();
        assert_eq!(first + total(&send_window.pieces(&message)), WINDOW);
    }

    #[test]
    fn a_queue_sends_in_order_keeps_to_the_window_and_has_an_end() {
        let mut queue = SendBuffer::new(u64::MAX);
        assert!(queue.push(b"one") && queue.push(b"two"));
        assert_eq!(queue.pieces(), [b"onetwo".to_vec()]);
        assert!(queue.push(&vec![7; MAX_QUEUED]));
        assert!(!queue.push(b"x"));
        assert_eq!(total(&queue.pieces()), WINDOW - 6);
        queue.acknowledge(6);
        assert_eq!(total(&queue.pieces()), 6);
        assert_eq!(queue.len() as u64, MAX_QUEUED as u64 - WINDOW);
    }

    #[test]
    fn consumed_bytes_are_acknowledged_every_quarter_of_the_window() {
        let mut receive_window = ReceiveWindow::new();
        let quarter = usize::try_from(ACK_EVERY).unwrap();
        assert_eq!(receive_window.consume(quarter - 1), None);
        assert_eq!(receive_window.consume(1), Some(ClientMessage::Ack { bytes: ACK_EVERY }));
        assert_eq!(receive_window.consume(1), None);
        assert_eq!(
            receive_window.consume(quarter),
            Some(ClientMessage::Ack { bytes: 2 * ACK_EVERY + 1 })
        );
    }
}
