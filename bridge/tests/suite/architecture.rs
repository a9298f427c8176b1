//! The invariants of `ARCHITECTURE.md` that a compiler does not keep.

use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}

/// The lines of the bridge's source files whose path begins so, without comments.
fn code(begin: &str) -> Vec<(PathBuf, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut lines = Vec::new();
    for path in sources(&src) {
        let inside = path.strip_prefix(&src).unwrap().to_string_lossy().starts_with(begin);
        let text = fs::read_to_string(&path).unwrap();
        let code = text.lines().filter(|line| inside && !line.trim_start().starts_with("//"));
        lines.extend(code.map(|line| (path.clone(), line.to_owned())));
    }
    assert!(!lines.is_empty(), "no source begins with {begin}");
    lines
}

#[test]
fn the_relay_knows_neither_axum_nor_sockets() {
    for (path, line) in code("relay") {
        for stranger in ["axum", "hyper", "tokio::net", "crate::http", "crate::session"] {
            assert!(!line.contains(stranger), "{}: {line}", path.display());
        }
    }
}

#[test]
fn what_page_and_bridge_agree_on_stands_in_echo_core_alone() {
    for (path, line) in code("") {
        let declares = |name| line.contains(&format!("const {name}"));
        for name in ["WINDOW", "ACK_EVERY", "MAX_CONTROL", "MAX_REASON", "SUBPROTOCOL"] {
            assert!(!declares(name), "{}: {line}", path.display());
        }
    }
}
