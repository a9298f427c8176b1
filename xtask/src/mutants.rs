//! `cargo xtask mutants`: cargo-mutants over the files that `.cargo/mutants.toml` names.

use crate::{paths, sh, tools::Tool};
use std::{env, ffi::OsString};

/// What makes one change cheap, unless the environment says otherwise: property tests try a few
/// cases, and do not look for the smallest one that fails; nobody debugs what is built.
const SETTINGS: [(&str, &str); 3] = [
    ("PROPTEST_CASES", "32"),
    ("PROPTEST_MAX_SHRINK_ITERS", "0"),
    ("CARGO_PROFILE_DEV_DEBUG", "0"),
];

/// Changes the code in one place after the other, and reports the changes that no test notices.
/// `arguments` go to cargo-mutants, as in `--re relay/queue`.
pub(crate) fn mutants(arguments: &[OsString]) -> Result<(), String> {
    let cargo_mutants = Tool::cargo_mutants().ensure()?;
    let mut run = sh::command(cargo_mutants);
    run.envs(SETTINGS.into_iter().filter(|(name, _)| env::var_os(name).is_none()));
    run.arg("mutants").arg("--output").arg(paths::target()?).args(arguments);
    sh::run(run.current_dir(paths::root()))
}
