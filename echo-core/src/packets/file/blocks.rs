//! What pcapng files are made of: blocks, and options in them. Codes and layouts are those of the
//! draft, sections 3 and 4.

#![expect(
    clippy::cast_possible_truncation,
    reason = "what is read has as many bits, and what is written is far below 4 GiB"
)]

/// The blocks that mean something here; all others are passed over.
pub(super) const SECTION: u32 = 0x0a0d_0d0a;
pub(super) const INTERFACE: u32 = 1;
pub(super) const SIMPLE_PACKET: u32 = 3;
pub(super) const NAMES: u32 = 4;
pub(super) const ENHANCED_PACKET: u32 = 6;
pub(super) const SECRETS: u32 = 10;

/// Says in which byte order a section is.
pub(super) const BYTE_ORDER: u32 = 0x1a2b_3c4d;

/// Options, of any block, of sections, of interfaces and of packets.
pub(super) const COMMENT: u16 = 1;
pub(super) const APPLICATION: u16 = 4;
pub(super) const INTERFACE_NAME: u16 = 2;
pub(super) const INTERFACE_DESCRIPTION: u16 = 3;
pub(super) const RESOLUTION: u16 = 9;
pub(super) const OFFSET: u16 = 14;
pub(super) const FLAGS: u16 = 2;

/// Secrets that are lines of a TLS key log (`TLSK`).
pub(super) const TLS_KEY_LOG: u32 = 0x544c_534b;

/// Records of names.
pub(super) const NAME_IPV4: u16 = 1;
pub(super) const NAME_IPV6: u16 = 2;

/// Numbers in one of the two byte orders, from bytes that may end too early.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) big: bool,
}

impl<'a> Reader<'a> {
    /// The next `length` bytes, if there are as many.
    pub(super) fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        Some(taken)
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        self.number(2).map(|number| number as u16)
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.number(4).map(|number| number as u32)
    }

    /// A number of so many bytes: at most eight.
    pub(super) fn number(&mut self, length: usize) -> Option<u64> {
        let bytes = self.take(length)?;
        let push = |sum: u64, byte: &u8| sum << 8 | u64::from(*byte);
        Some(if self.big { bytes.iter().fold(0, push) } else { bytes.iter().rfold(0, push) })
    }

    /// Bytes that are padded to a multiple of four; the padding may be missing at the end.
    pub(super) fn padded(&mut self, length: usize) -> Option<&'a [u8]> {
        let taken = self.take(length)?;
        let padding = (length.next_multiple_of(4) - length).min(self.bytes.len());
        self.take(padding)?;
        Some(taken)
    }

    /// The next option or record: its code and value, until one with code 0, or none.
    pub(super) fn entry(&mut self) -> Option<(u16, &'a [u8])> {
        let (code, length) = (self.u16()?, self.u16()?);
        let value = self.padded(usize::from(length))?;
        (code != 0).then_some((code, value))
    }
}

/// A file that is being written, in little-endian order.
#[derive(Default)]
pub(super) struct Writer {
    pub(super) bytes: Vec<u8>,
}

impl Writer {
    /// A block: `body` writes what is inside.
    pub(super) fn block(&mut self, kind: u32, body: impl FnOnce(&mut Self)) {
        let start = self.bytes.len();
        self.u32(kind);
        self.u32(0);
        body(self);
        // The length counts all of the block, and stands at both ends.
        let length = self.bytes.len() + 4 - start;
        self.u32(length as u32);
        self.bytes[start + 4..start + 8].copy_from_slice(&(length as u32).to_le_bytes());
    }

    pub(super) fn u32(&mut self, number: u32) {
        self.bytes.extend_from_slice(&number.to_le_bytes());
    }

    /// Two numbers of 16 bits.
    pub(super) fn pair(&mut self, first: u16, second: u16) {
        self.u32(u32::from(first) | u32::from(second) << 16);
    }

    /// Bytes, padded to a multiple of four.
    pub(super) fn padded(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
        self.bytes.resize(self.bytes.len().next_multiple_of(4), 0);
    }

    /// An option, or a record; what is longer than its length can say is left out.
    pub(super) fn entry(&mut self, code: u16, value: &[u8]) {
        if let Ok(length) = u16::try_from(value.len()) {
            self.pair(code, length);
            self.padded(value);
        }
    }
}
