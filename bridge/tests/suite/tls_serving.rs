//! The bridge over HTTPS.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use rcgen::date_time_ymd;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::harness::client::{Client, Received};
use crate::harness::process::{BRIDGE, Process};
use crate::harness::services::verdict;
use crate::harness::tls::{Authority, text};
use crate::harness::{Bridge, soon};

/// The flags of a bridge that serves HTTPS with a certificate of `authority`.
fn flags(authority: &Authority) -> [String; 4] {
    let (certificate, key) = authority.files(&authority.localhost());
    ["--tls-cert".into(), text(&certificate).into(), "--tls-key".into(), text(&key).into()]
}

async fn bridge(authority: &Authority, further: &[&str]) -> Bridge {
    let flags = flags(authority);
    let flags: Vec<&str> =
        flags.iter().map(String::as_str).chain(further.iter().copied()).collect();
    Bridge::start(&flags).await
}

#[tokio::test]
async fn the_page_is_served_over_https() {
    let authority = Authority::new();
    let bridge = bridge(&authority, &[]).await;
    let mut stream = authority.connect(bridge.address).await;
    let request =
        format!("GET / HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", bridge.address);
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    soon(stream.read_to_end(&mut answer)).await.unwrap();
    let answer = String::from_utf8_lossy(&answer);
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[tokio::test]
async fn a_session_is_relayed_over_wss() {
    const LENGTH: usize = 512 * 1024;
    let authority = Authority::new();
    let bridge = bridge(&authority, &[]).await;
    let stream = authority.connect(bridge.address).await;
    let url = format!("ws://{}/ws", bridge.address);
    let (mut client, _) = Client::requesting(stream, &url, "tcp-bridge.v1").await;
    let bytes: Vec<u8> = (0u32..).flat_map(u32::to_le_bytes).take(LENGTH).collect();
    client.send(&bytes).await;
    let mut came = Vec::new();
    while came.len() < LENGTH {
        match client.next().await {
            Received::Bytes(bytes) => came.extend(bytes),
            Received::Control(_) => {}
            closed @ Received::Close(..) => panic!("{closed:?}"),
        }
    }
    assert!(came == bytes);
    client.send_text(r#"{"type":"finish"}"#).await;
    assert_eq!(client.receive_all().await.code, 1000);
}

#[tokio::test]
async fn the_cookie_goes_over_https_alone() {
    let authority = Authority::new();
    let token = authority.write("token", "0123456789abcdef0123456789abcdef");
    fs::set_permissions(&token, fs::Permissions::from_mode(0o600)).unwrap();
    let bridge = bridge(&authority, &["--auth", "token", "--token-file", text(&token)]).await;
    let mut stream = authority.connect(bridge.address).await;
    let request = format!(
        "GET /?token=0123456789abcdef0123456789abcdef HTTP/1.1\r\nHost: {}\r\n\
         Connection: close\r\n\r\n",
        bridge.address
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    soon(stream.read_to_string(&mut answer)).await.unwrap();
    let cookie = answer.lines().find(|line| line.to_lowercase().starts_with("set-cookie"));
    assert!(cookie.is_some_and(|cookie| cookie.contains("Secure")), "{answer}");
}

#[tokio::test]
async fn plain_http_gets_an_answer_that_says_so() {
    let authority = Authority::new();
    let bridge = bridge(&authority, &[]).await;
    let answer = bridge.get("/", "").await;
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    assert!(answer.ends_with("open it with https:// instead.\n"), "{answer}");
}

#[tokio::test]
async fn a_client_that_says_nothing_is_given_up_in_the_time_for_headers() {
    let authority = Authority::new();
    let bridge = bridge(&authority, &["--header-timeout", "100ms"]).await;
    for beginning in [&b""[..], &[22, 3, 1]] {
        let mut stream = TcpStream::connect(bridge.address).await.unwrap();
        stream.write_all(beginning).await.unwrap();
        // The end, or RST where a part of a handshake is unread.
        let _ = soon(stream.read_to_end(&mut Vec::new())).await;
    }
}

/// The certificate that a bridge shows, in DER.
async fn shown(authority: &Authority, address: std::net::SocketAddr) -> Vec<u8> {
    let stream = authority.connect(address).await;
    stream.get_ref().1.peer_certificates().unwrap()[0].to_vec()
}

#[tokio::test]
async fn at_sighup_the_certificate_is_replaced_and_sessions_go_on() {
    let authority = Authority::new();
    let flags = flags(&authority);
    let mut command = Command::new(BRIDGE);
    command.args(["--listen", "127.0.0.1:0", "--echo", "127.0.0.1:0"]).args(&flags);
    let (mut bridge, line) = Process::printing(&mut command);
    let url = line.strip_prefix("Open https://").unwrap_or_else(|| panic!("{line}"));
    let address = url.trim_end_matches('/').parse().unwrap();
    let stream = authority.connect(address).await;
    let (mut client, _) =
        Client::requesting(stream, &format!("ws://{address}/ws"), "tcp-bridge.v1").await;
    let first = shown(&authority, address).await;
    authority.files(&authority.localhost());
    bridge.signal("-HUP");
    while shown(&authority, address).await == first {
        tokio::task::yield_now().await;
    }
    let second = shown(&authority, address).await;
    // One that cannot be used changes nothing, whenever the bridge reads it.
    fs::write(&flags[1], "no certificate").unwrap();
    bridge.signal("-HUP");
    client.send(b"Hello!").await;
    assert_eq!(client.receive(6).await, b"Hello!");
    let log = BufReader::new(bridge.0.stderr.take().unwrap());
    let said = tokio::task::spawn_blocking(move || {
        log.lines().map(Result::unwrap).find(|line| line.contains("keeps its certificate"))
    });
    let said = soon(said).await.unwrap().unwrap();
    assert!(said.contains("--tls-cert"), "{said}");
    assert_eq!(shown(&authority, address).await, second);
}

#[test]
fn a_certificate_that_cannot_be_used_is_refused_at_the_start_with_what_is_wrong() {
    let authority = Authority::new();
    let (certificate, key) = authority.files(&authority.localhost());
    let other = authority.certify(&["localhost"], |it| it.not_after = date_time_ymd(2024, 1, 1));
    let other_key = authority.write("other.key", &other.key.serialize_pem());
    let nothing = authority.write("nothing.pem", "");
    let serve = |certificate, key| {
        let mut command = Command::new(BRIDGE);
        command.args(["--listen", "127.0.0.1:0", "--echo", "off"]);
        verdict(command.args(["--tls-cert", text(certificate), "--tls-key", text(key)]))
    };
    for (certificate, key, part) in [
        (&nothing, &key, "--tls-cert"),
        (&authority.path("missing.pem"), &key, "--tls-cert"),
        (&certificate, &nothing, "--tls-key"),
        (&certificate, &other_key, "cannot be used with --tls-key"),
    ] {
        let (ok, said) = serve(certificate, key);
        assert!(!ok && said.contains(part) && !said.contains("Open "), "{part}: {said}");
    }
    let alone = verdict(Command::new(BRIDGE).args(["--tls-cert", text(&certificate)]));
    assert!(!alone.0 && alone.1.contains("--tls-key"), "{}", alone.1);
}
