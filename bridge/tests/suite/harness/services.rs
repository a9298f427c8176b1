//! Servers of other projects, which tests start themselves.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tokio::net::TcpSocket;

use super::process::Process;

/// Where Debian has servers, which is not on everybody's PATH.
const SYSTEM_FOLDERS: [&str; 2] = ["/usr/sbin", "/usr/local/sbin"];

/// The program of this name: the system's, or the one that `cargo xtask test` unpacked.
pub(crate) fn program(name: &str) -> PathBuf {
    let path = env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = env::split_paths(&path).collect();
    folders.extend(SYSTEM_FOLDERS.map(PathBuf::from));
    if let Some(unpacked) = unpacked() {
        folders.extend(["usr/bin", "usr/sbin"].map(|folder| unpacked.join(folder)));
    }
    let found = folders.into_iter().map(|folder| folder.join(name)).find(|file| file.is_file());
    found.unwrap_or_else(|| panic!("{name} is missing; on Debian `cargo xtask test` unpacks it"))
}

/// The folder in which `xtask/src/services.rs` unpacks Debian's packages.
fn unpacked() -> Option<PathBuf> {
    let cache = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let cache = cache.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cache")))?;
    Some(cache.join("echo-playground/tools/debian"))
}

/// A file of this repository.
pub(crate) fn repository_file(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join(path)
}

/// Starts a server that says nothing to the test.
pub(crate) fn start(command: &mut Command) -> Process {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    Process(quiet.spawn().unwrap())
}

/// A port of 127.0.0.1 that is the test's: the system gives it to nobody else while this is held,
/// and a server that is told of it can listen there, and another one after it.
pub(crate) struct HeldPort(TcpSocket);

impl HeldPort {
    pub(crate) fn new() -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_reuseaddr(true).unwrap();
        socket.bind(([127, 0, 0, 1], 0).into()).unwrap();
        Self(socket)
    }

    pub(crate) fn address(&self) -> std::net::SocketAddr {
        self.0.local_addr().unwrap()
    }
}

/// What a program that ends by itself says on both its outputs, and whether it succeeds.
pub(crate) fn verdict(command: &mut Command) -> (bool, String) {
    let output = command.stdin(Stdio::null()).output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&text).into_owned())
}

/// The same of a program that is given `input`.
pub(crate) fn verdict_on(command: &mut Command, input: &str) -> (bool, String) {
    use std::io::Write as _;
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child: Child = piped.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&text).into_owned())
}
