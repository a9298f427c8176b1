//! The browser tests in `e2e`: Playwright's runner, and the browsers that it drives.

use crate::{paths, services, sh, system, tools::Tool};
use std::path::Path;

/// Has Playwright, in the version that the lock file names.
pub(crate) fn packages() -> Result<(), String> {
    let e2e = paths::root().join("e2e");
    if !e2e.join("package.json").exists() {
        return Err("e2e/package.json is missing, so there are no browser tests to run".to_owned());
    }
    if installed(&e2e) {
        return Ok(());
    }
    let mut npm = sh::command("npm");
    npm.args(["ci", "--no-audit", "--no-fund"]).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    sh::run(npm.current_dir(e2e))
}

/// Runs the tests against the built bridge.
pub(crate) fn test() -> Result<(), String> {
    let e2e = paths::root().join("e2e");
    let websocat = Tool::websocat().ensure()?;
    let chromium = system::chromium().ok_or("no Chromium on PATH, and CHROMIUM is not set")?;
    let firefox = system::firefox().ok_or("no Firefox on PATH, and FIREFOX is not set")?;
    let mut playwright = sh::command(e2e.join("node_modules/.bin/playwright"));
    playwright.arg("test").env("CHROMIUM", chromium).env("BRIDGE_BIN", paths::bridge("release")?);
    playwright.env("FIREFOX", firefox).env("WEBSOCAT", websocat);
    if let Some(folder) = services::postgresql()? {
        playwright.env("POSTGRESQL", folder);
    }
    sh::run(playwright.current_dir(e2e))
}

/// npm writes its own lock file into `node_modules` last, so an interrupted install has none.
fn installed(e2e: &Path) -> bool {
    let wanted = paths::changed_at(&e2e.join("package-lock.json"));
    let there = paths::changed_at(&e2e.join("node_modules/.package-lock.json"));
    there.is_some() && there >= wanted
}
