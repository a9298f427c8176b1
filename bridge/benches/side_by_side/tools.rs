//! How candidates are run: the program of each, and its arguments.

use std::ffi::OsStr;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::process::Command;

use tokio::time::{Duration, Instant, sleep};

use crate::candidate::{BASE, BEFORE, CONTROL, Candidate, ECHO, OURS, PROCESS_EACH};
use crate::check;
use crate::options::Options;
use crate::process::Process;
use crate::wire::Wire;

/// How long a candidate gets to answer its first message.
const START: Duration = Duration::from_secs(15);

/// This build of the bridge.
const OWN: &str = env!("CARGO_BIN_EXE_tcp-bridge");
/// HAProxy's configuration.
const HAPROXY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/side_by_side/haproxy.cfg");

/// How a candidate is run and, where it is not installed, how to have it.
struct Tool {
    name: &'static str,
    wire: Wire,
    /// Empty for those that have to be there.
    install: &'static str,
    command: fn(&Options, SocketAddr, SocketAddr) -> Command,
}

const TOOLS: [Tool; 6] = [
    Tool { name: BASE, wire: Wire::Tcp, install: "cargo xtask bench", command: haproxy },
    Tool { name: OURS, wire: Wire::WebSocket, install: "", command: bridge },
    Tool { name: CONTROL, wire: Wire::Control, install: "", command: bridge },
    Tool { name: BEFORE, wire: Wire::WebSocket, install: "", command: before },
    Tool {
        name: "websocat",
        wire: Wire::WebSocket,
        install: "cargo install websocat",
        command: websocat,
    },
    Tool {
        name: PROCESS_EACH,
        wire: Wire::WebSocket,
        install: "pip install websockify",
        command: websockify,
    },
];

/// The candidates that are wanted and installed, bare TCP first.
pub(crate) async fn start_all(options: &Options) -> io::Result<Vec<Candidate>> {
    let address = free_address()?;
    let mut echo = own(OWN);
    echo.args(["echo", "--listen", &address.to_string()]);
    let process = Process::start(&mut echo)?;
    let tcp = Candidate { name: ECHO, wire: Wire::Tcp, address, target: address, process };
    answering(&tcp).await?;
    let mut candidates = vec![tcp];
    let is_wanted = |tool: &&Tool| options.without.iter().all(|name| name != tool.name);
    for tool in TOOLS.iter().filter(is_wanted) {
        match start(tool.name, options, address, &[]).await {
            Ok(Some(candidate)) => candidates.push(candidate),
            Ok(None) => {}
            Err(error) if tool.install.is_empty() => return Err(error),
            Err(error) => {
                eprintln!("without {}: {error}; `{}` installs it", tool.name, tool.install);
            }
        }
    }
    Ok(candidates)
}

/// A fresh process of the candidate of this name, in front of `target`, with these variables in its
/// environment; none if there is no such program in this run.
pub(crate) async fn start(
    name: &'static str,
    options: &Options,
    target: SocketAddr,
    environment: &[(&str, &str)],
) -> io::Result<Option<Candidate>> {
    let tool = TOOLS.iter().find(|tool| tool.name == name).ok_or(io::ErrorKind::NotFound)?;
    if name == BEFORE && options.before.is_none() {
        return Ok(None);
    }
    let address = free_address()?;
    let mut command = (tool.command)(options, address, target);
    let process = Process::start(command.envs(environment.iter().copied()))?;
    let candidate = Candidate { name, wire: tool.wire, address, target, process };
    answering(&candidate).await?;
    Ok(Some(candidate))
}

/// Waits until a message comes back through it, unchanged.
async fn answering(candidate: &Candidate) -> io::Result<()> {
    let end = Instant::now() + START;
    loop {
        match check::answers(candidate).await {
            Err(_) if Instant::now() < end => sleep(Duration::from_millis(50)).await,
            done => return done,
        }
    }
}

fn own(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    // The defaults are measured, not what this shell's environment makes of them.
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("BRIDGE_") {
            command.env_remove(name);
        }
    }
    command
}

fn bridge(_: &Options, listen: SocketAddr, target: SocketAddr) -> Command {
    bridge_in_front(OWN, listen, target)
}

fn before(options: &Options, listen: SocketAddr, target: SocketAddr) -> Command {
    bridge_in_front(options.before.as_deref().unwrap_or(Path::new(OWN)), listen, target)
}

fn bridge_in_front(program: impl AsRef<OsStr>, listen: SocketAddr, target: SocketAddr) -> Command {
    let mut command = own(program);
    // Something listens on the target already, so the bridge takes it as an external echo server.
    command.args(["--listen", &listen.to_string(), "--echo", &target.to_string()]);
    command.args(["--max-sessions", "1000000"]);
    command
}

fn haproxy(_: &Options, listen: SocketAddr, target: SocketAddr) -> Command {
    // Where Debian has it, which is not on everybody's PATH.
    let installed = Path::new("/usr/sbin/haproxy");
    let program = if installed.exists() { installed } else { Path::new("haproxy") };
    let mut command = Command::new(program);
    command.env("LISTEN", listen.to_string()).env("TARGET", target.to_string());
    // In the foreground, as one process.
    command.args(["-db", "-q", "-f", HAPROXY]);
    command
}

fn websocat(_: &Options, listen: SocketAddr, target: SocketAddr) -> Command {
    let mut command = Command::new("websocat");
    command.args(["-b", "-E", &format!("ws-l:{listen}"), &format!("tcp:{target}")]);
    command
}

fn websockify(_: &Options, listen: SocketAddr, target: SocketAddr) -> Command {
    let mut command = Command::new("websockify");
    command.args([listen.to_string(), target.to_string()]);
    command
}

fn free_address() -> io::Result<SocketAddr> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()
}
