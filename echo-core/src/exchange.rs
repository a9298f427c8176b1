//! The comparison of a reply with what was sent.

/// How many bytes that nobody waited for are kept to be shown; more are only counted.
pub const MAX_EXTRA_KEPT: usize = 64 * 1024;

/// One exchange with a server: the bytes sent, those expected, and those that have arrived so far.
///
/// It reads as the tutorial's client does with `read_exact`: exactly as many bytes as are expected,
/// however TCP cut them into pieces, and then it compares. From an echo server it expects what was
/// sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    sent: Vec<u8>,
    /// None: the same as was sent.
    expected: Option<Vec<u8>>,
    reply: Vec<u8>,
    extra: Vec<u8>,
    extra_count: u64,
}

/// What became of an exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Exactly the bytes expected came back.
    Same,
    /// As many bytes came back, but others.
    Different {
        /// The bytes that came instead.
        reply: Vec<u8>,
    },
    /// The connection ended or failed before enough bytes came.
    Incomplete {
        /// The bytes that did come: fewer than are expected.
        reply: Vec<u8>,
    },
}

impl Exchange {
    /// An exchange that expects exactly the bytes `sent` to come back.
    #[must_use]
    pub fn new(sent: Vec<u8>) -> Self {
        let (reply, extra) = (Vec::new(), Vec::new());
        Self { sent, expected: None, reply, extra, extra_count: 0 }
    }

    /// An exchange that expects these other bytes to come back. Where none are expected, all that
    /// comes is [`extra`](Self::extra).
    #[must_use]
    pub fn expecting(sent: Vec<u8>, expected: Vec<u8>) -> Self {
        Self { expected: Some(expected), ..Self::new(sent) }
    }

    /// Takes bytes as they arrive, in any chunking. What comes after the expected number of bytes
    /// is no part of the reply; it is told by [`extra`](Self::extra).
    pub fn receive(&mut self, bytes: &[u8]) {
        let missing = self.expected().len() - self.reply.len();
        let (reply, extra) = bytes.split_at(missing.min(bytes.len()));
        self.reply.extend_from_slice(reply);
        self.extra_count += extra.len() as u64;
        let room = MAX_EXTRA_KEPT - self.extra.len();
        self.extra.extend_from_slice(&extra[..room.min(extra.len())]);
    }

