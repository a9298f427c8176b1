//! The protocol's flow control, as a client keeps it (docs/protocol.md, "Flow control").

use std::collections::VecDeque;

use echo_core::wire::{ACK_EVERY, ClientMessage, WINDOW};

use crate::attachment::MAX_ATTACHMENT;

/// The longest binary message that the page sends, in bytes: long enough to cost little, and short
/// enough to leave with the first acknowledgement.
const MAX_PIECE: usize = 64 * 1024;

/// The most bytes that wait to be sent on an interactive connection: an attachment has room.
pub const MAX_QUEUED: usize = MAX_ATTACHMENT;

/// How many bytes may be sent: never more than [`WINDOW`] of them unacknowledged.
#[derive(Debug, Default)]
struct Window {
    sent: u64,
    acknowledged: u64,
}

impl Window {
    fn acknowledge(&mut self, bytes: u64) {
        self.acknowledged = self.acknowledged.max(bytes);
    }

    /// Returns how many bytes may be sent now.
    fn open(&self) -> usize {
        let open = (self.acknowledged + WINDOW).saturating_sub(self.sent);
        usize::try_from(open).unwrap_or(usize::MAX)
    }

    /// Takes as many of `wanted` bytes as may be sent now.
    fn take(&mut self, wanted: usize) -> usize {
        let taken = self.open().min(wanted);
        self.sent += taken as u64;
        taken
    }
}

/// Returns the longest binary message for a bridge that takes at most `max_message` bytes.
fn max_piece(max_message: u64) -> usize {
    usize::try_from(max_message).unwrap_or(MAX_PIECE).clamp(1, MAX_PIECE)
}

/// The send window for a message that is sent once, or again and again.
#[derive(Debug)]
pub struct SendWindow {
    max_piece: usize,
    window: Window,
    next: usize,
}

impl SendWindow {
    /// Creates the window of a connection on which nothing was sent, to a bridge that takes messages
    /// of at most `max_message` bytes.
    #[must_use]
    pub fn new(max_message: u64) -> Self {
        Self { max_piece: max_piece(max_message), window: Window::default(), next: 0 }
    }

    /// Records how many bytes the bridge has written in all.
    pub fn acknowledge(&mut self, bytes: u64) {
        self.window.acknowledge(bytes);
    }

    /// Returns the pieces of `message` that are to be sent now, each as one binary message.
    pub fn pieces(&mut self, message: &[u8]) -> Vec<Vec<u8>> {
        let rest = &message[self.next..];
        let taken = self.window.take(rest.len());
        self.next += taken;
        rest[..taken].chunks(self.max_piece).map(<[u8]>::to_vec).collect()
    }

    /// Starts the message again.
    pub fn restart(&mut self) {
        self.next = 0;
    }
}

/// Bytes that wait to be sent, in order, and their send window.
#[derive(Debug)]
pub struct SendBuffer {
    max_piece: usize,
    window: Window,
    waiting: VecDeque<u8>,
}

impl SendBuffer {
    /// Creates an empty buffer, to a bridge that takes messages of at most `max_message` bytes.
    #[must_use]
    pub fn new(max_message: u64) -> Self {
        let (window, waiting) = (Window::default(), VecDeque::new());
        Self { max_piece: max_piece(max_message), window, waiting }
    }

    /// Adds bytes, all of them or none. Returns whether there was room: at most [`MAX_QUEUED`]
    /// bytes wait.
    #[must_use]
    pub fn push(&mut self, bytes: &[u8]) -> bool {
        let fits = self.waiting.len() + bytes.len() <= MAX_QUEUED;
        if fits {
            self.waiting.extend(bytes);
        }
        fits
    }

    /// Returns how many bytes wait.
    #[must_use]
    pub fn waiting_bytes(&self) -> usize {
        self.waiting.len()
    }

    /// Returns how many more bytes could be sent now.
    #[must_use]
    pub fn room(&self) -> usize {
        self.window.open().saturating_sub(self.waiting.len())
    }

    /// Records how many bytes the bridge has written in all.
    pub fn acknowledge(&mut self, bytes: u64) {
        self.window.acknowledge(bytes);
    }

    /// Returns the pieces that are to be sent now, each as one binary message.
    pub fn pieces(&mut self) -> Vec<Vec<u8>> {
        let taken = self.window.take(self.waiting.len());
        let bytes: Vec<u8> = self.waiting.drain(..taken).collect();
        bytes.chunks(self.max_piece).map(<[u8]>::to_vec).collect()
    }
}

/// What was received, and how much of it the bridge knows to be consumed.
#[derive(Debug, Default)]
pub struct ReceiveWindow {
    consumed: u64,
    acknowledged: u64,
}

impl ReceiveWindow {
    /// Consumes bytes. Returns the acknowledgement, when one is due: after each [`ACK_EVERY`] bytes.
    pub fn consume(&mut self, bytes: usize) -> Option<ClientMessage> {
        self.consumed += bytes as u64;
        (self.consumed - self.acknowledged >= ACK_EVERY).then(|| {
            self.acknowledged = self.consumed;
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
            SendWindow::new(u64::MAX).pieces(&vec![7; LONG]).iter().all(|it| it.len() <= MAX_PIECE)
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
        send_window.restart();
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
        assert_eq!(queue.waiting_bytes() as u64, MAX_QUEUED as u64 - WINDOW);
    }

    #[test]
    fn consumed_bytes_are_acknowledged_every_quarter_of_the_window() {
        let mut receive_window = ReceiveWindow::default();
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
