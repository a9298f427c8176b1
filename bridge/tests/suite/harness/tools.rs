//! The tutorial's own tools.

use std::io::{Read as _, Write as _};
use std::process::{Command, Stdio};

use super::process::Process;
use super::soon;

fn spawn(program: &str, args: &[&str]) -> Process {
    let spawned = Command::new(program)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    Process(spawned.unwrap_or_else(|error| {
        panic!("{program} does not start ({error}); on Debian: apt-get install ncat netcat-openbsd")
    }))
}

/// `ncat` as the tutorial starts it, but for the port.
pub(crate) fn ncat_on(port: u16) -> Process {
    ncat_with(port, &[])
}

/// The same with further flags.
pub(crate) fn ncat_with(port: u16, flags: &[&str]) -> Process {
    let port = port.to_string();
    let tutorials = ["-v", "-l", &port, "--keep-open", "--exec", "/bin/cat"];
    spawn("ncat", &[flags, &tutorials].concat())
}

/// All that a program that is stopped now had said of itself.
pub(crate) async fn log(mut process: Process) -> String {
    let log = tokio::task::spawn_blocking(move || {
        let _ = process.0.kill();
        let mut log = String::new();
        process.0.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        log
    });
    soon(log).await.unwrap()
}

/// What `nc` prints for this input.
pub(crate) fn nc(port: u16, input: &[u8]) -> Vec<u8> {
    let mut nc = spawn("nc", &["-N", "localhost", &port.to_string()]);
    nc.0.stdin.take().unwrap().write_all(input).unwrap();
    let mut output = Vec::new();
    nc.0.stdout.take().unwrap().read_to_end(&mut output).unwrap();
    output
}
