//! What a proxy says of a client is believed from a trusted one, and from nobody else.

use std::fmt::Write as _;

use echo_core::wire::{CONNECTIONS_PATH, EchoConnections, INFO_PATH, Info};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::harness::{Bridge, soon, status};

const TRUSTED: [&str; 2] = ["--trusted-proxy", "127.0.0.1"];
const UPGRADE: &str = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
                       Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
const V1: &[u8] = b"PROXY TCP4 192.0.2.7 203.0.113.9 4660 80\r\n";
/// Headers that name nobody, in both versions.
const UNNAMED: [&[u8]; 2] = [b"PROXY UNKNOWN\r\n", b"\r\n\r\n\0\r\nQUIT\n\x21\0\0\0"];
const V2: &[u8] = b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c\xc0\0\x02\x07\xcb\0\x71\x09\x12\x34\0\x50";

/// Sends bytes on a connection of their own, and returns the answer up to its end, or to the end of
/// its headers where it is an upgrade.
async fn send(bridge: &Bridge, bytes: &[u8]) -> (String, TcpStream) {
    let mut stream = TcpStream::connect(bridge.address).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    let mut answer = Vec::new();
    while let Ok(byte) = soon(stream.read_u8()).await {
        answer.push(byte);
        if answer.starts_with(b"HTTP/1.1 101 ") && answer.ends_with(b"\r\n\r\n") {
            break;
        }
    }
    (String::from_utf8_lossy(&answer).into_owned(), stream)
}

/// Opens a session with the echo server, and returns the client's address as the bridge sees it.
/// It is told of none that came over loopback.
async fn seen(bridge: &Bridge, preface: &[u8], headers: &str) -> Option<String> {
    let host = if preface.is_empty() { bridge.address.to_string() } else { "203.0.113.9".into() };
    let request = format!("GET /ws HTTP/1.1\r\nHost: {host}\r\n{headers}{UPGRADE}\r\n");
    let (answer, _session) = send(bridge, &[preface, request.as_bytes()].concat()).await;
    assert_eq!(status(&answer), "101", "{answer}");
    loop {
        let told: EchoConnections = bridge.json(CONNECTIONS_PATH).await;
        if let Some(connection) = told.connections.last().filter(|it| it.bridge) {
            return connection.client.clone();
        }
    }
}

#[tokio::test]
async fn the_proxy_protocol_tells_the_client_in_both_versions() {
    for preface in [V1, V2] {
        let bridge = Bridge::start(&TRUSTED).await;
        assert_eq!(seen(&bridge, preface, "").await.as_deref(), Some("192.0.2.7"));
        // Headers are then the client's own word.
        let bridge = Bridge::start(&TRUSTED).await;
        let spoofed = seen(&bridge, preface, "X-Forwarded-For: 6.6.6.6\r\n").await;
        assert_eq!(spoofed.as_deref(), Some("192.0.2.7"));
    }
}

#[tokio::test]
async fn the_proxy_protocol_is_not_spoken_to_anybody_else() {
    for args in [&[][..], &["--trusted-proxy", "192.0.2.0/24"]] {
        let bridge = Bridge::start(args).await;
        for preface in [V1, V2] {
            let request = format!("GET /healthz HTTP/1.1\r\nHost: {}\r\n\r\n", bridge.address);
            let (answer, _) = send(&bridge, &[preface, request.as_bytes()].concat()).await;
            assert_eq!(status(&answer), "400", "{answer}");
        }
    }
}

#[tokio::test]
async fn a_trusted_proxy_without_the_header_is_plain_and_a_malformed_one_is_closed() {
    let bridge = Bridge::start(&TRUSTED).await;
    assert_eq!(status(&bridge.get(INFO_PATH, "").await), "200");
    let (answer, _) = send(&bridge, b"PROXY TCP4 192.0.2.777 203.0.113.9 1 2\r\n").await;
    assert_eq!(answer, "");
}

#[tokio::test]
async fn a_header_of_the_proxy_protocol_that_never_ends_is_given_up() {
    let bridge = Bridge::start(&[&TRUSTED[..], &["--header-timeout", "100ms"]].concat()).await;
    let (answer, _) = send(&bridge, b"PROXY TCP4 192.0.2.7").await;
    assert_eq!(answer, "");
}

#[tokio::test]
async fn forwarding_headers_tell_the_client_of_a_trusted_proxy_alone() {
    for header in ["X-Forwarded-For: 6.6.6.6, 192.0.2.7", "Forwarded: for=192.0.2.7;proto=http"] {
        let header = format!("{header}\r\n");
        let trusting = Bridge::start(&TRUSTED).await;
        assert_eq!(seen(&trusting, b"", &header).await.as_deref(), Some("192.0.2.7"));
        let other = Bridge::start(&[]).await;
        assert_eq!(seen(&other, b"", &header).await, None);
    }
}

