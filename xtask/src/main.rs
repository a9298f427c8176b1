//! The project's own commands: what `cargo xtask COMMAND` means, and its usage.

mod bench;
mod bridge;
mod browser;
mod conformance;
mod dev;
mod dist;
mod fuzz;
mod lockfile;
mod mutants;
mod page;
mod paths;
mod services;
mod sh;
mod split;
mod styles;
mod supervised;
mod system;
mod test;
mod tools;

use std::{
    env,
    ffi::{OsStr, OsString},
    process::ExitCode,
};

const USAGE: &str = "\
cargo xtask COMMAND

  run [-- BRIDGE ARGUMENTS]  build the page and the bridge, start the bridge
  build                      the same without the start: leaves target/release/tcp-bridge
  dist                       what is given to others, in target/dist: a binary (static on Linux),
                             a Debian package, manual pages, completions, the crates
  dev                        start a debug bridge and rebuild the page at every change
  test                       format, lints, dependencies, native tests, conformance, soak,
                             build, browser tests
  conformance [--bless]      the Autobahn test suite against the bridge's WebSocket; --bless
                             records its results in bridge/tests/conformance/expected.json
  fuzz [TARGET] [--seconds N] [--keep]
                             look for inputs that break what the targets in bridge/fuzz promise,
                             60 s each; --keep adds those that reach new code to the corpora
  mutants [ARGUMENTS]        change the code of .cargo/mutants.toml in one place after the other, and
                             report the changes that no test notices
  bench [ARGUMENTS]          the bridge's speed beside bare TCP, HAProxy, websocat and websockify
  bench floods [ARGUMENTS]   what a good client and the bridge's memory see of attacks
  soak [--minutes N] [ARGUMENTS]
                             thousands of sessions at once, of all kinds, for ten minutes: whether
                             everything is then where it was

Each one first installs the tools that it needs and does not find.";

fn main() -> ExitCode {
    let mut arguments = env::args_os().skip(1);
    let command = arguments.next();
    let rest: Vec<OsString> = arguments.collect();
    let done = match command.as_deref().map(OsStr::to_str) {
        None | Some(Some("help" | "--help" | "-h")) => {
            println!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        Some(Some("run")) => run(&rest),
        Some(Some("build")) if rest.is_empty() => build().map(|()| ExitCode::SUCCESS),
        Some(Some("dist")) if rest.is_empty() => dist::dist().map(|()| ExitCode::SUCCESS),
        Some(Some("dev")) if rest.is_empty() => dev::dev().map(|()| ExitCode::SUCCESS),
        Some(Some("test")) if rest.is_empty() => test::test().map(|()| ExitCode::SUCCESS),
        Some(Some("conformance")) if rest.is_empty() || rest == ["--bless"] => {
            conformance::run(!rest.is_empty()).map(|()| ExitCode::SUCCESS)
        }
        Some(Some("fuzz")) => fuzz::Options::parse(&rest)
            .and_then(|options| fuzz::fuzz(&options))
            .map(|()| ExitCode::SUCCESS),
        Some(Some("mutants")) => mutants::mutants(&rest).map(|()| ExitCode::SUCCESS),
        Some(Some("bench")) => bench::bench(&rest).map(|()| ExitCode::SUCCESS),
        Some(Some("soak")) => bench::soak(&rest).map(|()| ExitCode::SUCCESS),
        Some(_) => {
            eprintln!("{USAGE}");
            Ok(ExitCode::from(2))
        }
    };
    done.unwrap_or_else(|problem| {
        eprintln!("xtask: {problem}");
        ExitCode::FAILURE
    })
}

fn run(arguments: &[OsString]) -> Result<ExitCode, String> {
    build()?;
    let arguments = match arguments {
        [dashes, rest @ ..] if dashes == "--" => rest,
        all => all,
    };
    bridge::start(arguments)
}

fn build() -> Result<(), String> {
    page::build()?;
    bridge::build()
}
