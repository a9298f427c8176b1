//! The bridge: its release build, which embeds the page, and its start.

use crate::{paths, sh};
use std::{
    ffi::OsString,
    process::{Command, ExitCode, Stdio},
};

/// Leaves the bridge in the target folder's `release`.
pub(crate) fn build() -> Result<(), String> {
    sh::say("bridge");
    sh::run(sh::cargo().args(["build", "--release", "--package", "bridge"]))
}

/// Becomes the bridge, where that is possible, so that signals reach it directly.
pub(crate) fn start(arguments: &[OsString]) -> Result<ExitCode, String> {
    let program = paths::bridge("release")?;
    let mut bridge = sh::command(&program);
    // The page advises to start it again in the same way.
    bridge.env("BRIDGE_START_COMMAND", "cargo xtask run");
    become_it(bridge.args(arguments).stdin(Stdio::inherit()))
        .map_err(|e| format!("cannot start {}: {e}", program.display()))
}

#[cfg(unix)]
fn become_it(bridge: &mut Command) -> std::io::Result<ExitCode> {
    Err(std::os::unix::process::CommandExt::exec(bridge))
}

#[cfg(not(unix))]
fn become_it(bridge: &mut Command) -> std::io::Result<ExitCode> {
    let code = bridge.status()?.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}
