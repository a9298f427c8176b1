//! Unix sockets: to listen on, handed over by systemd, and as targets.

use std::fs;
use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _};
use std::os::unix::net::{UnixDatagram, UnixListener as StdUnixListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use bridge::listen::{ListenAddress, Listener};
use echo_core::wire::{
    BridgeMessage, CONNECTIONS_PATH, EchoConnections, INFO_PATH, Info, Kind, SUBPROTOCOL, Stage,
};
use ppp::v2::{Addresses, Header};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{UnixListener, UnixStream};
use tokio::task::JoinHandle;

use crate::harness::client::Client;
use crate::harness::process::{self, BRIDGE, Process};
#[cfg(target_os = "linux")]
use crate::harness::services;
use crate::harness::{Bridge, TOO_LONG, soon, status};

/// A folder that is removed with the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let output = Command::new("mktemp").args(["-d", "-t", "tcp-bridge-XXXXXX"]).output();
        Self(String::from_utf8(output.unwrap().stdout).unwrap().trim_end().into())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// `unix:` and a path.
fn unix(path: &Path) -> String {
    format!("unix:{}", path.display())
}

fn listen(path: &Path) -> std::io::Result<Listener> {
    Listener::bind(&ListenAddress::Unix(path.to_owned()), "--listen")
}

/// A bridge that listens on a Unix socket, and on a free port besides.
fn bridge(path: &Path, args: &[&str]) -> Bridge {
    let tcp = Listener::bind(&"127.0.0.1:0".parse().unwrap(), "--listen").unwrap();
    let ListenAddress::Tcp(address) = tcp.address().unwrap() else { panic!() };
    Bridge::start_on(address, vec![tcp, listen(path).unwrap()], args)
}

/// A client of `tcp-bridge.v1` over a Unix socket.
async fn client(path: &Path, query: &str) -> Client<UnixStream> {
    let stream = UnixStream::connect(path).await.unwrap();
    Client::requesting(stream, &format!("ws://localhost/ws{query}"), SUBPROTOCOL).await.0
}

/// The answer to a GET over a Unix socket.
async fn get(path: &Path, host: &str, url: &str) -> String {
    let mut stream = UnixStream::connect(path).await.unwrap();
    let request = format!("GET {url} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    soon(stream.read_to_string(&mut answer)).await.unwrap();
    answer
}

/// A server on a Unix socket for one connection, which behaves as `behave` does.
fn target<F, R>(path: &Path, behave: F) -> JoinHandle<R::Output>
where
    F: FnOnce(UnixStream) -> R + Send + 'static,
    R: Future<Output: Send + 'static> + Send + 'static,
{
    let listener = UnixListener::bind(path).unwrap();
    tokio::spawn(async move {
        let (stream, _) = soon(listener.accept()).await.unwrap();
        soon(behave(stream)).await
    })
}

#[tokio::test]
async fn the_bridge_is_reached_over_a_unix_socket_which_goes_with_it() {
    let folder = Folder::new();
    let path = folder.path("bridge.sock");
    let mut bridge = bridge(&path, &[]);
    let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
    assert_eq!(format!("{mode:o}"), "660");
    let mut client = client(&path, "").await;
    client.send(b"Hello!").await;
    assert_eq!(client.receive(6).await, b"Hello!");
    client.send_text(r#"{"type":"finish"}"#).await;
    assert_eq!(client.receive_all().await.code, 1000);
    bridge.stop();
    bridge.stopped().await;
    assert!(!path.exists());
}

#[tokio::test]
async fn a_client_of_a_unix_socket_has_no_address_and_may_be_any_client_of_a_proxy() {
    let folder = Folder::new();
    let path = folder.path("bridge.sock");
    let bridge = bridge(&path, &[]);
    let here: Info = bridge.json(INFO_PATH).await;
    let answer = get(&path, "localhost", INFO_PATH).await;
    let there: Info = serde_json::from_str(&answer[answer.find('{').unwrap()..]).unwrap();
    assert!(!here.program.is_empty() && there.program.is_empty());
    for (host, code) in [("localhost", "200"), ("127.0.0.1", "403"), ("evil.example", "403")] {
        assert_eq!(status(&get(&path, host, "/").await), code, "{host}");
    }
    let mut client = client(&path, "").await;
    client.send(b"x").await;
    client.receive(1).await;
    let log: EchoConnections = bridge.json(CONNECTIONS_PATH).await;
    assert!(log.connections[0].bridge && log.connections[0].client.is_none());
}

#[tokio::test]
async fn a_socket_on_which_nobody_listens_is_replaced_and_nothing_else_is() {
    let folder = Folder::new();
    let path = folder.path("bridge.sock");
    drop(StdUnixListener::bind(&path).unwrap());
    let listener = listen(&path).unwrap();
    let error = listen(&path).unwrap_err().to_string();
    assert!(error.contains(path.to_str().unwrap()) && error.contains("--listen"), "{error}");
    drop(listener);
    assert!(!path.exists());
    fs::write(&path, "mine").unwrap();
    let error = listen(&path).unwrap_err().to_string();
    assert!(error.contains("not a socket") && error.contains("--listen"), "{error}");
    assert_eq!(fs::read(&path).unwrap(), b"mine");
    let error = listen(&folder.path("none/bridge.sock")).unwrap_err().to_string();
    assert!(error.contains("make the folder"), "{error}");
}

#[tokio::test]
async fn a_socket_whose_queue_is_full_is_somebody_elses_and_not_waited_for() {
    let folder = Folder::new();
    let path = folder.path("full.sock");
    let socket = tokio::net::UnixSocket::new_stream().unwrap();
    socket.bind(&path).unwrap();
    let _listener = socket.listen(0).unwrap();
    let _first = UnixStream::connect(&path).await.unwrap();
    let error = listen(&path).unwrap_err().to_string();
    assert!(error.contains("listens there already"), "{error}");
}

#[tokio::test]
async fn a_socket_that_another_program_put_in_its_place_is_left_alone() {
    let folder = Folder::new();
    let path = folder.path("bridge.sock");
    let listener = listen(&path).unwrap();
    fs::remove_file(&path).unwrap();
    let _other = StdUnixListener::bind(&path).unwrap();
    drop(listener);
    assert!(fs::metadata(&path).unwrap().file_type().is_socket());
}

#[test]
fn each_address_is_printed_and_so_is_what_cannot_be_listened_on() {
    let folder = Folder::new();
    let path = folder.path("bridge.sock");
    let listen = unix(&path);
    let mut command = process::bridge();
    let (bridge, _) = Process::serving(command.args(["--listen", &listen]));
    // The first line stands for the first address; by then all of them are listened on.
    assert!(fs::metadata(&path).unwrap().file_type().is_socket());
    let second = Command::new(BRIDGE).args(["--echo", "off", "--listen", &listen]).output();
    let said = String::from_utf8(second.unwrap().stderr).unwrap();
    assert!(said.contains(&listen) && said.contains("another path"), "{said}");
    drop(bridge);
    let (_bridge, line) = Process::bridge(&["--echo", "off", "--listen", &listen]);
    assert_eq!(line, format!("Listening on {listen}"));
}

/// Has systemd's part played by Python: listens on a free port and on a Unix socket, and becomes
/// the bridge, which gets both as its descriptors 3 and 4.
const HAND_OVER: &str = "
import os, socket, sys
program, path = sys.argv[1:3]
tcp = socket.create_server(('127.0.0.1', 0))
unix = socket.socket(socket.AF_UNIX)
unix.bind(path)
unix.listen()
sockets = [os.dup(it.fileno()) for it in (tcp, unix)]
for number, it in enumerate(sockets, 3):
    os.dup2(it, number + 100)
for number in (3, 4):
    os.dup2(number + 100, number)
os.environ.update(LISTEN_FDS='2', LISTEN_PID=str(os.getpid()))
os.execv(program, [program, *sys.argv[3:]])
";

#[tokio::test]
async fn sockets_that_systemd_hands_over_are_listened_on_and_stay() {
    let folder = Folder::new();
    let path = folder.path("systemd.sock");
    let mut python = Command::new("python3");
    python.args(["-c", HAND_OVER, BRIDGE]).arg(&path).args(["--echo", "127.0.0.1:0"]);
    let (mut bridge, address) = Process::serving(python.stdin(Stdio::null()));
    let (mut over_tcp, _) = Client::at(address, "", SUBPROTOCOL).await;
    let mut over_unix = client(&path, "").await;
    over_tcp.send(b"Hello!").await;
    over_unix.send(b"Hello!").await;
    assert_eq!(over_tcp.receive(6).await, b"Hello!");
    assert_eq!(over_unix.receive(6).await, b"Hello!");
    drop((over_tcp, over_unix));
    bridge.signal("-TERM");
    let ended = tokio::task::spawn_blocking(move || bridge.0.wait().unwrap());
    assert!(soon(ended).await.unwrap().success());
    assert!(fs::metadata(&path).unwrap().file_type().is_socket(), "it is systemd's to remove");
}

#[test]
fn systemd_is_told_when_the_bridge_listens_and_when_it_goes_down() {
    let folder = Folder::new();
    let path = folder.path("notify.sock");
    let systemd = UnixDatagram::bind(&path).unwrap();
    systemd.set_read_timeout(Some(TOO_LONG)).unwrap();
    let told = || {
        let mut message = [0; 64];
        let length = systemd.recv(&mut message).unwrap();
        String::from_utf8_lossy(&message[..length]).into_owned()
    };
    let (bridge, _) = Process::serving(process::bridge().env("NOTIFY_SOCKET", &path));
    assert_eq!(told(), "READY=1\n");
    bridge.signal("-TERM");
    assert_eq!(told(), "STOPPING=1\n");
}

#[tokio::test]
async fn both_sides_of_a_unix_target_finish_by_themselves() {
    let folder = Folder::new();
    let path = folder.path("target.sock");
    let task = target(&path, async |mut stream: UnixStream| {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.unwrap();
        stream.write_all(b"late").await.unwrap();
        bytes
    });
    let bridge = Bridge::start(&["--target", &format!("db={}", unix(&path))]).await;
    let query = "?target=db&trace=1&packets=1&tcp_info=1";
    let mut client = Client::open(&bridge, query).await;
    client.send(b"Hello!").await;
    client.send_text(r#"{"type":"finish"}"#).await;
    let session = client.receive_all().await;
    assert_eq!((session.code, &*session.bytes), (1000, &b"late"[..]));
    assert_eq!(task.await.unwrap(), b"Hello!");
    let types = session.types();
    let expected =
        ["not_capturing", "connecting", "connected", "wrote", "read", "finished", "closed"];
    let told: Vec<_> = types.iter().map(String::as_str).filter(|kind| *kind != "ack").collect();
    assert_eq!(told, expected);
    let BridgeMessage::Connected { local, peer, .. } = &session.control[2] else { panic!() };
    assert_eq!((local.to_string(), peer.to_string()), ("unix:".into(), unix(&path)));
}

#[tokio::test]
async fn where_nobody_listens_on_a_unix_socket_it_is_refused() {
    let folder = Folder::new();
    let (none, stale) = (folder.path("none.sock"), folder.path("stale.sock"));
    drop(StdUnixListener::bind(&stale).unwrap());
    let (none, stale) = (format!("none={}", unix(&none)), format!("stale={}", unix(&stale)));
    let bridge = Bridge::start(&["--target", &none, "--target", &stale]).await;
    for name in ["none", "stale"] {
        let session = Client::open(&bridge, &format!("?target={name}")).await.receive_all().await;
        let failure = session.failure();
        assert_eq!((failure.stage, failure.kind), (Stage::Connect, Kind::Refused), "{name}");
        assert_eq!(session.code, 4002);
    }
}

#[tokio::test]
async fn a_unix_target_whose_queue_is_full_is_waited_for() {
    let folder = Folder::new();
    let path = folder.path("target.sock");
    let socket = tokio::net::UnixSocket::new_stream().unwrap();
    socket.bind(&path).unwrap();
    let listener = socket.listen(0).unwrap();
    let _first = UnixStream::connect(&path).await.unwrap();
    assert!(UnixStream::connect(&path).await.is_err(), "its queue is full");
    let named = format!("db={}", unix(&path));
    let bridge = Bridge::start(&["--target", &named, "--connect-timeout", "200ms"]).await;
    let session = Client::open(&bridge, "?target=db").await.receive_all().await;
    assert_eq!((session.failure().kind, session.code), (Kind::Timeout, 4003));
    let bridge = Bridge::start(&["--target", &named]).await;
    let mut client = Client::open(&bridge, "?target=db").await;
    let accepting = async {
        listener.accept().await.unwrap();
        listener.accept().await.unwrap()
    };
    let (connects, _accepted) = tokio::join!(client.connects(), soon(accepting));
    assert!(connects);
}

#[tokio::test]
async fn a_client_that_vanishes_ends_the_connection_to_a_unix_target() {
    let folder = Folder::new();
    let path = folder.path("target.sock");
    let task = target(&path, async |mut stream: UnixStream| {
        let mut bytes = Vec::new();
        let ended = stream.read_to_end(&mut bytes).await;
        (bytes, ended.is_ok())
    });
    let bridge = Bridge::start(&["--target", &format!("db={}", unix(&path))]).await;
    let mut client = Client::open(&bridge, "?target=db").await;
    client.send(b"Hello!").await;
    client.connected().await;
    client.socket.get_ref().set_zero_linger().unwrap();
    drop(client);
    assert_eq!(task.await.unwrap(), (b"Hello!".to_vec(), true));
}

#[tokio::test]
async fn a_target_is_told_that_a_client_of_a_unix_socket_has_no_address() {
    let folder = Folder::new();
    let (listen, path) = (folder.path("bridge.sock"), folder.path("target.sock"));
    let task = target(&path, async |mut stream: UnixStream| {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.unwrap();
        let header = Header::try_from(&*bytes).unwrap();
        (header.command, header.addresses, bytes.len())
    });
    let named = format!("db={},proxy-protocol=v2", unix(&path));
    let _bridge = bridge(&listen, &["--target", &named]);
    let mut client = client(&listen, "?target=db").await;
    client.send_text(r#"{"type":"finish"}"#).await;
    client.receive_all().await;
    let unspecified = (ppp::v2::Command::Local, Addresses::Unspecified, 16);
    assert_eq!(task.await.unwrap(), unspecified);
}

/// The settings of a proxy that answers each request with the address of its client, which it
/// learns by the PROXY protocol alone.
#[cfg(target_os = "linux")]
const HAPROXY: &str = "
global
  log stdout local0
defaults
  mode http
  timeout client 10s
  timeout server 10s
  timeout connect 10s
frontend whoami
  bind unix@SOCKET accept-proxy
  http-request return status 200 content-type text/plain lf-string \"%[src] %[src_port]\"
";

#[cfg(target_os = "linux")]
#[tokio::test]
async fn haproxy_learns_the_clients_address() {
    let folder = Folder::new();
    let (path, config) = (folder.path("haproxy.sock"), folder.path("haproxy.cfg"));
    fs::write(&config, HAPROXY.replace("SOCKET", path.to_str().unwrap())).unwrap();
    let mut haproxy = Command::new(services::program("haproxy"));
    let _haproxy = services::start(haproxy.arg("-db").arg("-f").arg(&config));
    let reaching = async {
        while UnixStream::connect(&path).await.is_err() {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    soon(reaching).await;
    let bridge =
        Bridge::start(&["--target", &format!("web={},proxy-protocol=v2", unix(&path))]).await;
    let mut client = Client::open_raw(&bridge, "?target=web").await;
    client.send(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await;
    let here = client.socket.get_ref().local_addr().unwrap();
    let answer = String::from_utf8(client.receive_all().await.bytes).unwrap();
    assert!(answer.ends_with(&format!("{} {}", here.ip(), here.port())), "{answer}");
}
