//! The invariant of this crate: it does no I/O, so that it runs in the page and in the bridge.

use std::fs;
use std::path::{Path, PathBuf};

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

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}

#[test]
fn echo_core_does_no_io() {
    let sources = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    assert!(sources.len() > 1, "nothing was read");
    for path in sources {
        let source = fs::read_to_string(&path).unwrap();
        let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
        for line in code {
            let effect = EFFECTS.iter().find(|effect| line.contains(**effect));
            assert_eq!(effect, None, "{}: {line}", path.display());
        }
    }
}
