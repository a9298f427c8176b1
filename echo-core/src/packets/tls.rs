//! The records of TLS in a connection's packets, by what stands unencrypted in their headers
//! (RFC 8446, section 5.1).

use super::capture::{Capture, End};
use super::follow::follow;

/// A record's header: its type, the version of the protocol, and its length.
const HEADER: usize = 5;
/// The longest record, in bytes (RFC 5246, section 6.2.3).
const MAX_LENGTH: u16 = (1 << 14) + 2048;
/// How many bytes of a record's content are looked at.
const CONTENT: usize = 2;

/// A record of TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// The index of the packet in which it begins, the first being 0.
    pub packet: usize,
    /// What is in it.
    pub content: Content,
    /// How many bytes it has after its header.
    pub length: u16,
}

/// What is in a record, as far as that can be told without decrypting it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// The ciphers change: what follows is encrypted.
    ChangeCipherSpec,
    /// An alert; its number, unless that is encrypted (RFC 8446, section 6).
    Alert(Option<u8>),
    /// Messages of the handshake; the number of the first one, unless it is encrypted (RFC 8446,
    /// section 4).
    Handshake(Option<u8>),
    /// Application data. In TLS 1.3, all that is encrypted seems to be that.
    ApplicationData,
}

/// Returns the records of both ends in the order of the packets in which they begin; none if the
/// client does not begin with a record of the handshake. An end of which bytes are missing is told of
/// up to there.
#[must_use]
pub fn records(capture: &Capture) -> Vec<Record> {
    let mut streams = [Stream::default(), Stream::default()];
    let mut records = Vec::new();
    for chunk in follow(capture) {
        let stream = &mut streams[chunk.by as usize];
        stream.is_lost |= chunk.missing > 0;
        stream.read(chunk.packet, chunk.bytes, &mut records);
        if chunk.by == End::Client && stream.is_lost && records.is_empty() {
            return records;
        }
    }
    records.sort_by_key(|record| record.packet);
    // Without a ClientHello nobody asked for TLS, and what looks like a server's records is none.
    if streams[End::Client as usize].has_begun { records } else { Vec::new() }
}

impl Content {
    /// Returns its name, as Wireshark and the RFCs have it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ChangeCipherSpec => "Change Cipher Spec",
            Self::ApplicationData => "Application Data",
            Self::Handshake(number) => match number {
                Some(1) => "Client Hello",
                Some(2) => "Server Hello",
                Some(4) => "New Session Ticket",
                Some(11) => "Certificate",
                Some(12) => "Server Key Exchange",
                Some(13) => "Certificate Request",
                Some(14) => "Server Hello Done",
                Some(16) => "Client Key Exchange",
                Some(22) => "Certificate Status",
                Some(_) => "Handshake",
                None => "Encrypted Handshake",
            },
            Self::Alert(number) => match number {
                Some(0) => "Alert: close_notify",
                Some(10) => "Alert: unexpected_message",
                Some(40) => "Alert: handshake_failure",
                Some(42) => "Alert: bad_certificate",
                Some(45) => "Alert: certificate_expired",
                Some(46) => "Alert: certificate_unknown",
                Some(48) => "Alert: unknown_ca",
                Some(50) => "Alert: decode_error",
                Some(70) => "Alert: protocol_version",
                Some(80) => "Alert: internal_error",
                Some(112) => "Alert: unrecognized_name",
                Some(116) => "Alert: certificate_required",
                Some(120) => "Alert: no_application_protocol",
                Some(_) => "Alert",
                None => "Encrypted Alert",
            },
        }
    }
}

/// What one end has sent, as far as it was read.
#[derive(Default)]
struct Stream {
    /// The beginning of the record that is being read: its header, and a little of its content.
    head: Vec<u8>,
    /// The packet in which it begins.
    begun_in: usize,
    /// How many bytes follow until the next record.
    to_skip: usize,
    /// Whether its records are encrypted from here on, in TLS 1.2.
    is_encrypted: bool,
    /// Whether a record was found.
    has_begun: bool,
    /// Whether what follows cannot be told apart into records.
    is_lost: bool,
}

impl Stream {
    fn read(&mut self, packet: usize, mut bytes: &[u8], records: &mut Vec<Record>) {
        while !bytes.is_empty() && !self.is_lost {
            let skipped = self.to_skip.min(bytes.len());
            (self.to_skip, bytes) = (self.to_skip - skipped, &bytes[skipped..]);
            if bytes.is_empty() {
                return;
            }
            if self.head.is_empty() {
                self.begun_in = packet;
            }
            let wanted = (HEADER + self.content_wanted()).saturating_sub(self.head.len());
            let taken = wanted.min(bytes.len());
            self.head.extend_from_slice(&bytes[..taken]);
            bytes = &bytes[taken..];
            self.end_head(records);
        }
    }

    /// Returns how many bytes of its content are looked at, once the header is whole.
    fn content_wanted(&self) -> usize {
        self.length().map_or(0, |length| usize::from(length).min(CONTENT))
    }

    fn length(&self) -> Option<u16> {
        let length = self.head.get(3..HEADER)?;
        Some(u16::from_be_bytes([length[0], length[1]]))
    }

    /// Notes the record, once enough of it is there to tell what it is.
    fn end_head(&mut self, records: &mut Vec<Record>) {
        let Some(length) = self.length() else { return };
        let is_record = (20..=23).contains(&self.head[0])
            && self.head[1] == 3
            && length <= MAX_LENGTH
            && (self.has_begun || self.head[0] != 23);
        if !is_record {
            self.is_lost = true;
            return;
        }
        if self.head.len() < HEADER + self.content_wanted() {
            return;
        }
        let content = self.content(length);
        self.has_begun = true;
        self.is_encrypted |= content == Content::ChangeCipherSpec;
        records.push(Record { packet: self.begun_in, content, length });
        self.to_skip = usize::from(length) - self.content_wanted();
        self.head.clear();
    }

    fn content(&self, length: u16) -> Content {
        let byte = |at: usize| self.head.get(HEADER + at).copied().filter(|_| !self.is_encrypted);
        match self.head[0] {
            20 => Content::ChangeCipherSpec,
            // An alert has two bytes: how bad it is, and what it is.
            21 => Content::Alert(byte(1).filter(|_| length == 2)),
            22 => Content::Handshake(byte(0)),
            _ => Content::ApplicationData,
        }
    }
}
