//! A packet as it was captured.

use super::{DecodeError, Link};
use crate::wire::PacketTold;

/// The bytes of a packet, from its link layer on, and when it passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// When it passed, in nanoseconds since 1970 (UTC).
    pub at_ns: u64,
    /// What the bytes begin with.
    pub link: Link,
    /// How long it was, in bytes; more than was captured, if it was cut short.
    pub length: u32,
    /// What was captured of it.
    pub bytes: Vec<u8>,
}

impl Frame {
    /// Returns the packet of a message. `began_us` is when its session began, in microseconds since
    /// 1970 (UTC).
    ///
    /// # Errors
    /// Where its link layer is not known, or its bytes are no base64.
    pub fn from_message(message: &PacketTold, began_us: u64) -> Result<Self, DecodeError> {
        let link = Link::from_number(message.link)?;
        let bytes = base64(message.data.as_bytes()).ok_or(DecodeError::Malformed)?;
        let at_ns = began_us.saturating_mul(1000).saturating_add(message.at_ns);
        Ok(Self { at_ns, link, length: message.length, bytes })
    }

    /// Whether more of it passed than was captured.
    #[must_use]
    pub fn is_cut_short(&self) -> bool {
        self.bytes.len() < self.length as usize
    }
}

/// The bytes that this text stands for (RFC 4648, section 4), with or without its padding.
fn base64(text: &[u8]) -> Option<Vec<u8>> {
    let end = text.iter().rposition(|byte| *byte != b'=').map_or(0, |last| last + 1);
    let mut bytes = Vec::with_capacity(end / 4 * 3 + 2);
    for group in text[..end].chunks(4) {
        let mut bits = 0;
        for byte in group {
            bits = bits << 6 | sextet(*byte)?;
        }
        // Four sextets are three bytes; of fewer, what is left over is padding.
        bits <<= 6 * (4 - group.len());
        bytes.extend_from_slice(&bits.to_be_bytes()[1..group.len()]);
    }
    Some(bytes)
}

fn sextet(byte: u8) -> Option<u32> {
    let (first, offset) = match byte {
        b'A'..=b'Z' => (b'A', 0),
        b'a'..=b'z' => (b'a', 26),
        b'0'..=b'9' => (b'0', 52),
        b'+' => (b'+', 62),
        b'/' => (b'/', 63),
        _ => return None,
    };
    Some(u32::from(byte - first) + offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_reads_the_vectors_of_its_rfc() {
        let vectors = ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"];
        for (length, text) in vectors.iter().enumerate() {
            assert_eq!(base64(text.as_bytes()).unwrap(), b"foobar"[..length]);
        }
        assert_eq!(base64(b"+/+/").unwrap(), [0xfb, 0xff, 0xbf]);
        for text in ["Zm9v\n", "Zm 9", "=Zg=", "Zg-_"] {
            assert_eq!(base64(text.as_bytes()), None, "{text:?}");
        }
    }

    #[test]
    fn a_packet_that_was_told_has_the_time_of_its_session() {
        let told = PacketTold { at_ns: 7, link: 101, length: 9, data: "Zm9v".into() };
        let frame = Frame::from_message(&told, 2).unwrap();
        assert_eq!((frame.at_ns, frame.link, &frame.bytes[..]), (2007, Link::Raw, &b"foo"[..]));
        assert!(frame.is_cut_short());
        assert_eq!(
            Frame::from_message(&PacketTold { link: 9, ..told }, 0),
            Err(DecodeError::Link(9))
        );
    }
}
