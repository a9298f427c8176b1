//! What a client's bytes mean, and the WebSocket over small pipes. That the decoder reads any bytes as
//! tungstenite does, `bridge/tests/suite/websocket.rs` tests.

mod decoder;
mod stream;

use tokio_tungstenite::tungstenite::Error;

use super::{Decoder, Event};

#[test]
fn a_message_in_a_million_fragments_costs_no_memory() {
    const MAX_MESSAGE: usize = 1 << 20;
    let mut decoder = Decoder::new(MAX_MESSAGE);
    for index in 0..MAX_MESSAGE {
        let opcode = u8::from(index == 0);
        let mut frame = [opcode, 0x81, 0, 0, 0, 0, b'x'];
        let (taken, event) = decoder.decode(&mut frame).unwrap();
        let Some(Event::Data { payload, is_last: false, .. }) = event else { panic!("{event:?}") };
        assert_eq!((taken, payload.len()), (frame.len(), 1));
    }
    let error = decoder.decode(&mut [0x80, 0x81, 0, 0, 0, 0, b'x']).unwrap_err();
    assert!(matches!(error, Error::Capacity(_)), "{error:?}");
    assert!(size_of::<Decoder>() < 128, "{} bytes", size_of::<Decoder>());
}

#[test]
fn text_that_is_not_utf8_is_refused_before_its_frame_is_complete() {
    let mut decoder = Decoder::new(1024);
    let mut begin = [0x81, 0x80 | 0x64, 0, 0, 0, 0, b'a', 0xff];
    assert!(matches!(decoder.decode(&mut begin), Err(Error::Utf8(_))));
}
