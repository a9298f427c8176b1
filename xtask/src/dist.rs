//! `cargo xtask dist`: what is given to others, in the target folder's `dist`.
//!
//! A binary, which is static where there is musl for this machine, a Debian package
//! with the units of `deploy/systemd`, manual pages, completions for shells, and the crates that a
//! registry takes, with the built page in them.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::{env, fs};

use crate::{page, paths, sh, system, tools};

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
        pack_debian(&dist)?;
    }
    sh::say("crates");
    pack_crates(&dist)?;
    sh::say(&format!("in {}", dist.display()));
    Ok(())
}

/// Leaves the binary in `dist`.
fn build(dist: &Path) -> Result<(), String> {
    let musl = musl().inspect_err(|missing| println!("{missing}")).ok();
    let mut build = sh::cargo();
    build.args(["build", "--release", "--package", "bridge"]);
    let mut folder = paths::target()?;
    if let Some(musl) = &musl {
        build.args(["--target", musl]);
        folder.push(musl);
    } else {
        println!("The binary needs this machine's libc, which deploy/Containerfile has not.");
    }
    sh::run(&mut build)?;
    let name = Path::new("tcp-bridge").with_extension(env::consts::EXE_EXTENSION);
    let (from, to) = (folder.join("release").join(&name), dist.join(&name));
    fs::copy(&from, &to).map_err(|e| format!("cannot copy {}: {e}", from.display()))?;
    Ok(())
}

/// The target with which rustc links statically, where rustup has it and a C compiler for it is
/// there, or can be had.
fn musl() -> Result<String, String> {
    if !cfg!(target_os = "linux") {
        return Err("There are no static binaries for this system.".to_owned());
    }
    let target = format!("{}-unknown-linux-musl", env::consts::ARCH);
    tools::target(&target)?;
    system::ensure_musl()?;
    Ok(target)
}

/// Has cargo-deb pack what is in `dist` already.
fn pack_debian(dist: &Path) -> Result<(), String> {
    let cargo_deb = tools::Tool::cargo_deb().ensure()?;
    let mut pack = sh::command(cargo_deb);
    pack.args(["--package", "bridge", "--no-build", "--no-strip", "--output"]).arg(dist);
    sh::run(pack.env("CARGO_TARGET_DIR", paths::target()?))
}

/// Has cargo pack the bridge and what it depends on of this workspace, and build them from what was
/// packed, which shows that nobody needs the tools for wasm who installs them.
fn pack_crates(dist: &Path) -> Result<(), String> {
    let packed = paths::target()?.join("package");
    // Those of earlier versions are not to be given to anybody.
    for file in crates_in(&packed)? {
        fs::remove_file(&file).map_err(|e| format!("cannot remove {}: {e}", file.display()))?;
    }
    let page = PackedPage::copy()?;
    let mut pack = sh::cargo();
    pack.args(["package", "--locked", "--package", "echo-core", "--package", "bridge"]);
    // The page is no file of the repository.
    sh::run(pack.arg("--allow-dirty"))?;
    drop(page);
    for file in crates_in(&packed)? {
        let name = file.file_name().unwrap_or_default();
        fs::copy(&file, dist.join(name)).map_err(|e| format!("{}: {e}", file.display()))?;
    }
    Ok(())
}

/// Returns the packed crates in `folder`, which need not exist.
fn crates_in(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(|e| format!("{}: {e}", folder.display()))?,
    };
    let files = entries.flatten().map(|entry| entry.path());
    Ok(files.filter(|file| file.extension().is_some_and(|it| it == "crate")).collect())
}

/// A copy of the built page in the bridge's folder, from which cargo packs it. Dropping it removes
/// it.
struct PackedPage(PathBuf);

impl PackedPage {
    /// Copies the page, in the place of what a run has left that was interrupted.
    fn copy() -> Result<Self, String> {
        let copy = Self(paths::root().join("bridge/page"));
        match fs::remove_dir_all(&copy.0) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(format!("cannot remove {}: {error}", copy.0.display()));
            }
            _ => {}
        }
        let built = paths::root().join("target/page");
        paths::create(&copy.0)?;
        for entry in fs::read_dir(&built).map_err(|e| format!("{}: {e}", built.display()))? {
            let from = entry.map_err(|e| e.to_string())?.path();
            let to = copy.0.join(from.file_name().unwrap_or_default());
            fs::copy(&from, to).map_err(|e| format!("{}: {e}", from.display()))?;
        }
        Ok(copy)
    }
}

impl Drop for PackedPage {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
