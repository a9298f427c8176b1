//! The records of TLS in packets, and the secrets in files.

use pcap_file::pcapng::blocks::unknown::UnknownBlock;
use pcap_file::pcapng::{Block, PcapNgReader};

use super::hello;
use crate::packets::Capture;
use crate::packets::file::{About, MAX_TLS_SECRETS, read, write};
use crate::packets::inferred::Trace;
use crate::packets::tls::{Content, records};
use crate::wire::BridgeMessage;

const SECRETS: &str = "CLIENT_RANDOM 00 11\nEXPORTER_SECRET 22 33\n";

/// The packets of a connection on which the client sent these pieces, and then the server those.
fn capture(sent: &[&[u8]], received: &[&[u8]]) -> Capture {
    let mut trace = Trace::default();
    let (local, peer) = ("127.0.0.1:51234".parse().unwrap(), "127.0.0.1:443".parse().unwrap());
    trace.record(&BridgeMessage::Connected { local, peer, resolve_us: 1, connect_us: 2 });
    for (piece, at_us) in sent.iter().zip(10..) {
        let bytes = piece.len() as u64;
        trace.record(&BridgeMessage::Wrote { bytes, began_us: Some(at_us), at_us });
    }
    for (piece, at_us) in received.iter().zip(1_000..) {
        trace.record(&BridgeMessage::Read { bytes: piece.len() as u64, at_us });
    }
    trace.packets(0, &sent.concat(), &received.concat()).unwrap()
}

/// The names of the records, each before its length, and after it the payload that it begins in.
fn named(capture: &Capture) -> Vec<(&'static str, u16, Vec<u8>)> {
    let payload = |packet: usize| capture.packets()[packet].payload().to_vec();
    let name = |record: crate::packets::tls::Record| {
        (record.content.name(), record.length, payload(record.packet))
    };
    records(capture).into_iter().map(name).collect()
}

fn record(kind: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap().to_be_bytes();
    [&[kind, 3, 3], &length[..], content].concat()
}

#[test]
fn records_are_named_in_the_packets_in_which_they_begin() {
    let hello = record(22, &[1, 0, 0, 0]);
    let data = record(23, b"encrypted");
    let (begin, rest) = data.split_at(3);
    let answer =
        [record(22, &[2, 0]), record(20, &[1]), record(22, &[77, 0]), record(21, &[9; 20])];
    let answer = answer.concat();
    let both = [&hello[..], begin].concat();
    let capture = capture(&[&both, rest, &record(21, &[1, 0])], &[&answer]);
    assert_eq!(
        named(&capture),
        [
            ("Client Hello", 4, both.clone()),
            ("Application Data", 9, both),
            ("Alert: close_notify", 2, record(21, &[1, 0])),
            ("Server Hello", 2, answer.clone()),
            ("Change Cipher Spec", 1, answer.clone()),
            ("Encrypted Handshake", 2, answer.clone()),
            ("Encrypted Alert", 20, answer),
        ]
    );
}

#[test]
fn what_is_no_tls_has_no_records() {
    for sent in
        [&b"GET / HTTP/1.1\r\n"[..], b"\x17\x03\x03\x00\x01x", b"\x16\x03", b"\x16", b"Hello!"]
    {
        assert_eq!(named(&capture(&[sent], &[&record(22, &[2])])), [], "{sent:?}");
    }
    assert_eq!(records(&hello()), []);
    // A server that says something else is not told of further.
    let half = capture(&[&record(22, &[1])], &[b"HTTP/1.0 400 Bad Request\r\n"]);
    assert_eq!(named(&half), [("Client Hello", 1, record(22, &[1]))]);
}

#[test]
fn every_content_has_a_name() {
    for number in 0..=u8::MAX {
        for content in [Content::Alert(Some(number)), Content::Handshake(Some(number))] {
            assert!(!content.name().is_empty());
        }
    }
}

#[test]
fn secrets_are_written_before_the_packets_and_read_back() {
    let about = About { tls_secrets: SECRETS, ..About::default() };
    let file = write(&hello(), &about);
    assert_eq!(read(&file).unwrap().tls_secrets, SECRETS);
    assert_eq!(read(&write(&hello(), &About::default())).unwrap().tls_secrets, "");
    let mut reader = PcapNgReader::new(&file[..]).unwrap();
    let mut blocks = Vec::new();
    while let Some(block) = reader.next_block() {
        blocks.push(match block.unwrap().0 {
            Block::Unknown(UnknownBlock { type_: 10, value, .. }) => {
                assert_eq!(value[..4], 0x544c_534b_u32.to_le_bytes());
                assert_eq!(value[8..8 + SECRETS.len()], *SECRETS.as_bytes());
                "secrets"
            }
            Block::EnhancedPacket(_) => "packet",
            _ => continue,
        });
    }
    assert_eq!(blocks[..2], ["secrets", "packet"]);
    assert_eq!(blocks.iter().filter(|block| **block == "secrets").count(), 1);
}

#[test]
fn secrets_that_are_too_many_or_of_another_kind_are_passed_over() {
    let long = "CLIENT_RANDOM 00 11\n".repeat(MAX_TLS_SECRETS / 20 + 1);
    let about = About { tls_secrets: &long, ..About::default() };
    assert_eq!(read(&write(&hello(), &about)).unwrap().tls_secrets, "");
    let about = About { tls_secrets: SECRETS, ..About::default() };
    let mut file = write(&hello(), &about);
    let kind = 0x544c_534b_u32.to_le_bytes();
    let at = file.windows(4).position(|bytes| bytes == kind).unwrap();
    file[at] = b'X';
    let read = read(&file).unwrap();
    assert_eq!((read.tls_secrets.as_str(), read.captures), ("", vec![hello()]));
}
