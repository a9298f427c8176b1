//! What the verdict shows.

mod interactive;
mod load;
mod once;

use super::*;
use crate::verdict::{CauseView, CommandPurpose, NextStep, Progress};

const REFUSED: &str = "Connection refused (os error 111)";

fn cause_view(cause: crate::cause::Cause) -> CauseView {
    let (target, origin) = ("localhost:8888".into(), "http://localhost:8080".into());
    CauseView { cause, target, origin }
}

fn command(purpose: CommandPurpose, command: &str) -> NextStep {
    NextStep::Command { purpose, command: command.into() }
}

fn start_server() -> NextStep {
    let start = "ncat -v -l 8888 --keep-open --exec /bin/cat";
    command(CommandPurpose::StartServer, start)
}

fn start_bridge() -> NextStep {
    command(CommandPurpose::StartBridge, "cargo xtask run")
}

fn progress(received: usize, expected: usize) -> Progress {
    Progress { received, expected }
}
