//! The page: trunk with all that it needs, and the release build that the bridge embeds.

use crate::{paths, sh, split, styles, tools, tools::Tool};
use std::{
    collections::BTreeMap,
    env,
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

/// Leaves the page in `target/page`, where the bridge's build script looks for it.
pub(crate) fn build() -> Result<(), String> {
    let mut trunk = trunk()?;
    sh::say("page");
    let target = paths::root().join("target");
    let fresh = target.join("page-new");
    let [linker, relocations] = split::LINKER;
    trunk.args(["build", "--release", "--offline", "--features", split::FEATURE]);
    // These would take the place of what the page is to be linked with.
    trunk.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
    // `--dist` keeps out of here the page of `cargo xtask dev`, which reloads itself.
    sh::run(trunk.arg("--dist").arg(&fresh).env(linker, relocations))?;
    styles::join(&fresh).map_err(|e| format!("cannot join the page's style sheets: {e}"))?;
    split::split(&fresh)?;
    replace(&fresh, &target.join("page"))
        .map_err(|e| format!("cannot move the page to target/page: {e}"))
}

/// trunk, ready to work offline on this workspace.
pub(crate) fn trunk() -> Result<Command, String> {
    tools::wasm_target()?;
    let trunk = Tool::trunk().ensure()?;
    let bindgen = Tool::wasm_bindgen()?.ensure()?;
    // `trunk --offline` has cargo work offline, too: the crates must be here before.
    sh::run(sh::cargo().arg("fetch"))?;
    let mut command = sh::command(trunk);
    command.env("PATH", path_with(&bindgen)?);
    // NO_COLOR may have any value, but trunk takes only `true` and `false`.
    if env::var_os("NO_COLOR").is_some() {
        command.env("NO_COLOR", "true");
    }
    Ok(command)
}

fn path_with(program: &Path) -> Result<OsString, String> {
    let folder = program.parent().filter(|folder| folder.is_absolute()).map(Path::to_owned);
    let path = env::var_os("PATH").unwrap_or_default();
    env::join_paths(folder.into_iter().chain(env::split_paths(&path)))
        .map_err(|e| format!("cannot put {} on PATH: {e}", program.display()))
}

/// trunk writes every file anew. Unchanged ones stay untouched here, or else the bridge, which
/// embeds them, would be compiled and linked again each time.
fn replace(fresh: &Path, page: &Path) -> io::Result<()> {
    if page.is_dir() {
        if files(fresh)? == files(page)? {
            return fs::remove_dir_all(fresh);
        }
        fs::remove_dir_all(page)?;
    }
    fs::rename(fresh, page)
}

fn files(folder: &Path) -> io::Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().map(PathBuf::from).unwrap_or_default();
        if path.is_dir() {
            found.extend(files(&path)?.into_iter().map(|(inner, bytes)| (name.join(inner), bytes)));
        } else {
            found.insert(name, fs::read(&path)?);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::SystemTime;

    struct Folder(PathBuf);

    impl Folder {
        fn new(test: &str) -> Self {
            let path = env::temp_dir().join(format!("xtask-page-{}-{test}", std::process::id()));
            fs::create_dir_all(&path).unwrap();
            Self(path)
        }

        fn page(&self, name: &str, text: &str) -> PathBuf {
            let page = self.0.join(name);
            fs::create_dir_all(page.join("assets")).unwrap();
            fs::write(page.join("assets/page.js"), text).unwrap();
            page
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn changed_at(page: &Path) -> SystemTime {
        fs::metadata(page.join("assets/page.js")).unwrap().modified().unwrap()
    }

    #[test]
    fn an_unchanged_page_is_left_untouched() {
        let folder = Folder::new("unchanged");
        let page = folder.page("page", "same");
        let before = changed_at(&page);
        replace(&folder.page("page-new", "same"), &page).unwrap();
        assert_eq!(changed_at(&page), before);
        assert!(!folder.0.join("page-new").exists());
    }

    #[test]
    fn a_changed_page_takes_the_place_of_the_old_one() {
        let folder = Folder::new("changed");
        let page = folder.page("page", "old");
        fs::write(page.join("stale.css"), "").unwrap();
        replace(&folder.page("page-new", "new"), &page).unwrap();
        let only = BTreeMap::from([(PathBuf::from("assets/page.js"), b"new".to_vec())]);
        assert_eq!(files(&page).unwrap(), only);
    }

    #[test]
    fn the_first_page_needs_no_old_one() {
        let folder = Folder::new("first");
        let page = folder.0.join("page");
        replace(&folder.page("page-new", "new"), &page).unwrap();
        assert!(page.join("assets/page.js").exists());
    }
}
