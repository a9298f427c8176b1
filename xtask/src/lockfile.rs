//! The one question asked of Cargo.lock: in which version is a package locked.

use crate::paths;
use std::fs;

/// The version of `package` in the workspace's Cargo.lock.
pub(crate) fn version(package: &str) -> Result<String, String> {
    let path = paths::root().join("Cargo.lock");
    let lock = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    version_in(&lock, package)
        .map(str::to_owned)
        .ok_or_else(|| format!("{} has no package {package}", path.display()))
}

/// Cargo writes a package's name and, on the next line, its version.
fn version_in<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines();
    lines.find(|line| *line == name)?;
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"
[[package]]
name = "wasm-bindgen-futures"
version = "0.4.70"

[[package]]
name = "wasm-bindgen"
version = "0.2.129"
source = "registry"
dependencies = [
 "cfg-if",
]
"#;

    #[test]
    fn the_version_is_the_one_in_the_lock_file() {
        assert_eq!(version_in(LOCK, "wasm-bindgen"), Some("0.2.129"));
    }

    #[test]
    fn carriage_returns_do_not_matter() {
        assert_eq!(version_in(&LOCK.replace('\n', "\r\n"), "wasm-bindgen"), Some("0.2.129"));
    }

    #[test]
    fn a_package_that_is_not_locked_has_no_version() {
        assert_eq!(version_in(LOCK, "bindgen"), None);
    }

    #[test]
    fn this_workspace_locks_wasm_bindgen() {
        assert!(version("wasm-bindgen").is_ok());
    }
}
