//! `cargo xtask dist`: what is given to others, in the target folder's `dist`.
//!
//! A binary, which is static where rustup has musl's library for this machine, a Debian package
//! with the units of `deploy/systemd`, manual pages, and completions for shells.

use std::path::Path;
use std::{env, fs};

use crate::{page, paths, sh, tools};

/// Makes all of it.
pub(crate) fn dist() -> Result<(), String> {
    let dist = paths::target()?.join("dist");
    paths::create(&dist)?;
    page::build()?;
    sh::say("binary");
    build(&dist)?;
    sh::say("manual pages and completions");
    let mut command_line = sh::cargo();
    command_line.args(["run", "--package", "bridge", "--example", "command_line", "--"]);
    sh::run(command_line.arg(&dist))?;
    if cfg!(target_os = "linux") {
        sh::say("Debian package");
        package(&dist)?;
    }
    sh::say(&format!("in {}", dist.display()));
    Ok(())
}

/// Leaves the binary in `dist`.
fn build(dist: &Path) -> Result<(), String> {
    let musl = musl();
    let mut build = sh::cargo();
    build.args(["build", "--release", "--package", "bridge"]);
    let mut folder = paths::target()?;
    if let Some(musl) = &musl {
        build.args(["--target", musl]);
        folder.push(musl);
    } else {
        println!("There is no library of musl for this machine: the binary needs its libc.");
    }
    sh::run(&mut build)?;
    let name = Path::new("tcp-bridge").with_extension(env::consts::EXE_EXTENSION);
    let (from, to) = (folder.join("release").join(&name), dist.join(&name));
    fs::copy(&from, &to).map_err(|e| format!("cannot copy {}: {e}", from.display()))?;
    Ok(())
}

/// The target with which rustc links statically, where rustup has it.
fn musl() -> Option<String> {
    let target = format!("{}-unknown-linux-musl", env::consts::ARCH);
    (cfg!(target_os = "linux") && tools::target(&target).is_ok()).then_some(target)
}

/// Has cargo-deb pack what is in `dist` already.
fn package(dist: &Path) -> Result<(), String> {
    let cargo_deb = tools::Tool::cargo_deb().ensure()?;
    let mut pack = sh::command(cargo_deb);
    pack.args(["--package", "bridge", "--no-build", "--no-strip", "--output"]).arg(dist);
    sh::run(pack.env("CARGO_TARGET_DIR", paths::target()?))
}
