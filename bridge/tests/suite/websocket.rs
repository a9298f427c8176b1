//! The decoder of frames beside tungstenite: the same bytes are the same messages and errors,
//! however they are cut.

mod generate;

use proptest::prelude::*;

use crate::corpus::fuzz::{is_as_tungstenite_reads_it, websocket};

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn what_a_client_sends_means_what_it_means_to_tungstenite(
        bytes in generate::bytes(),
        length in prop_oneof![Just(1u8), 1u8..9, any::<u8>()],
    ) {
        websocket(&[&[length], &bytes[..]].concat());
        is_as_tungstenite_reads_it(&bytes, bytes.len());
    }
}

#[test]
fn each_header_of_two_bytes_means_what_it_means_to_tungstenite() {
    /// The first fragment of a message.
    const BEGIN: [u8; 6] = [0x02, 0x80, 1, 2, 3, 4];
    for header in (0..=u16::MAX).map(u16::to_be_bytes) {
        is_as_tungstenite_reads_it(&header, 400);
        is_as_tungstenite_reads_it(&[&BEGIN[..], &header].concat(), 400);
    }
}

#[test]
fn each_close_code_means_what_it_means_to_tungstenite() {
    for code in (0..=u16::MAX).map(u16::to_be_bytes) {
        is_as_tungstenite_reads_it(&[&[0x88, 0x82, 0, 0, 0, 0], &code[..]].concat(), 3);
    }
}
