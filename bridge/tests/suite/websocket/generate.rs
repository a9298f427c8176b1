//! Bytes of clients that keep the protocol, and of clients that break it.

use proptest::collection::vec;
use proptest::prelude::*;

/// A frame as it goes over the wire, with any header that has a form.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    first: u8,
    mask: Option<[u8; 4]>,
    /// How many bytes the length takes: 0 stands for the shortest form.
    length_bytes: u8,
    payload: Vec<u8>,
}

impl Frame {
    /// Appends the frame's bytes.
    fn format(&self, bytes: &mut Vec<u8>) {
        let masked = if self.mask.is_some() { 0x80 } else { 0 };
        let length = self.payload.len();
        bytes.push(self.first);
        match (self.length_bytes, u8::try_from(length), u16::try_from(length)) {
            (0, Ok(length @ ..=0x7d), _) => bytes.push(masked | length),
            (0 | 2, _, Ok(length)) => {
                bytes.push(masked | 0x7e);
                bytes.extend_from_slice(&length.to_be_bytes());
            }
            _ => {
                bytes.push(masked | 0x7f);
                bytes.extend_from_slice(&(length as u64).to_be_bytes());
            }
        }
        bytes.extend(self.mask.iter().flatten());
        let mask = self.mask.unwrap_or_default();
        bytes.extend(self.payload.iter().zip(mask.iter().cycle()).map(|(byte, mask)| byte ^ mask));
    }
}

/// A whole message of data in valid fragments, with control frames in between.
fn message() -> impl Strategy<Value = Vec<Frame>> {
    let fragments = prop_oneof![3 => vec(payload(), 1..2), 1 => vec(payload(), 2..5)];
    let control = prop::option::weighted(0.2, control());
    (1u8..3, fragments, control).prop_map(|(opcode, fragments, control)| {
        let last = fragments.len() - 1;
        let mut frames = Vec::new();
        for (index, payload) in fragments.into_iter().enumerate() {
            let opcode = if index == 0 { opcode } else { 0 };
            let fin = if index == last { 0x80 } else { 0 };
            frames.push(Frame { first: opcode | fin, mask: Some(MASK), length_bytes: 0, payload });
            frames.extend(control.clone().filter(|_| index == 0));
        }
        frames
    })
}

/// Any but zero.
const MASK: [u8; 4] = [0x5a, 0xc3, 0x17, 0x8e];

/// Ping, Pong, or Close with any code and reason.
fn control() -> impl Strategy<Value = Frame> {
    let code = prop_oneof![0u16..1020, 2990u16..3005, 4990u16..5005, any::<u16>()];
    let close =
        (code, prop_oneof!["[a-zä€😀]{0,5}".prop_map(String::into_bytes), vec(any::<u8>(), 0..4)])
            .prop_map(|(code, reason)| (8, [&code.to_be_bytes()[..], &reason].concat()));
    let other = (8u8..11, vec(any::<u8>(), 0..4));
    let long = (8u8..11, prop_oneof![124usize..128, Just(301)])
        .prop_map(|(opcode, len)| (opcode, vec![b'x'; len]));
    prop_oneof![4 => close, 4 => other, 1 => long].prop_map(|(opcode, payload)| Frame {
        first: 0x80 | opcode,
        mask: Some(MASK),
        length_bytes: 0,
        payload,
    })
}

/// Text, text that is cut or broken, or any bytes; some of it long.
fn payload() -> impl Strategy<Value = Vec<u8>> {
    let text = "[a-zäß€漢😀]{0,40}".prop_map(String::into_bytes);
    let cut = ("[ä€😀]{1,9}", any::<prop::sample::Index>()).prop_map(|(text, cut)| {
        let mut bytes = text.into_bytes();
        bytes.truncate(cut.index(bytes.len() + 1));
        bytes
    });
    // A character in two halves, which two frames may bring together.
    let rest =
        ("[ä€😀]", 0usize..4).prop_map(|(text, cut)| text.into_bytes()[cut.min(2)..].to_vec());
    let long = (120usize..310).prop_map(|len| vec![b'x'; len]);
    let broken =
        vec(prop_oneof![Just(0xf0u8), Just(0x9f), Just(0xc0), Just(0xed), any::<u8>()], 0..6);
    prop_oneof![6 => text, 2 => cut, 1 => rest, 1 => long, 2 => broken]
}

/// A frame of which any bit may be wrong.
fn any_frame() -> impl Strategy<Value = Frame> {
    let length_bytes = prop_oneof![4 => Just(0u8), 1 => Just(2), 1 => Just(8)];
    (any::<u8>(), prop::option::weighted(0.9, any::<[u8; 4]>()), length_bytes, payload()).prop_map(
        |(first, mask, length_bytes, payload)| Frame { first, mask, length_bytes, payload },
    )
}

/// The bytes of a client: mostly whole messages and control frames, at times anything.
pub(super) fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        6 => message(),
        2 => control().prop_map(|frame| vec![frame]),
        1 => any_frame().prop_map(|frame| vec![frame]),
    ];
    let garbage = prop_oneof![3 => Just(Vec::new()), 1 => vec(any::<u8>(), 0..20)];
    (vec(part, 0..8), garbage).prop_map(|(parts, garbage)| {
        let mut bytes = Vec::new();
        parts.iter().flatten().for_each(|frame| frame.format(&mut bytes));
        bytes.extend(garbage);
        bytes
    })
}
