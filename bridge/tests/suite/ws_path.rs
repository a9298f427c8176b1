//! Paths that upgrade to one target, for clients that know nothing of targets.

use std::fmt::Write as _;

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

use crate::harness::client::{Client, Received};
use crate::harness::{Bridge, read_all, soon, status, target};

/// A client at a path of the bridge, and the subprotocol that was chosen.
async fn open(bridge: &Bridge, path: &str, offer: &str) -> (Client, Option<String>) {
    let stream = TcpStream::connect(bridge.address).await.unwrap();
    Client::requesting(stream, &format!("ws://{}{path}", bridge.address), offer).await
}

/// The status of a handshake at a path, with further headers.
async fn handshake(bridge: &Bridge, path: &str, headers: &str) -> String {
    let mut all = "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
                   Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        .to_owned();
    all.write_str(headers).unwrap();
    let host = bridge.address;
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: upgrade\r\n{all}\r\n");
    let mut stream = TcpStream::connect(host).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut line = String::new();
    soon(BufReader::new(stream).read_line(&mut line)).await.unwrap();
    status(&line).to_owned()
}

#[tokio::test]
async fn a_path_leads_to_its_target_in_the_raw_dialect_whatever_the_client_says() {
    let (address, task) =
        target(async |mut stream: TcpStream| read_all(&mut stream).await.unwrap()).await;
    let named = format!("vnc={address}");
    let bridge = Bridge::start(&["--target", &named, "--ws-path", "/websockify=vnc"]).await;
    let query = "/websockify?target=echo&dialect=tcp-bridge.v1&token=x";
    let (mut client, chosen) = open(&bridge, query, "binary").await;
    assert_eq!(chosen.as_deref(), Some("binary"));
    client.send_text(r#"{"type":"finish"}"#).await;
    client.close().await;
    assert_eq!(task.await.unwrap(), br#"{"type":"finish"}"#);
}

#[tokio::test]
async fn a_path_may_lead_to_the_echo_server_and_needs_no_subprotocol() {
    let bridge = Bridge::start(&["--ws-path", "/tcp/echo=echo"]).await;
    let (mut client, chosen) = open(&bridge, "/tcp/echo", "").await;
    assert_eq!(chosen, None);
    client.send(b"Hello!").await;
    assert_eq!(client.next().await, Received::Bytes(b"Hello!".to_vec()));
}

#[tokio::test]
async fn a_path_is_guarded_as_the_bridges_own_is() {
    let bridge = Bridge::start(&["--ws-path", "/websockify=echo"]).await;
    for path in ["/ws", "/websockify"] {
        assert_eq!(status(&bridge.get(path, "").await), "400", "{path}");
        let foreign = handshake(&bridge, path, "Origin: http://evil.example\r\n").await;
        assert_eq!(foreign, "403", "{path}");
        let own = format!("Origin: http://{}\r\n", bridge.address);
        assert_eq!(handshake(&bridge, path, &own).await, "101", "{path}");
    }
    assert_eq!(handshake(&bridge, "/websockify/", "").await, "404");
}

#[tokio::test]
async fn sessions_of_a_path_count_among_all() {
    let flags = ["--ws-path", "/websockify=echo", "--max-sessions", "1"];
    let bridge = Bridge::start(&flags).await;
    let (mut first, _) = open(&bridge, "/websockify", "").await;
    first.send(b"x").await;
    first.receive(1).await;
    let (mut second, _) = open(&bridge, "/websockify", "").await;
    assert_eq!(second.receive_all().await.code, 1013);
}

#[tokio::test]
async fn without_the_flag_there_is_no_such_path() {
    let bridge = Bridge::start(&["--target", "vnc=localhost:5900"]).await;
    assert_eq!(handshake(&bridge, "/websockify", "").await, "404");
}
