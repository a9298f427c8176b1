//! The tutorial's own tools against ours: `ncat`, `nc`, and a client of std alone.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream as StdStream};

use tokio::net::TcpStream;

use crate::harness::client::Client;
use crate::harness::echo::echo_server;
use crate::harness::process::Process;
use crate::harness::tools::{nc, ncat_on};
use crate::harness::{Bridge, closed_port, soon};

/// `ncat` as the tutorial starts it, but for the port, and the port it listens on.
pub(crate) async fn ncat() -> (Process, u16) {
    let port = closed_port().await;
    let ncat = ncat_on(port);
    let listening = async {
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.is_err() {
            tokio::task::yield_now().await;
        }
    };
    soon(listening).await;
    (ncat, port)
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

async fn check(port: u16, message: &str) -> (bool, String) {
    let command = bridge::config::Check {
        target: format!("localhost:{port}").parse().unwrap(),
        message: message.into(),
        trust: bridge::config::TrustFlags::default(),
        timeout: crate::harness::TOO_LONG,
    };
    let mut out = Vec::new();
    let ok = bridge::check::run(&command, &mut out).await.unwrap();
    (ok, String::from_utf8(out).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_own_echo_server_satisfies_nc_and_the_tutorials_client() {
    let (_server, port) = echo_server(None).await;
    let client = tokio::task::spawn_blocking(move || tutorial_client(port));
    assert_eq!(client.await.unwrap(), "Reply is ok!");
    let output = tokio::task::spawn_blocking(move || nc(port, b"Hello\n"));
    assert_eq!(output.await.unwrap(), b"Hello\n");
}

#[tokio::test]
async fn check_says_the_tutorials_lines_to_ncat_and_to_the_own_echo_server() {
    let (_ncat, foreign) = ncat().await;
    let (_server, own) = echo_server(None).await;
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
async fn check_distinguishes_another_reply_from_an_early_end() {
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
