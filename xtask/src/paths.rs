//! Where things are (the workspace, what cargo built, the user's cache folder), and since when.

use std::{
    env, fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// The workspace's root. The folder may have moved since xtask was compiled, so cargo, which runs
/// it, has the first word.
pub(crate) fn root() -> PathBuf {
    let now = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let mut root = now.unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    root.pop();
    root
}

/// The folder into which cargo builds. It put xtask there, too, wherever that is configured to be,
/// so that this needs no reading of configuration.
pub(crate) fn target() -> Result<PathBuf, String> {
    let xtask = env::current_exe().map_err(|e| format!("xtask cannot find its own file: {e}"))?;
    Ok(xtask.ancestors().nth(2).ok_or("xtask is not in a target folder")?.to_owned())
}

/// The built bridge.
pub(crate) fn bridge(profile: &str) -> Result<PathBuf, String> {
    let bridge = target()?.join(profile).join("tcp-bridge");
    Ok(bridge.with_extension(env::consts::EXE_EXTENSION))
}

/// Where this project keeps the tools that it installs, and nothing else.
pub(crate) fn tools() -> Result<PathBuf, String> {
    let cache = cache().ok_or("no cache folder: set HOME, or XDG_CACHE_HOME on Linux")?;
    Ok(cache.join("echo-playground").join("tools"))
}

/// Creates a folder, and those that it is in, unless they exist.
pub(crate) fn create(folder: &Path) -> Result<(), String> {
    fs::create_dir_all(folder).map_err(|e| format!("cannot make {}: {e}", folder.display()))
}

/// When a file was changed last; `None` if it does not exist.
pub(crate) fn changed_at(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).and_then(|meta| meta.modified()).ok()
}

fn cache() -> Option<PathBuf> {
    if cfg!(windows) {
        return folder("LOCALAPPDATA");
    }
    if cfg!(target_os = "macos") {
        return Some(folder("HOME")?.join("Library/Caches"));
    }
    folder("XDG_CACHE_HOME").or_else(|| Some(folder("HOME")?.join(".cache")))
}

/// The XDG specification has relative paths ignored, and they help nobody elsewhere either.
fn folder(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).filter(|path| path.is_absolute())
}
