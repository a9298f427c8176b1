//! `cargo xtask bench`: the bridge's speed beside bare TCP, HAProxy, websocat and websockify, or what
//! a good client sees of it under attack; `cargo xtask soak`: whether thousands of sessions leave
//! anything behind.

use crate::{paths, services, sh};
use std::ffi::OsString;

/// Where the results go as JSON, below the target folder.
const RESULTS: &str = "side_by_side.json";

/// Runs the benchmark `floods` where that is the first of `arguments`, else `side_by_side`; the
/// rest of them are the benchmark's own, and `--help` lists them.
pub(crate) fn bench(arguments: &[OsString]) -> Result<(), String> {
    match arguments {
        [first, rest @ ..] if first == "floods" => run("floods", rest),
        all => side_by_side(all),
    }
}

/// The soak of `cargo xtask test`: half a minute, in which nothing judges the machine's speed.
const SHORT_SOAK: [&str; 5] = ["--seconds", "30", "--sessions", "300", "--any-speed"];

/// Runs the soak, for ten minutes unless `arguments` say otherwise.
pub(crate) fn soak(arguments: &[OsString]) -> Result<(), String> {
    run("soak", arguments)
}

/// Runs the soak for half a minute.
pub(crate) fn short_soak() -> Result<(), String> {
    soak(&SHORT_SOAK.map(OsString::from))
}

fn side_by_side(arguments: &[OsString]) -> Result<(), String> {
    services::ensure()?;
    let mut all = arguments.to_vec();
    let is_json = |argument: &OsString| {
        argument.to_str().is_some_and(|it| it == "--json" || it.starts_with("--json="))
    };
    if !arguments.iter().any(is_json) {
        let results = paths::target()?.join(RESULTS);
        sh::say(&format!("the results go to {}", results.display()));
        all.extend(["--json".into(), results.into()]);
    }
    run("side_by_side", &all)
}

fn run(name: &str, arguments: &[OsString]) -> Result<(), String> {
    let mut bench = sh::cargo();
    bench.args(["bench", "--quiet", "--package", "bridge", "--bench", name, "--"]);
    sh::run(bench.args(arguments).env("PATH", services::search_path()?))
}
