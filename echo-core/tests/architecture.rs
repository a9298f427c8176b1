//! The invariant of this crate: it does no I/O, so that it runs in the page and in the bridge.

use std::fs;
use std::path::Path;

/// What reaches out of a program.
const EFFECTS: [&str; 9] = [
    "std::fs",
    "std::process",
    "std::thread",
    "std::env",
    "TcpStream",
    "TcpListener",
    "UdpSocket",
    "Instant",
    "SystemTime",
];

#[test]
fn echo_core_does_no_io() {
    let mut read = 0;
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap() {
        let path = entry.unwrap().path();
        let source = fs::read_to_string(&path).unwrap();
        let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
        for line in code {
            let effect = EFFECTS.iter().find(|effect| line.contains(**effect));
            assert_eq!(effect, None, "{}: {line}", path.display());
        }
        read += 1;
    }
    assert!(read > 1, "nothing was read");
}
