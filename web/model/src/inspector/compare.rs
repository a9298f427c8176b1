//! Compares the received bytes with the expected ones, byte by byte.

use std::ops::Range;

use crate::difference::DifferenceKind;
use crate::expected_reply::ExpectedReplyKind;
use crate::modes::once::Run;
use crate::transcript::{Direction, Transcript};

/// The expected bytes, with which the received ones are compared.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    expected: &'a [u8],
    /// Whether they are the bytes that were sent.
    is_echo: bool,
    /// Whether nothing more is awaited.
    is_over: bool,
}

impl Run {
    /// Returns the comparison with the expected bytes, if they are known.
    #[must_use]
    pub fn compared(&self) -> Option<Compared<'_>> {
        let exchange =
            self.exchange().filter(|it| it.expected_kind != ExpectedReplyKind::Anything)?;
        let is_over = !exchange.is_awaiting();
        Some(Compared::new(exchange.exchange.expected(), exchange.expected_kind, is_over))
    }
}

impl<'a> Compared<'a> {
    /// Creates a comparison with `expected`. If it `is_over`, no more bytes will be received.
    #[must_use]
    pub fn new(expected: &'a [u8], expected_kind: ExpectedReplyKind, is_over: bool) -> Self {
        Self { expected, is_echo: expected_kind == ExpectedReplyKind::Same, is_over }
    }

    /// Returns the offsets of all bytes that would be missing if nothing were received.
    #[must_use]
    pub fn missing(&self) -> Range<u64> {
        0..if self.is_over { self.expected.len() as u64 } else { 0 }
    }

    /// Returns how the byte at this offset differs from the expected one or, for a sent byte, from
    /// the one that came back.
    #[must_use]
    pub fn difference(
        &self,
        of: &Transcript,
        direction: Direction,
        offset: u64,
    ) -> Option<DifferenceKind> {
        let at = usize::try_from(offset).ok();
        let expected = at.and_then(|at| self.expected.get(at));
        let came = of.bytes(Direction::Received).get(offset);
        match (direction, expected, came) {
            (Direction::Sent, _, _) if !self.is_echo => None,
            (_, Some(expected), Some(came)) => {
                (*expected != came).then_some(DifferenceKind::Changed)
            }
            (Direction::Received, Some(_), None) => Some(DifferenceKind::Missing),
            (Direction::Received, None, Some(_)) => Some(DifferenceKind::Extra),
            (Direction::Sent, Some(_), None) | (_, None, _) => None,
        }
    }

    /// Returns whether an expected byte is missing.
    #[must_use]
    pub fn has_missing(&self, of: &Transcript) -> bool {
        self.is_over && of.bytes(Direction::Received).end() < self.expected.len() as u64
    }

    /// Returns whether more bytes were received than were expected.
    #[must_use]
    pub fn has_extra(&self, of: &Transcript) -> bool {
        of.bytes(Direction::Received).end() > self.expected.len() as u64
    }
}

/// The last received byte that differs from the expected one. Each byte is compared only once.
#[derive(Debug, Default)]
pub(super) struct ChangeScan {
    /// The offset after the last byte that was compared.
    end: u64,
    last_changed: Option<u64>,
}

impl ChangeScan {
    /// Compares the bytes that were received since the last call.
    pub(super) fn update(&mut self, compared: &Compared, of: &Transcript) {
        let kept = of.bytes(Direction::Received);
        let start = self.end.max(kept.start);
        self.end = kept.end();
        let expected = usize::try_from(start).ok().and_then(|start| compared.expected.get(start..));
        let came = kept.slice(&(start..self.end));
        let mut pairs = expected.unwrap_or_default().iter().zip(came);
        if let Some(index) = pairs.rposition(|(expected, came)| expected != came) {
            self.last_changed = Some(start + index as u64);
        }
    }

    /// Returns whether a byte that is kept came otherwise than expected.
    pub(super) fn has_changed(&self, of: &Transcript) -> bool {
        self.last_changed.is_some_and(|last| last >= of.bytes(Direction::Received).start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::at_ms;

    fn received(bytes: &[u8]) -> Transcript {
        let mut transcript = Transcript::new(at_ms(0.0));
        transcript.sent(at_ms(0.0), b"Hello!");
        transcript.received(at_ms(0.0), bytes);
        transcript
    }

    fn found(bytes: &[u8], is_over: bool) -> (Vec<Option<DifferenceKind>>, Vec<DifferenceKind>) {
        let (of, compared) =
            (received(bytes), Compared::new(b"Hello!", ExpectedReplyKind::Same, is_over));
        let each = (0..8).map(|at| compared.difference(&of, Direction::Received, at));
        let mut changes = ChangeScan::default();
        changes.update(&compared, &of);
        let has = |kind: &DifferenceKind| match kind {
            DifferenceKind::Changed => changes.has_changed(&of),
            DifferenceKind::Missing => compared.has_missing(&of),
            DifferenceKind::Extra => compared.has_extra(&of),
        };
        (each.collect(), DifferenceKind::ALL.into_iter().filter(has).collect())
    }

    #[test]
    fn an_echo_differs_nowhere() {
        assert_eq!(found(b"Hello!", true), (vec![None; 8], vec![]));
    }

    #[test]
    fn a_changed_byte_is_changed_on_both_sides() {
        let (each, any) = found(b"HeLlo!", true);
        assert_eq!(
            (each[2], &any[..]),
            (Some(DifferenceKind::Changed), &[DifferenceKind::Changed][..])
        );
        let (of, compared) =
            (received(b"HeLlo!"), Compared::new(b"Hello!", ExpectedReplyKind::Same, true));
        let sent = compared.difference(&of, Direction::Sent, 2);
        assert_eq!(sent, Some(DifferenceKind::Changed));
    }

    #[test]
    fn a_change_is_found_as_bytes_come_until_its_byte_is_no_longer_kept() {
        let (mut of, mut scan) = (Transcript::new(at_ms(0.0)), ChangeScan::default());
        let compared = Compared::new(b"Hello!", ExpectedReplyKind::Same, false);
        for (piece, has_changed) in [("He", false), ("Llo", true), ("!!", true)] {
            of.received(at_ms(0.0), piece.as_bytes());
            scan.update(&compared, &of);
            assert_eq!(scan.has_changed(&of), has_changed);
        }
        of.received(at_ms(0.0), &vec![0; 5 * 1024 * 1024]);
        scan.update(&compared, &of);
        assert!(!scan.has_changed(&of));
    }

    #[test]
    fn what_came_too_much_is_extra() {
        let (each, any) = found(b"Hello!!!", true);
        assert_eq!(
            (each[5], each[6], each[7]),
            (None, Some(DifferenceKind::Extra), Some(DifferenceKind::Extra))
        );
        assert_eq!(any, [DifferenceKind::Extra]);
    }

    #[test]
    fn what_has_not_come_is_missing_once_nothing_more_will() {
        let missing = [DifferenceKind::Missing];
        assert_eq!(
            (found(b"Hel", true).1, found(b"Hel", true).0[3]),
            (missing.into(), Some(missing[0]))
        );
        assert_eq!(found(b"Hel", false).1, []);
    }
}
