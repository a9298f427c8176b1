//! The programs that are compared, and their arguments.

use std::ffi::OsStr;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::candidate::{
    BASE, BEFORE, CONTROL, ECHO_OVER_TLS, OURS, PLAIN, PROCESS_EACH, TO_TLS_TARGET,
};
use crate::certificates;
use crate::options::Options;
use crate::wire::Wire;

/// This build of the bridge.
const OWN: &str = env!("CARGO_BIN_EXE_tcp-bridge");
/// HAProxy's configuration.
const HAPROXY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/side_by_side/haproxy.cfg");
/// Where the bridge has its default target.
const DEFAULT_TARGET: &str = "/ws";

/// A program that is compared.
#[derive(Debug)]
pub(crate) struct Program {
    pub(crate) name: &'static str,
    pub(crate) wire: Wire,
    /// The certificate that its clients trust, where they speak TLS.
    pub(crate) certificate: Option<fn() -> PathBuf>,
    /// What a client of HTTP asks for, where there is an upgrade.
    pub(crate) path: &'static str,
    /// How to have it, or empty for those that have to be there.
    pub(crate) install: &'static str,
    /// The command that has it listen on one address and connect to another.
    pub(crate) command: fn(&Options, SocketAddr, SocketAddr) -> Command,
}

const BRIDGE: Program = Program {
    name: OURS,
    wire: Wire::WebSocket,
    certificate: None,
    path: DEFAULT_TARGET,
    install: "",
    command: bridge,
};

const RELAY: Program = Program {
    name: BASE,
    wire: Wire::Tcp,
    certificate: None,
    path: "",
    install: "cargo xtask bench",
    command: haproxy,
};

/// Those that are compared over plain TCP.
const OVER_TCP: [Program; 6] = [
    RELAY,
    BRIDGE,
    Program { name: CONTROL, wire: Wire::Control, path: "/ws?dialect=tcp-bridge.v1", ..BRIDGE },
    Program { name: BEFORE, command: before, ..BRIDGE },
    Program { name: "websocat", install: "cargo install websocat", command: websocat, ..BRIDGE },
    Program {
        name: PROCESS_EACH,
        install: "pip install websockify",
        command: websockify,
        ..BRIDGE
    },
];

/// Those that are compared with `--tls`.
const OVER_TLS: [Program; 5] = [
    Program {
        name: ECHO_OVER_TLS,
        wire: Wire::Tcp,
        certificate: Some(certificates::echo_issuer),
        command: echo_over_tls,
        ..BRIDGE
    },
    Program { certificate: Some(certificates::certificate), command: haproxy_over_tls, ..RELAY },
    Program { certificate: Some(certificates::certificate), command: bridge_over_tls, ..BRIDGE },
    Program { name: PLAIN, ..BRIDGE },
    Program { name: TO_TLS_TARGET, path: "/ws?target=over-tls", command: bridge_to_tls, ..BRIDGE },
];

/// The programs of this run, whether they are installed or not.
pub(crate) fn all(options: &Options) -> &'static [Program] {
    if options.tls { &OVER_TLS } else { &OVER_TCP }
}

/// The echo server that stands behind all others.
pub(crate) fn echo(listen: SocketAddr) -> Command {
    let mut command = own(OWN);
    command.args(["echo", "--listen", &listen.to_string()]);
    command
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
    command.env("TLS", "");
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

fn echo_over_tls(_: &Options, listen: SocketAddr, _: SocketAddr) -> Command {
    let mut command = echo(listen);
    command.arg("--tls").arg("--tls-ca-file").arg(certificates::echo_issuer());
    command
}

fn haproxy_over_tls(options: &Options, listen: SocketAddr, target: SocketAddr) -> Command {
    let mut command = haproxy(options, listen, target);
    // The folder's name may have spaces, at which HAProxy would cut the value.
    command.current_dir(certificates::folder());
    command.env("TLS", format!("ssl crt {}", certificates::CERTIFICATE_AND_KEY));
    command
}

fn bridge_over_tls(options: &Options, listen: SocketAddr, target: SocketAddr) -> Command {
    let mut command = bridge(options, listen, target);
    command.arg("--tls-cert").arg(certificates::certificate());
    command.arg("--tls-key").arg(certificates::key());
    command
}

fn bridge_to_tls(options: &Options, listen: SocketAddr, target: SocketAddr) -> Command {
    let mut command = bridge(options, listen, target);
    command.args(["--target", &format!("over-tls=tls://{target}")]);
    command.arg("--tls-ca").arg(certificates::echo_issuer());
    command
}
