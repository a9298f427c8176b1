//! `cargo xtask test`: everything that must hold, step by step, up to the first failure.

use crate::tools::{self, Tool};
use crate::{bench, bridge, browser, conformance, page, services, sh, split, system};
use std::time::{Duration, Instant};

/// Native tests need netcat, so the system comes first; the slowest come last.
pub(crate) fn test() -> Result<(), String> {
    let mut steps = Steps::default();
    steps.run("system packages", system::ensure)?;
    steps.run("servers for the tests", services::ensure)?;
    steps.run("rust components", || tools::components().and_then(|()| tools::wasm_target()))?;
    steps.run("format", || cargo(&["fmt", "--all", "--check"]))?;
    steps.run("clippy (native)", || {
        cargo(&["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"])
    })?;
    steps.run("clippy (wasm32)", || {
        let wasm = ["clippy", "--target", tools::WASM, "-p", "web", "-p", "echo-core"];
        let split = format!("web/{}", split::FEATURE);
        cargo(&[&wasm[..], &["--features", &split, "--", "-D", "warnings"]].concat())
    })?;
    steps.run("licences and versions of dependencies", dependencies)?;
    steps.run("native tests", || cargo(&["test", "--workspace"]))?;
    steps.run("WebSocket conformance", || conformance::run(false))?;
    // Before the build, whose bridge the browser tests take: cargo puts the soak's in the same place,
    // and builds it with features that dev-dependencies turn on.
    steps.run("soak", bench::short_soak)?;
    steps.run("build", || page::build().and_then(|()| bridge::build()))?;
    steps.run("browser test packages", browser::packages)?;
    steps.run("browser tests", browser::test)?;
    steps.sum_up();
    Ok(())
}

/// Checks dependencies as `.cargo/deny.toml` says.
fn dependencies() -> Result<(), String> {
    let mut deny = sh::command(Tool::cargo_deny().ensure()?);
    sh::run(deny.args(["--locked", "check", "licenses", "bans", "sources"]))
}

fn cargo(arguments: &[&str]) -> Result<(), String> {
    sh::run(sh::cargo().args(arguments))
}

#[derive(Default)]
struct Steps(Vec<(&'static str, Duration)>);

impl Steps {
    fn run(
        &mut self,
        name: &'static str,
        step: impl FnOnce() -> Result<(), String>,
    ) -> Result<(), String> {
        sh::say(name);
        let start = Instant::now();
        step().map_err(|problem| format!("{name}: {problem}"))?;
        self.0.push((name, start.elapsed()));
        Ok(())
    }

    fn sum_up(&self) {
        println!();
        for (name, took) in &self.0 {
            println!("{:8.1} s  {name}", took.as_secs_f64());
        }
        let total: Duration = self.0.iter().map(|(_, took)| took).sum();
        sh::say(&format!("all tests passed in {:.0} s", total.as_secs_f64()));
    }
}
