//! The options of a TCP header.

use std::ops::Range;

/// An option: its kind, its bytes, what they say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TcpOption {
    /// What it is.
    pub kind: OptionKind,
    /// Its bytes, as of the frame.
    pub bytes: Range<usize>,
}

/// What an option says (RFC 9293, section 3.2; RFC 7323; RFC 2018).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OptionKind {
    /// The end of the options; what follows is padding.
    End,
    /// A byte that says nothing.
    NoOperation,
    /// The longest segment the sender takes, in bytes of payload.
    MaximumSegmentSize(u16),
    /// Windows are to be multiplied by two, so many times.
    WindowScale(u8),
    /// Selective acknowledgements are understood.
    SackPermitted,
    /// What arrived beyond a gap, as sequence numbers from and to.
    Sack(Vec<(u32, u32)>),
    /// The sender's clock, and the other end's last one, as it came.
    Timestamps(u32, u32),
    /// Any other, by its number.
    Other(u8),
}

/// The options in `bytes[range]`; from a malformed one on, there are none.
pub(super) fn options(bytes: &[u8], range: Range<usize>) -> Vec<TcpOption> {
    let mut found = Vec::new();
    let (mut at, end) = (range.start, range.end);
    while at < end {
        let length = match (bytes[at], bytes.get(at + 1)) {
            (0, _) => end - at,
            (1, _) => 1,
            (_, Some(&length)) if length >= 2 && at + 1 < end => usize::from(length),
            _ => break,
        };
        if length > end - at {
            break;
        }
        found.push(TcpOption { kind: kind(&bytes[at..at + length]), bytes: at..at + length });
        at += length;
    }
    found
}

fn kind(option: &[u8]) -> OptionKind {
    let numbers = |bytes: &[u8]| {
        let (words, _) = bytes.as_chunks::<4>();
        words.iter().map(|word| u32::from_be_bytes(*word)).collect::<Vec<_>>()
    };
    match *option {
        [0, ..] => OptionKind::End,
        [1] => OptionKind::NoOperation,
        [2, 4, high, low] => OptionKind::MaximumSegmentSize(u16::from_be_bytes([high, low])),
        // More than 14 counts as 14 (RFC 7323, section 2.3).
        [3, 3, scale] => OptionKind::WindowScale(scale.min(14)),
        [4, 2] => OptionKind::SackPermitted,
        [5, _, ref edges @ ..] if edges.len() % 8 == 0 => {
            let numbers = numbers(edges);
            OptionKind::Sack(numbers.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect())
        }
        [8, 10, ref times @ ..] if times.len() == 8 => {
            let numbers = numbers(times);
            OptionKind::Timestamps(numbers[0], numbers[1])
        }
        _ => OptionKind::Other(option[0]),
    }
}
