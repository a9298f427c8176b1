//! The fuzz targets over their corpora, on stable; `cargo xtask fuzz` runs them for longer.

#[allow(unreachable_pub, reason = "it is a crate of its own, too")]
#[path = "../../fuzz/src/lib.rs"]
pub(crate) mod fuzz;

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

/// What a target checks of an input: it panics where its promise is broken.
type Check = fn(&[u8]);

/// Each target's name, which is that of its corpus, too, and what it checks.
const TARGETS: [(&str, Check); 14] = [
    ("capture", fuzz::capture),
    ("control", fuzz::control),
    ("credentials", fuzz::credentials),
    ("fault", fuzz::fault),
    ("forwarded", fuzz::forwarded),
    ("guard", fuzz::guard),
    ("link", fuzz::link),
    ("named", fuzz::named),
    ("origin", fuzz::origin),
    ("packet", fuzz::packet),
    ("proxy_protocol", fuzz::proxy_protocol),
    ("runs", fuzz::runs),
    ("target", fuzz::target),
    ("websocket", fuzz::websocket),
];

/// The files in a folder of `bridge/fuzz`, sorted.
fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(folder);
    let entries = fs::read_dir(folder).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn all_inputs_of_the_corpora_keep_what_the_targets_promise() {
    for (name, check) in TARGETS {
        let inputs = files(&format!("corpus/{name}"));
        assert!(!inputs.is_empty());
        for input in inputs {
            // Of a test that fails, the last one shown is the one to look at.
            println!("{}", input.display());
            check(&fs::read(input).unwrap());
        }
    }
}

#[test]
fn every_fuzz_target_is_run_over_its_corpus_here() {
    let manifest = include_str!("../../fuzz/Cargo.toml");
    let targets = files("fuzz_targets");
    let names = targets.iter().map(|target| target.file_stem().unwrap());
    assert!(names.eq(TARGETS.map(|(name, _)| name)));
    for ((name, _), target) in TARGETS.iter().zip(&targets) {
        let code = fs::read_to_string(target).unwrap();
        assert!(code.contains(&format!("bridge_fuzz::{name}(bytes)")), "{}", target.display());
        assert!(manifest.contains(&format!("path = \"fuzz_targets/{name}.rs\"")), "{name}");
    }
}

proptest! {
    #[test]
    fn any_text_does(text in "[ -~]{0,40}", host in "[a-z0-9.:/\\[\\]%-]{0,20}", ports in "[0-9-]{0,11}") {
        for (_, check) in TARGETS {
            check(text.as_bytes());
        }
        let target = format!("{host}:{ports}");
        fuzz::target(target.as_bytes());
        fuzz::guard(format!("{target}\nhttp://{target}").as_bytes());
        fuzz::origin(format!("https://{target}").as_bytes());
    }

    #[test]
    fn any_dotted_host_does(labels in prop::collection::vec("[0-9a]{0,4}", 0..6), port in 0..20u8) {
        fuzz::target(format!("{}:{port}", labels.join(".")).as_bytes());
    }
}
