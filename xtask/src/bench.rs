//! `cargo xtask bench`: the bridge's speed beside bare TCP, websocat and websockify.

use crate::sh;
use std::ffi::OsString;

/// `arguments` are the benchmark's own: `--help` lists them.
pub(crate) fn bench(arguments: &[OsString]) -> Result<(), String> {
    let mut bench = sh::cargo();
    bench.args(["bench", "--quiet", "--package", "bridge", "--bench", "side_by_side", "--"]);
    sh::run(bench.args(arguments))
}
