//! The packets of a connection that came in at the bridge, where none were captured.

use super::super::inferred::Trace;
use super::super::{End, Flags};
use crate::wire::BridgeMessage;

#[test]
fn whoever_connected_is_the_client_and_said_what_was_received() {
    let mut trace = Trace::default();
    let (local, peer) = ("127.0.0.1:9000".parse().unwrap(), "127.0.0.1:51234".parse().unwrap());
    trace.record(&BridgeMessage::Accepted { local, peer, waited_us: 900 });
    trace.record(&BridgeMessage::Read { bytes: 4, at_us: 40 });
    trace.record(&BridgeMessage::Wrote { bytes: 6, began_us: Some(60), at_us: 70 });
    trace.record(&BridgeMessage::Finished { at_us: 80 });
    trace.finish();
    let capture = &trace.packets(0, b"answer", b"ask\n").unwrap();
    assert_eq!(capture.address(End::Client).port(), 51234);
    assert_eq!(capture.address(End::Server).port(), 9000);
    let said = |end| {
        let packets = capture.packets().iter().filter(move |it| capture.sender(it) == Some(end));
        packets.flat_map(|it| it.payload().to_vec()).collect::<Vec<_>>()
    };
    assert_eq!((said(End::Client), said(End::Server)), (b"ask\n".to_vec(), b"answer".to_vec()));
    let with = |flag| {
        let packets = capture.packets().iter().filter(move |it| it.flags.has(flag));
        packets.map(|it| capture.sender(it).unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(with(Flags::SYN), [End::Client, End::Server]);
    assert_eq!(with(Flags::FIN), [End::Client, End::Server]);
}
