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

#[test]
fn every_test_that_the_threat_model_names_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let model = fs::read_to_string(root.join("docs/security.md")).unwrap();
    let folders = ["bridge/src", "bridge/tests", "e2e/tests", "web/model/src"];
    let folders = folders.map(|folder| root.join(folder));
    let tests: Vec<_> = folders.iter().flat_map(|folder| sources(folder)).collect();
    let code: String = tests.iter().filter_map(|path| fs::read_to_string(path).ok()).collect();
    // Every second piece stands between backticks; a test's name is a sentence.
    let names = model.split('`').skip(1).step_by(2).filter(|name| name.matches('_').count() > 2);
    let mut count = 0;
    for name in names {
        assert!(code.contains(&format!("fn {name}(")), "no test is called {name}");
        count += 1;
    }
    assert!(count > 30, "{count}");
    let in_browsers = model.lines().filter_map(|line| line.split_once(".spec.js`: "));
    for (_, title) in in_browsers {
        let title = title.trim_end_matches(" |");
        assert!(code.contains(&format!("\"{title}\"")), "no browser test is called {title}");
    }
}
