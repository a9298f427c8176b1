//! `cargo xtask conformance`: the Autobahn test suite against the bridge's WebSocket, compared with
//! the results that the repository records.

use crate::{paths, sh, supervised::Supervised, system};
use std::{
    env,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::Stdio,
};

/// The package on the Python Package Index that bundles the suite's cases, and its version.
const SUITE: &str = "kosoku";
const VERSION: &str = "0.1.0";

/// Builds the echo server that runs the bridge's session code, and runs the suite against it.
/// With `bless` the results are recorded instead of compared.
pub(crate) fn run(bless: bool) -> Result<(), String> {
    let python = python()?;
    // Of the whole workspace, so that it is the one that `cargo test --workspace` built.
    sh::run(sh::cargo().args(["build", "--quiet", "--workspace", "--example", "conformance"]))?;
    let (_server, url) = start_server()?;
    let folder = paths::root().join("bridge/tests/conformance");
    let mut suite = sh::command(python);
    suite.arg(folder.join("run.py")).arg(url).arg(folder.join("expected.json"));
    sh::run(suite.args(bless.then_some("--bless")))
}

/// The running server, and the URL that it prints once it listens.
fn start_server() -> Result<(Supervised, String), String> {
    let program = paths::target()?.join("debug/examples/conformance");
    let program = program.with_extension(env::consts::EXE_EXTENSION);
    let shown = program.display();
    let mut server = Supervised::start(sh::command(&program).stdout(Stdio::piped()))
        .map_err(|e| format!("cannot start {shown}: {e}"))?;
    let stdout = server.stdout().ok_or_else(|| format!("{shown} has no standard output"))?;
    let mut url = String::new();
    let read = BufReader::new(stdout).read_line(&mut url);
    match read {
        Ok(length) if length > 0 => Ok((server, url.trim().to_owned())),
        _ => Err(format!("{shown} ended before it printed its URL")),
    }
}

/// The Python of a virtual environment that has the suite, made where there is none.
fn python() -> Result<PathBuf, String> {
    let home = paths::tools()?.join(format!("{SUITE}-{VERSION}"));
    let folder = if cfg!(windows) { "Scripts" } else { "bin" };
    let python = home.join(folder).join("python").with_extension(env::consts::EXE_EXTENSION);
    if has_suite(&python) {
        return Ok(python);
    }
    sh::say(&format!("install {SUITE} {VERSION} into {} (once)", home.display()));
    let base = system::python_with_venv()
        .ok_or("no Python of version 3.10 or newer that can make virtual environments")?;
    paths::create(&home)?;
    // What is there may be of a Python that is gone.
    sh::run(sh::command(base).args(["-m", "venv", "--clear"]).arg(&home))?;
    let mut pip = sh::command(&python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    sh::run(pip.arg(format!("{SUITE}=={VERSION}")))?;
    if has_suite(&python) {
        return Ok(python);
    }
    Err(format!("{SUITE} was installed into {}, but cannot be imported", home.display()))
}

/// Only a finished installation has it.
fn has_suite(python: &Path) -> bool {
    let question = format!("import importlib.metadata as m, {SUITE}; print(m.version('{SUITE}'))");
    let answer = sh::output(sh::command(python).args(["-c", &question]));
    answer.is_some_and(|version| version.trim() == VERSION)
}
