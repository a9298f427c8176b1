//! The tutorial's own tools against ours: `ncat`, `nc`, and a client of std alone.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream as StdStream};
use std::process::{Command, Stdio};

use bridge::echo_server::{self, Bound};
use bridge::targets::Host;
use tokio::net::TcpStream;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::harness::client::Client;
use crate::harness::process::Process;
use crate::harness::{Bridge, closed_port, soon};

fn spawn(program: &str, args: &[&str]) -> Process {
    let spawned = Command::new(program)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    Process(spawned.unwrap_or_else(|error| {
        panic!("{program} does not start ({error}); on Debian: apt-get install ncat netcat-openbsd")
    }))
}

/// `ncat` as the tutorial starts it, but for the port, and the port it listens on.
pub(crate) async fn ncat() -> (Process, u16) {
    let port = closed_port().await;
    let number = port.to_string();
    let ncat = spawn("ncat", &["-v", "-l", &number, "--keep-open", "--exec", "/bin/cat"]);
    let listening = async {
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.is_err() {
            tokio::task::yield_now().await;
        }
    };
    soon(listening).await;
    (ncat, port)
}

async fn own_echo_server() -> (DropGuard, u16) {
    let host = Host::Address(Ipv4Addr::LOCALHOST.into());
    let Bound::Own(listeners) = echo_server::bind(&host, 0).await.unwrap() else {
        panic!("port 0 was taken")
    };
    let port = listeners[0].local_addr().unwrap().port();
    let stop = CancellationToken::new();
    tokio::spawn(echo_server::serve(listeners, stop.clone()));
    (stop.drop_guard(), port)
}

/// The tutorial's client: connects, writes `Hello!`, reads exactly as many bytes, compares.
fn tutorial_client(port: u16) -> String {
    let Ok(mut stream) = StdStream::connect(("localhost", port)) else {
        return "Failed to connect".into();
    };
    stream.write_all(b"Hello!").unwrap();
    let mut reply = [0; 6];
    match stream.read_exact(&mut reply) {
        Ok(()) if &reply == b"Hello!" => "Reply is ok!".into(),
        Ok(()) => format!("Unexpected reply: {}", String::from_utf8_lossy(&reply)),
        Err(error) => format!("Failed to receive data: {error}"),
    }
}

fn nc(port: u16, input: &[u8]) -> Vec<u8> {
    let mut nc = spawn("nc", &["-N", "localhost", &port.to_string()]);
    nc.0.stdin.take().unwrap().write_all(input).unwrap();
    let mut output = Vec::new();
    nc.0.stdout.take().unwrap().read_to_end(&mut output).unwrap();
    output
}

async fn check(port: u16, message: &str) -> (bool, String) {
    let command = bridge::config::Check {
        target: format!("localhost:{port}").parse().unwrap(),
        message: message.into(),
        timeout: crate::harness::TOO_LONG,
    };
    let mut out = Vec::new();
    let ok = bridge::check::run(&command, &mut out).await.unwrap();
    (ok, String::from_utf8(out).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_own_echo_server_satisfies_nc_and_the_tutorials_client() {
    let (_server, port) = own_echo_server().await;
    let client = tokio::task::spawn_blocking(move || tutorial_client(port));
    assert_eq!(client.await.unwrap(), "Reply is ok!");
    let output = tokio::task::spawn_blocking(move || nc(port, b"Hello\n"));
    assert_eq!(output.await.unwrap(), b"Hello\n");
}

#[tokio::test]
async fn check_says_the_tutorials_lines_to_ncat_and_to_the_own_echo_server() {
    let (_ncat, foreign) = ncat().await;
    let (_server, own) = own_echo_server().await;
    for port in [foreign, own] {
        let (ok, lines) = check(port, "Hello!").await;
        assert!(ok);
        let expected = format!(
            "Successfully connected to server in port {port}\nSent Hello, awaiting reply...\n\
             Reply is ok!\nTerminated.\n"
        );
        assert_eq!(lines, expected);
    }
}

#[tokio::test]
async fn check_without_a_server_fails_to_connect() {
    let (ok, lines) = check(closed_port().await, "Hello!").await;
    assert!(!ok);
    assert!(lines.starts_with("Failed to connect: Connection refused"), "{lines}");
    assert!(lines.ends_with("\nTerminated.\n"), "{lines}");
}

#[tokio::test]
async fn check_tells_another_answer_and_an_early_end_apart() {
    for (reply, line) in [
        (&b"HELLO!"[..], "Unexpected reply: HELLO!"),
        (b"\xff\xfeell!", "Unexpected reply: \\xff\\xfeell!"),
        (b"Hel", "Failed to receive data: failed to fill whole buffer"),
    ] {
        let (address, _) = crate::harness::target(async move |mut stream| {
            let mut hello = [0; 6];
            tokio::io::AsyncReadExt::read_exact(&mut stream, &mut hello).await.unwrap();
            tokio::io::AsyncWriteExt::write_all(&mut stream, reply).await.unwrap();
        })
        .await;
        let port = address.rsplit_once(':').unwrap().1.parse().unwrap();
        let (ok, lines) = check(port, "Hello!").await;
        assert!(!ok);
        assert!(lines.ends_with(&format!("\n{line}\nTerminated.\n")), "{lines}");
    }
}

#[tokio::test]
async fn the_bridge_finds_an_ncat_and_talks_to_it() {
    let (_ncat, port) = ncat().await;
    let bridge = Bridge::start_with(&["--echo", &format!("localhost:{port}")]).await;
    assert!(bridge.get("/api/info", "").await.contains(r#""echo":"external""#));
    let mut client = Client::open_raw(&bridge, "").await;
    client.send("你好".as_bytes()).await;
    assert_eq!(client.receive(6).await, "你好".as_bytes());
}
