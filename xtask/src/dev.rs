//! Work on the page: a debug bridge, and trunk, which rebuilds the page at every change.

use crate::{page, paths, sh, supervised::Supervised};
use std::{process::Command, thread, time::Duration};

/// Both until Ctrl-C, or until one of them ends.
pub(crate) fn dev() -> Result<(), String> {
    let mut trunk = page::trunk()?;
    sh::say("bridge");
    sh::run(sh::cargo().args(["build", "--package", "bridge"]))?;
    sh::say("the page is on http://127.0.0.1:8081/ in a moment; Ctrl-C stops all");
    let mut bridge = sh::command(paths::bridge("debug")?);
    bridge.args(["--origin", "http://127.0.0.1:8081", "--origin", "http://localhost:8081"]);
    // An open page keeps a session open, and would hold up the end.
    bridge.args(["--drain-timeout", "100ms"]);
    let mut running = [
        ("the bridge", start(&mut bridge)?),
        ("trunk", start(trunk.args(["serve", "--offline"]))?),
    ];
    loop {
        for (name, child) in &mut running {
            if let Some(status) = child.ended().map_err(|e| format!("{name}: {e}"))? {
                return Err(format!("{name} ended ({status}), so the rest is stopped, too"));
            }
        }
        thread::sleep(Duration::from_millis(200));
    }
}

fn start(command: &mut Command) -> Result<Supervised, String> {
    Supervised::start(command)
        .map_err(|e| format!("cannot start {}: {e}", command.get_program().display()))
}
