//! What each fault makes of the tutorial's message.

use echo_core::fault::{Fault, FaultKind};

/// How a server with a fault hangs up on a client that said `Hello!` and then FIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Fin,
    Reset,
}

/// A fault, what comes back for `Hello!`, and how it ends.
pub(crate) type Case = (&'static str, &'static [u8], End);

/// Every fault that listens. The seeds are pinned by a test of echo-core.
pub(crate) const CASES: [Case; 17] = [
    ("truncate:0", b"", End::Fin),
    ("truncate:3", b"Hel", End::Fin),
    ("reset:0", b"", End::Reset),
    ("reset:3", b"Hel", End::Reset),
    ("corrupt:1", b"Hdllo!", End::Fin),
    ("upper", b"HELLO!", End::Fin),
    ("delay:50ms", b"Hello!", End::Fin),
    ("split:2:10ms", b"Hello!", End::Fin),
    ("extra:3", b"Hello!!!!", End::Fin),
    (r"banner:220 ready\r\n", b"220 ready\r\nHello!", End::Fin),
    ("silent", b"", End::Fin),
    ("late-fin", b"Hello!", End::Fin),
    // upper delay:100ms extra:1
    ("chaos:0", b"HELLO!!", End::Fin),
    // late-fin
    ("chaos:1", b"Hello!", End::Fin),
    // corrupt:0 split:4:60ms
    ("chaos:5", b"Iello!", End::Fin),
    // banner upper reset:5
    ("chaos:16", b"Who is there?\r\nHELLO", End::Reset),
    // banner corrupt:2 delay:450ms truncate:2
    ("chaos:20", b"Who is there?\r\nHe", End::Fin),
];

/// Returns the kind of a fault in text form.
pub(crate) fn kind(fault: &str) -> FaultKind {
    fault.parse::<Fault>().unwrap().kind()
}
