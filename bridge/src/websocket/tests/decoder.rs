//! What each rule of RFC 6455 means for the bytes of a client, however they are cut.

use bytes::Bytes;
use tokio_tungstenite::tungstenite::error::{CapacityError, ProtocolError};
use tokio_tungstenite::tungstenite::protocol::frame::coding::{CloseCode, Data};

use super::super::DataKind;
use super::*;

/// The longest message here: more than two bytes say.
const MAX_MESSAGE: usize = 70_000;
/// A mask whose bytes all differ.
const MASK: [u8; 4] = [1, 2, 3, 4];

/// What a client has said: messages in their pieces joined, and control frames.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Said {
    Message(DataKind, Vec<u8>),
    Control(Event),
}

/// Returns a masked frame, whose first byte this is.
fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![first];
    match payload.len() {
        length @ 0..126 => frame.push(0x80 | u8::try_from(length).unwrap()),
        length @ 126..0x1_0000 => {
            frame.push(0xfe);
            frame.extend_from_slice(&u16::try_from(length).unwrap().to_be_bytes());
        }
        length => {
            frame.push(0xff);
            frame.extend_from_slice(&(length as u64).to_be_bytes());
        }
    }
    frame.extend_from_slice(&MASK);
    frame.extend(payload.iter().zip(MASK.iter().cycle()).map(|(byte, mask)| byte ^ mask));
    frame
}

/// Decodes `bytes`, of which at most `step` come at once.
fn decode(bytes: &[u8], step: usize) -> Result<Vec<Said>, Error> {
    let mut decoder = Decoder::new(MAX_MESSAGE);
    let (mut said, mut message) = (Vec::new(), Vec::new());
    for piece in bytes.chunks(step) {
        let mut piece = piece.to_vec();
        let mut rest = &mut piece[..];
        while !rest.is_empty() {
            let (taken, event) = decoder.decode(rest)?;
            assert!(taken > 0, "nothing was taken");
            match event {
                Some(Event::Data { kind, payload, is_last }) => {
                    message.extend_from_slice(&rest[payload]);
                    if is_last {
                        said.push(Said::Message(kind, std::mem::take(&mut message)));
                    }
                }
                Some(event) => said.push(Said::Control(event)),
                None => {}
            }
            rest = &mut rest[taken..];
        }
    }
    Ok(said)
}

/// Checks what `frames` mean, however they are cut.
fn check(frames: &[Vec<u8>], expected: &[Said]) {
    let bytes = frames.concat();
    for step in [1, 3, 5, bytes.len()] {
        assert_eq!(decode(&bytes, step).unwrap(), expected, "{step} bytes at once");
    }
}

/// Returns why `frames` are refused, and checks that they are, however they are cut.
fn refusal(frames: &[Vec<u8>]) -> Error {
    let bytes = frames.concat();
    let whole = decode(&bytes, bytes.len()).unwrap_err();
    for step in [1, 3, 5] {
        let error = decode(&bytes, step).unwrap_err();
        assert_eq!(error.to_string(), whole.to_string(), "{step} bytes at once");
    }
    whole
}

fn message(kind: DataKind, bytes: impl Into<Vec<u8>>) -> Said {
    Said::Message(kind, bytes.into())
}

#[test]
fn a_payload_of_each_form_of_its_length_is_unmasked() {
    for length in [0, 1, 125, 126, 0xffff, 0x1_0000] {
        let payload: Vec<u8> = (0..=250).cycle().take(length).collect();
        check(&[frame(0x82, &payload)], &[message(DataKind::Binary, payload)]);
    }
}

#[test]
fn fragments_are_one_message_among_which_control_frames_may_be() {
    let question = || Said::Control(Event::Ping(Bytes::from_static(b"there?")));
    let answer = || Said::Control(Event::Pong(Bytes::from_static(b"here")));
    check(
        &[
            frame(0x01, "h\u{e9}".as_bytes().split_at(2).0),
            frame(0x89, b"there?"),
            frame(0x80, "h\u{e9}".as_bytes().split_at(2).1),
            frame(0x02, b"a"),
            frame(0x8a, b"here"),
            frame(0x00, b""),
            frame(0x80, b"b"),
            frame(0x81, b"c"),
        ],
        &[
            question(),
            message(DataKind::Text, "h\u{e9}"),
            answer(),
            message(DataKind::Binary, "ab"),
            message(DataKind::Text, "c"),
        ],
    );
}