    /// Whether as many bytes as are expected have come.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.reply.len() == self.expected().len()
    }

    /// Whether exactly the bytes expected have come.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.reply == self.expected()
    }

    /// The outcome, if the reply is complete: [`Outcome::Same`] or [`Outcome::Different`].
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        if !self.is_complete() {
            None
        } else if self.is_same() {
            Some(Outcome::Same)
        } else {
            Some(Outcome::Different { reply: self.reply.clone() })
        }
    }

    /// The outcome when nothing more will come, whether the connection ended or failed.
    #[must_use]
    pub fn finish(&self) -> Outcome {
        self.outcome().unwrap_or_else(|| Outcome::Incomplete { reply: self.reply.clone() })
    }

    /// The bytes that were sent.
    #[must_use]
    pub fn sent(&self) -> &[u8] {
        &self.sent
    }

    /// The bytes that should come back.
    #[must_use]
    pub fn expected(&self) -> &[u8] {
        self.expected.as_deref().unwrap_or(&self.sent)
    }

    /// The reply so far: at most as many bytes as are expected.
    #[must_use]
    pub fn reply(&self) -> &[u8] {
        &self.reply
    }

    /// What arrived after the reply was complete, which a client that reads only as many bytes as
    /// it expects never sees: the first [`MAX_EXTRA_KEPT`] bytes, and how many there were in all.
    #[must_use]
    pub fn extra(&self) -> (&[u8], u64) {
        (&self.extra, self.extra_count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Feeds `bytes` to a new exchange, cut at the given places.
    fn exchange(sent: &[u8], bytes: &[u8], cuts: &[usize]) -> Exchange {
        let mut exchange = Exchange::new(sent.to_vec());
        let mut cuts: Vec<_> = cuts.iter().map(|cut| cut % (bytes.len() + 1)).collect();
        cuts.extend([0, bytes.len()]);
        cuts.sort_unstable();
        for piece in cuts.windows(2) {
            exchange.receive(&bytes[piece[0]..piece[1]]);
        }
        exchange
    }

    #[test]
    fn the_same_bytes_are_the_same() {
        let exchange = exchange(b"Hello!", b"Hello!", &[]);
        assert_eq!((exchange.is_same(), exchange.outcome()), (true, Some(Outcome::Same)));
    }

    #[test]
    fn as_many_other_bytes_are_different() {
        let exchange = exchange(b"Hello!", b"HELLO!", &[2]);
        let different = Outcome::Different { reply: b"HELLO!".to_vec() };
        assert_eq!((exchange.is_same(), exchange.outcome()), (false, Some(different)));
    }

    #[test]
    fn too_few_bytes_are_no_outcome_until_nothing_more_can_come() {
        let exchange = exchange(b"Hello!", b"Hel", &[]);
        assert_eq!((exchange.is_same(), exchange.outcome()), (false, None));
        assert_eq!(exchange.reply(), b"Hel");
        assert_eq!(exchange.finish(), Outcome::Incomplete { reply: b"Hel".to_vec() });
    }

    #[test]
    fn bytes_after_the_reply_are_told_and_change_nothing() {
        let exchange = exchange(b"Hello!", b"Hello!!!!", &[]);
        assert_eq!(exchange.outcome(), Some(Outcome::Same));
        assert_eq!(exchange.extra(), (&b"!!!"[..], 3));
    }

    #[test]
    fn other_bytes_than_those_sent_can_be_expected() {
        let mut exchange = Exchange::expecting(b"PING".to_vec(), b"+PONG".to_vec());
        exchange.receive(b"+PON");
        assert_eq!((exchange.is_complete(), exchange.outcome()), (false, None));
        exchange.receive(b"G");
        assert_eq!(exchange.outcome(), Some(Outcome::Same));
        assert_eq!((exchange.sent(), exchange.expected()), (&b"PING"[..], &b"+PONG"[..]));
    }

    #[test]
    fn where_nothing_is_expected_all_that_comes_is_extra() {
        let mut exchange = Exchange::expecting(b"PING".to_vec(), vec![]);
        exchange.receive(b"+PONG");
        assert_eq!((exchange.reply(), exchange.extra()), (&b""[..], (&b"+PONG"[..], 5)));
    }

    #[test]
    fn a_flood_after_the_reply_is_counted_and_not_kept() {
        let mut exchange = Exchange::new(b"x".to_vec());
        exchange.receive(&vec![b'x'; MAX_EXTRA_KEPT]);
        exchange.receive(&vec![b'x'; MAX_EXTRA_KEPT]);
        let (kept, count) = exchange.extra();
        assert_eq!((kept.len(), count), (MAX_EXTRA_KEPT, 2 * MAX_EXTRA_KEPT as u64 - 1));
    }

    proptest! {
        #[test]
        fn any_chunking_gives_the_same_outcome(
            sent in prop::collection::vec(0u8..4, 1..12),
            arrived in prop::collection::vec(0u8..4, 0..16),
            cuts in prop::collection::vec(any::<usize>(), 0..8),
        ) {
            prop_assert_eq!(exchange(&sent, &arrived, &cuts), exchange(&sent, &arrived, &[]));
        }

        #[test]
        fn an_echo_in_any_chunking_is_the_same(
            sent in prop::collection::vec(any::<u8>(), 1..64),
            cuts in prop::collection::vec(any::<usize>(), 0..16),
        ) {
            prop_assert_eq!(exchange(&sent, &sent, &cuts).outcome(), Some(Outcome::Same));
        }

        #[test]
        fn a_changed_byte_never_passes_for_an_echo(
            sent in prop::collection::vec(any::<u8>(), 1..64),
            at in any::<prop::sample::Index>(),
            flip in 1u8..=255,
        ) {
            let mut reply = sent.clone();
            reply[at.index(sent.len())] ^= flip;
            let outcome = exchange(&sent, &reply, &[]).outcome();
            prop_assert_eq!(outcome, Some(Outcome::Different { reply }));
        }
    }
}