#[tokio::test]
async fn limits_see_the_client_behind_the_proxy() {
    let bridge = Bridge::start(&[&TRUSTED[..], &["--max-sessions-per-client", "1"]].concat()).await;
    let host = bridge.address;
    let open = async |client: &str| {
        let mut stream = TcpStream::connect(host).await.unwrap();
        let request = format!(
            "GET /ws HTTP/1.1\r\nHost: {host}\r\nX-Forwarded-For: {client}\r\n{UPGRADE}\r\n"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        stream
    };
    let _first = open("192.0.2.7").await;
    let _other = open("192.0.2.8").await;
    let mut refused = open("192.0.2.7").await;
    let mut answer = Vec::new();
    while !String::from_utf8_lossy(&answer).contains("192.0.2.7 has 1 sessions") {
        answer.push(soon(refused.read_u8()).await.unwrap());
    }
}

#[tokio::test]
async fn a_header_of_a_trusted_proxy_lets_in_whom_it_names() {
    let auth = ["--auth", "header:X-Remote-User"];
    let bridge = Bridge::start(&[&TRUSTED[..], &auth].concat()).await;
    let named = "X-Remote-User: alice\r\nX-Forwarded-For: 192.0.2.7\r\n";
    assert_eq!(status(&bridge.get(INFO_PATH, named).await), "200");
    for headers in ["", "X-Remote-User: \r\n", "X-Remote-User: a\r\nX-Remote-User: b\r\n"] {
        let answer = bridge.get(INFO_PATH, headers).await;
        assert_eq!(status(&answer), "401", "{headers:?}");
        assert!(answer.contains("www-authenticate") && answer.contains("proxy"), "{answer}");
    }
    // A proxy of connections passes on what the client says.
    let request = format!(
        "GET {INFO_PATH} HTTP/1.1\r\nHost: 203.0.113.9\r\n{named}Connection: close\r\n\r\n"
    );
    let (answer, _) = send(&bridge, &[V1, request.as_bytes()].concat()).await;
    assert_eq!(status(&answer), "401");
    let unnamed = |preface: &[u8]| {
        let request = format!(
            "GET {INFO_PATH} HTTP/1.1\r\nHost: {}\r\n{named}Connection: close\r\n\r\n",
            bridge.address
        );
        [preface, request.as_bytes()].concat()
    };
    for preface in UNNAMED {
        let (answer, _) = send(&bridge, &unnamed(preface)).await;
        assert_eq!(status(&answer), "401");
    }
    let other = Bridge::start(&["--trusted-proxy", "192.0.2.9", auth[0], auth[1]]).await;
    assert_eq!(status(&other.get(INFO_PATH, named).await), "401");
}

#[tokio::test]
async fn the_cookie_is_for_https_alone_where_the_client_came_so() {
    let token = "7k3m-q9xw-2hdv-p4tn";
    let path = std::env::temp_dir().join(format!("tcp-bridge-secure-{}", std::process::id()));
    std::fs::write(&path, token).unwrap();
    #[cfg(unix)]
    std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    let public = ["--public-host", "bridge.school", "--token-file", path.to_str().unwrap()];
    let https = "X-Forwarded-Proto: https\r\nX-Forwarded-Host: bridge.school\r\n";
    for (trusted, expected) in
        [(&TRUSTED[..], "set-cookie: tcp-bridge-443="), (&[][..], "set-cookie: tcp-bridge-")]
    {
        let bridge = Bridge::start(&[trusted, &public].concat()).await;
        let answer = bridge.get(&format!("/?token={token}"), https).await;
        assert_eq!(status(&answer), "303", "{answer}");
        assert!(answer.contains(expected), "{answer}");
        assert_eq!(answer.contains("; Secure\r\n"), !trusted.is_empty(), "{answer}");
    }
    std::fs::remove_file(path).unwrap();
}

#[tokio::test]
async fn a_forwarded_host_counts_from_a_trusted_proxy_and_both_hosts_must_be_known() {
    let open = ["--auth", "off", "--public-host", "bridge.school"];
    let bridge = Bridge::start(&[&TRUSTED[..], &open].concat()).await;
    let own = "Origin: https://bridge.school\r\n";
    for (host, forwarded, origin, expected) in [
        (None, "bridge.school", own, "200"),
        (None, "evil.example", "", "403"),
        (None, "", own, "403"),
        (Some("evil.example"), "bridge.school", "", "403"),
        (Some("bridge.school"), "", own, "200"),
    ] {
        let host = host.map_or_else(|| bridge.address.to_string(), Into::into);
        let mut request = format!("GET {INFO_PATH} HTTP/1.1\r\nHost: {host}\r\n{origin}");
        if !forwarded.is_empty() {
            write!(request, "X-Forwarded-Host: {forwarded}\r\n").unwrap();
        }
        let answer = bridge.http(&format!("{request}Connection: close\r\n\r\n")).await;
        assert_eq!(status(&answer), expected, "{request}");
    }
    let other = Bridge::start(&open).await;
    let header = format!("{own}X-Forwarded-Host: bridge.school\r\n");
    assert_eq!(status(&other.get(INFO_PATH, &header).await), "403");
}

#[tokio::test]
async fn nobody_behind_a_proxy_passes_for_this_machine() {
    let bridge = Bridge::start(&TRUSTED).await;
    for header in ["X-Forwarded-For: 127.0.0.1\r\n", "Forwarded: for=127.0.0.1\r\n", ""] {
        let answer = bridge.get(INFO_PATH, header).await;
        assert_eq!(status(&answer), "200");
        assert!(!answer.contains("\"flags\""), "{answer}");
    }
    let request =
        format!("GET {INFO_PATH} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    let v1 = b"PROXY TCP4 127.0.0.1 127.0.0.1 4660 80\r\n";
    let (answer, _) = send(&bridge, &[v1, request.as_bytes()].concat()).await;
    assert_eq!(status(&answer), "200", "{answer}");
    assert!(!answer.contains("\"flags\""), "{answer}");
    let direct: Info = Bridge::start(&[]).await.json(INFO_PATH).await;
    assert!(!direct.flags.is_empty());
}
