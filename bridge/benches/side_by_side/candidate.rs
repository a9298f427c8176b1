//! Who is compared: each a process that passes bytes on to the same echo server.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::process::Command;

use tokio::time::{Duration, Instant, sleep};

use crate::check;
use crate::process::Process;
use crate::wire::Wire;

/// How long a candidate gets to answer its first message.
const START: Duration = Duration::from_secs(15);

/// The echo server by itself: what every other candidate stands in front of.
pub(crate) const ECHO: &str = "bare TCP";
pub(crate) const OURS: &str = "bridge";
/// It has a process for each connection.
pub(crate) const PROCESS_EACH: &str = "websockify";

/// How a candidate is run and, where it is not installed, how to have it.
struct Tool {
    name: &'static str,
    install: &'static str,
    command: fn(SocketAddr, SocketAddr) -> Command,
}

const TOOLS: [Tool; 3] = [
    Tool { name: OURS, install: "", command: bridge },
    Tool { name: "websocat", install: "cargo install websocat", command: websocat },
    Tool { name: PROCESS_EACH, install: "pip install websockify", command: websockify },
];

#[derive(Debug)]
pub(crate) struct Candidate {
    pub(crate) name: &'static str,
    pub(crate) wire: Wire,
    pub(crate) address: SocketAddr,
    pub(crate) process: Process,
}

/// Bare TCP, the bridge, and of the others those that are installed, in this order.
pub(crate) async fn start_all() -> io::Result<Vec<Candidate>> {
    let address = free_address()?;
    let mut echo = own();
    echo.args(["echo", "--listen", &address.to_string()]);
    let process = Process::start(&mut echo)?;
    let tcp = Candidate { name: ECHO, wire: Wire::Tcp, address, process };
    answering(&tcp).await?;
    let mut candidates = vec![tcp];
    for tool in &TOOLS {
        match start(tool.name, address).await {
            Ok(candidate) => candidates.push(candidate),
            Err(error) if tool.install.is_empty() => return Err(error),
            Err(error) => {
                eprintln!("without {}: {error}; `{}` installs it", tool.name, tool.install);
            }
        }
    }
    Ok(candidates)
}

/// A fresh process of the candidate of this name, in front of `target`.
pub(crate) async fn start(name: &'static str, target: SocketAddr) -> io::Result<Candidate> {
    let tool = TOOLS.iter().find(|tool| tool.name == name).ok_or(io::ErrorKind::NotFound)?;
    let address = free_address()?;
    let process = Process::start(&mut (tool.command)(address, target))?;
    let candidate = Candidate { name, wire: Wire::WebSocket, address, process };
    answering(&candidate).await?;
    Ok(candidate)
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

fn own() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tcp-bridge"));
    // The defaults are measured, not what this shell's environment makes of them.
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("BRIDGE_") {
            command.env_remove(name);
        }
    }
    command
}

fn bridge(listen: SocketAddr, target: SocketAddr) -> Command {
    let mut command = own();
    // Something listens on the target already, so the bridge takes it as an external echo server.
    command.args(["--listen", &listen.to_string(), "--echo", &target.to_string()]);
    command.args(["--max-sessions", "1000000"]);
    command
}

fn websocat(listen: SocketAddr, target: SocketAddr) -> Command {
    let mut command = Command::new("websocat");
    command.args(["-b", "-E", &format!("ws-l:{listen}"), &format!("tcp:{target}")]);
    command
}

fn websockify(listen: SocketAddr, target: SocketAddr) -> Command {
    let mut command = Command::new("websockify");
    command.args([listen.to_string(), target.to_string()]);
    command
}

fn free_address() -> io::Result<SocketAddr> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()
}
