//! `cargo xtask bench`: the bridge's speed beside bare TCP, websocat and websockify, or what a good
//! client sees of it under attack.

use crate::sh;
use std::ffi::OsString;

/// Runs the benchmark `floods` where that is the first of `arguments`, else `side_by_side`; the
/// rest of them are the benchmark's own, and `--help` lists them.
pub(crate) fn bench(arguments: &[OsString]) -> Result<(), String> {
    let (name, arguments) = match arguments {
        [first, rest @ ..] if first == "floods" => ("floods", rest),
        all => ("side_by_side", all),
    };
    let mut bench = sh::cargo();
    bench.args(["bench", "--quiet", "--package", "bridge", "--bench", name, "--"]);
    sh::run(bench.args(arguments))
}
