//! `cargo xtask mutants`: cargo-mutants over the files that `.cargo/mutants.toml` names.

use crate::{paths, sh, tools::Tool};
use std::ffi::OsString;

/// Changes the code in one place after the other, and reports the changes that no test notices.
/// `arguments` go to cargo-mutants, as in `--file bridge/src/relay/queue.rs`.
pub(crate) fn mutants(arguments: &[OsString]) -> Result<(), String> {
    let cargo_mutants = Tool::cargo_mutants().ensure()?;
    let mut run = sh::command(cargo_mutants);
    run.arg("mutants").arg("--output").arg(paths::target()?).args(arguments);
    sh::run(run.current_dir(paths::root()))
}