#[test]
fn a_message_may_have_the_greatest_length_and_no_more_in_one_frame_or_in_several() {
    let all = vec![7; MAX_MESSAGE];
    let (first, rest) = all.split_at(MAX_MESSAGE / 2);
    let expected = message(DataKind::Binary, &all[..]);
    check(&[frame(0x82, &all)], std::slice::from_ref(&expected));
    // Each message has the whole length to itself.
    let fragments = [frame(0x02, first), frame(0x80, rest)];
    check(&[&fragments[..], &fragments].concat(), &[expected.clone(), expected]);
    let longer = [&all[..], b"!"].concat();
    for frames in [&[frame(0x82, &longer)][..], &[frame(0x02, &all), frame(0x80, b"!")]] {
        let error = refusal(frames);
        let Error::Capacity(CapacityError::MessageTooLong { size, max_size }) = error else {
            panic!("{error:?}");
        };
        assert_eq!((size, max_size), (MAX_MESSAGE + 1, MAX_MESSAGE));
    }
}

#[test]
fn a_frame_that_breaks_a_rule_is_refused_with_that_rule() {
    use ProtocolError as P;
    let unmasked = vec![0x82, 1, b'x'];
    let begun = || frame(0x02, b"x");
    for (frames, expected) in [
        (vec![unmasked], P::UnmaskedFrameFromClient),
        (vec![frame(0xc2, b"x")], P::NonZeroReservedBits),
        (vec![frame(0xa2, b"x")], P::NonZeroReservedBits),
        (vec![frame(0x92, b"x")], P::NonZeroReservedBits),
        (vec![frame(0x09, b"x")], P::FragmentedControlFrame),
        (vec![frame(0x89, &[b'x'; 126])], P::ControlFrameTooBig),
        (vec![frame(0x80, b"x")], P::UnexpectedContinueFrame),
        (vec![frame(0x82, b"x"), frame(0x80, b"x")], P::UnexpectedContinueFrame),
        (vec![begun(), frame(0x82, b"x")], P::ExpectedFragment(Data::Binary)),
        (vec![begun(), frame(0x81, b"x")], P::ExpectedFragment(Data::Text)),
        (vec![frame(0x83, b"x")], P::InvalidOpcode(3)),
        (vec![frame(0x8b, b"x")], P::InvalidOpcode(11)),
        (vec![frame(0x88, b"x")], P::InvalidCloseSequence),
    ] {
        let error = refusal(&frames);
        let Error::Protocol(rule) = &error else { panic!("{error:?}") };
        assert_eq!(*rule, expected, "{frames:?}");
    }
}

#[test]
fn a_control_frame_of_the_greatest_length_is_read() {
    let payload = [b'x'; 125];
    let ping = Event::Ping(Bytes::copy_from_slice(&payload));
    check(&[frame(0x89, &payload)], &[Said::Control(ping)]);
}

#[test]
fn text_is_utf8_to_its_end() {
    for frames in [
        vec![frame(0x81, b"\xff")],
        vec![frame(0x81, b"h\xc3")],
        vec![frame(0x01, b"h\xc3"), frame(0x80, b"")],
        vec![frame(0x01, b"h\xc3"), frame(0x80, b"hello")],
        vec![frame(0x01, b"h\xe2\x82"), frame(0x80, b"hello")],
        vec![frame(0x88, b"\x03\xe8\xff")],
    ] {
        let error = refusal(&frames);
        assert!(matches!(error, Error::Utf8(_)), "{frames:?}: {error:?}");
    }
    let text = "a character of two bytes: \u{e9}, three: \u{20ac}, four: \u{1f600}.";
    check(&[frame(0x81, text.as_bytes())], &[message(DataKind::Text, text)]);
    check(&[frame(0x82, b"\xff")], &[message(DataKind::Binary, *b"\xff")]);
}

#[test]
fn close_is_told_with_its_code_and_reason() {
    for (payload, expected) in [
        (&b""[..], None),
        (b"\x03\xe8", Some((CloseCode::Normal, ""))),
        (b"\x03\xe9bye", Some((CloseCode::Away, "bye"))),
        // 1005 is never sent.
        (b"\x03\xedbye", Some((CloseCode::Protocol, "Protocol violation"))),
    ] {
        let said = decode(&frame(0x88, payload), 1).unwrap();
        let [Said::Control(Event::Close(close))] = &said[..] else { panic!("{said:?}") };
        let close = close.as_ref().map(|close| (close.code, close.reason.as_str()));
        assert_eq!(close, expected);
    }
}
