//! The fuzz targets over their corpus, on stable; `bridge/fuzz` runs them for longer.

#[allow(unreachable_pub, reason = "it is a crate of its own, too")]
#[path = "../../fuzz/src/lib.rs"]
mod fuzz;

use std::fs;
use std::path::Path;

use proptest::prelude::*;

fn each_of(corpus: &str, check: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(corpus);
    let files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(!files.is_empty());
    for file in files {
        check(&fs::read(file).unwrap());
    }
}

#[test]
fn control_messages_of_the_corpus_keep_what_they_promise() {
    each_of("control", fuzz::control);
}

#[test]
fn targets_of_the_corpus_keep_what_they_promise() {
    each_of("target", fuzz::target);
}

#[test]
fn packets_of_the_corpus_keep_what_they_promise() {
    each_of("packet", fuzz::packet);
}

#[test]
fn capture_files_of_the_corpus_keep_what_they_promise() {
    each_of("capture", fuzz::capture);
}

proptest! {
    #[test]
    fn any_text_does(text in "[ -~]{0,40}", host in "[a-z0-9.:/\\[\\]%-]{0,20}", ports in "[0-9-]{0,11}") {
        fuzz::control(text.as_bytes());
        fuzz::target(text.as_bytes());
        fuzz::target(format!("{host}:{ports}").as_bytes());
    }

    #[test]
    fn any_dotted_host_does(labels in prop::collection::vec("[0-9a]{0,4}", 0..6), port in 0..20u8) {
        fuzz::target(format!("{}:{port}", labels.join(".")).as_bytes());
    }
}
