//! What is served over HTTP, and to whom.

use std::net::IpAddr;

use echo_core::wire::{INFO_PATH, Info};
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpStream;

use crate::harness::{Bridge, soon, status};

#[tokio::test]
async fn the_page_comes_with_what_keeps_others_out_of_it() {
    let bridge = Bridge::start(&[]).await;
    let page = bridge.get("/", "").await.to_ascii_lowercase();
    assert_eq!(status(&page), "200");
    for header in [
        "content-type: text/html",
        "cache-control: no-cache",
        "etag: ",
        "content-security-policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval'",
        "x-content-type-options: nosniff",
        "cross-origin-opener-policy: same-origin",
        "cross-origin-embedder-policy: require-corp",
    ] {
        assert!(page.contains(&format!("\r\n{header}")), "no {header} in {page}");
    }
    assert!(!page.contains("unsafe-inline"));
}

#[tokio::test]
async fn a_page_that_has_not_changed_is_not_sent_again() {
    let bridge = Bridge::start(&[]).await;
    let page = bridge.get("/", "").await;
    let etag = page.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap();
    let again = bridge.get("/", &format!("If-None-Match: {etag}\r\n")).await;
    assert_eq!(status(&again), "304");
}

#[tokio::test]
async fn a_foreign_host_learns_nothing_but_that_the_bridge_lives() {
    let bridge = Bridge::start(&[]).await;
    for path in ["/", "/api/info", "/ws", "/nowhere"] {
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
        let answer = bridge.http(&request).await;
        assert_eq!(status(&answer), "403", "{path}");
        assert!(answer.contains("content-type: application/problem+json"), "{answer}");
        assert!(answer.contains("--public-host evil.example"), "{answer}");
    }
    let alive = "GET /healthz HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    assert_eq!(status(&bridge.http(alive).await), "200");
}

#[tokio::test]
async fn a_host_cannot_be_smuggled_past_the_guard() {
    let bridge = Bridge::start(&[]).await;
    let host = bridge.address;
    for head in [
        "GET / HTTP/1.1\r\n".to_owned(),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\nHost: evil.example\r\n"),
        format!("GET http://evil.example/ HTTP/1.1\r\nHost: {host}\r\n"),
    ] {
        let answer = bridge.http(&format!("{head}Connection: close\r\n\r\n")).await;
        assert_eq!(status(&answer), "403", "{head}");
    }
}

const UPGRADE: &str = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
                       Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

#[tokio::test]
async fn a_foreign_origin_is_refused_before_the_upgrade() {
    let bridge = Bridge::start(&["--origin", "http://127.0.0.1:8081"]).await;
    let host = bridge.address;
    for (origin, expected) in [
        (format!("http://{host}"), "101"),
        ("http://127.0.0.1:8081".to_owned(), "101"),
        ("http://127.0.0.1".to_owned(), "403"),
        ("http://evil.example".to_owned(), "403"),
        ("null".to_owned(), "403"),
        (format!("http://{host}\r\nOrigin: http://evil.example"), "403"),
    ] {
        let mut stream = TcpStream::connect(host).await.unwrap();
        let request =
            format!("GET /ws HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\n{UPGRADE}\r\n");
        tokio::io::AsyncWriteExt::write_all(&mut stream, request.as_bytes()).await.unwrap();
        let mut answer = [0; 12];
        soon(stream.read_exact(&mut answer)).await.unwrap();
        assert_eq!(status(std::str::from_utf8(&answer).unwrap()), expected, "{origin}");
    }
}

#[tokio::test]
async fn what_a_refused_origin_is_advised_is_what_lets_it_in() {
    for origin in ["moz-extension://1b2c-3d", "tauri://localhost", "http://a.example:81"] {
        let bridge = Bridge::start(&[]).await;
        let header = format!("Origin: {origin}\r\n");
        let refused = bridge.get(INFO_PATH, &header).await;
        assert_eq!(status(&refused), "403");
        let (_, advice) = refused.split_once("restart it with: tcp-bridge ").unwrap();
        let (advice, _) = advice.split_once('"').unwrap();
        assert_eq!(advice, format!("--origin {origin}"));
        let flags: Vec<_> = advice.split(' ').collect();
        let bridge = Bridge::start(&flags).await;
        assert_eq!(status(&bridge.get(INFO_PATH, &header).await), "200", "{origin}");
    }
    let bridge = Bridge::start(&[]).await;
    let refused = bridge.get(INFO_PATH, "Origin: null\r\n").await;
    assert_eq!(status(&refused), "403");
    assert!(refused.contains("Serve it over HTTP"), "{refused}");
}

#[tokio::test]
async fn a_request_without_an_upgrade_is_refused_with_what_the_path_is_for() {
    let bridge = Bridge::start(&[]).await;
    let answer = bridge.get("/ws", "").await;
    assert_eq!(status(&answer), "400");
    assert!(answer.contains("WebSocket"), "{answer}");
}

#[tokio::test]
async fn headers_that_never_end_are_given_up() {
    let bridge = Bridge::start(&["--header-timeout", "50ms"]).await;
    for head in ["", "GET / HTTP/1.1\r\nHost: "] {
        let answer = bridge.http(head).await;
        assert!(answer.is_empty() || status(&answer) == "408", "{answer}");
    }
}

#[tokio::test]
async fn headers_that_are_too_long_are_refused() {
    let bridge = Bridge::start(&[]).await;
    for (kibibytes, expected) in [(30, "200"), (33, "431")] {
        let header = format!("X-Long: {}\r\n", "x".repeat(kibibytes * 1024));
        assert_eq!(status(&bridge.get("/", &header).await), expected, "{kibibytes} KiB");
    }
}

#[tokio::test]
async fn who_asks_through_a_proxy_does_not_learn_what_is_for_this_machine() {
    let bridge = Bridge::start_on_every_address(&["--auth", "off"]).await;
    let answer = bridge.get(INFO_PATH, "X-Forwarded-For: 203.0.113.7\r\n").await;
    assert_eq!(status(&answer), "200");
    assert!(!answer.contains("\"lan\":\""), "{answer}");
    for key in ["lan", "program", "flags", "remedy"] {
        assert!(!answer.contains(&format!("\"{key}\":")), "{key}: {answer}");
    }
}

#[tokio::test]
async fn who_asks_from_this_machine_learns_where_others_reach_it_and_how_it_was_started() {
    let mut bridge = Bridge::start_on_every_address(&["--auth", "off"]).await;
    let here: Info = bridge.json(INFO_PATH).await;
    assert!(!here.program.is_empty() && here.flags.contains("--echo "), "{here:?}");
    // A machine without a network has none.
    let Some(lan) = here.lan else { return };
    let lan: IpAddr = lan.parse().unwrap();
    assert!(!lan.is_loopback());
    bridge.address.set_ip(lan);
    let elsewhere: Info = bridge.json(INFO_PATH).await;
    assert_eq!(elsewhere.lan, None);
    assert_eq!((elsewhere.program, elsewhere.flags), (String::new(), String::new()));
}
