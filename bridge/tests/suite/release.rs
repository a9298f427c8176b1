//! Whose the echo server is: the own one releases its port for an `ncat`, and takes it once that is
//! gone.

use std::net::{Ipv6Addr, TcpListener as StdListener};

use echo_core::wire::{EchoServer, INFO_PATH, Info, RELEASE_PATH};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{Duration, advance, pause, resume, sleep};

use crate::harness::client::Client;
use crate::harness::listener::Listening;
use crate::harness::tools::{log, ncat_on, ncat_with};
use crate::harness::{Bridge, closed_port, soon, status};
use crate::tutorial::ncat;

/// How often a test asks whose the echo server is.
const POLL_INTERVAL: Duration = Duration::from_millis(20);

/// A bridge whose own echo server listens on both loopback addresses at this port.
async fn own_on(port: u16) -> Bridge {
    let bridge = Bridge::start_with(&["--echo", &format!("localhost:{port}")]).await;
    assert_eq!(owner(&bridge).await, EchoServer::Own);
    bridge
}

async fn owner(bridge: &Bridge) -> EchoServer {
    bridge.json::<Info>(INFO_PATH).await.echo
}

async fn until(bridge: &Bridge, expected: EchoServer) {
    soon(async {
        while owner(bridge).await != expected {
            sleep(POLL_INTERVAL).await;
        }
    })
    .await;
}

/// Sends the request as the own page does.
async fn request_release(bridge: &Bridge) -> String {
    let origin = format!("Origin: http://{}\r\n", bridge.address);
    bridge.request("POST", RELEASE_PATH, &origin).await
}

async fn release_port(bridge: &Bridge) {
    assert_eq!(status(&request_release(bridge).await), "204");
}

async fn echoes(bridge: &Bridge) {
    let mut client = Client::open(bridge, "").await;
    client.send(b"Hello!").await;
    assert_eq!(client.receive(6).await, b"Hello!");
    client.close().await;
}

/// Advances the virtual clock.
async fn advance_seconds(seconds: u64) {
    pause();
    advance(Duration::from_secs(seconds)).await;
    resume();
}

#[tokio::test]
async fn an_ncat_gets_the_port_is_used_and_when_it_goes_the_port_is_taken_back() {
    let port = closed_port().await;
    let bridge = own_on(port).await;
    release_port(&bridge).await;
    assert_eq!(owner(&bridge).await, EchoServer::Released);
    for _ in 0..2 {
        let ncat = ncat_on(port);
        until(&bridge, EchoServer::External).await;
        // While the bridge looks again and again, ncat hears of nobody but the session.
        echoes(&bridge).await;
        sleep(Duration::from_secs(1)).await;
        let log = log(ncat).await;
        let from = |address| log.matches(&format!("Ncat: Connection from {address}:")).count();
        assert_eq!(from("127.0.0.1") + from("::1"), 1, "{log}");
        until(&bridge, EchoServer::Own).await;
        echoes(&bridge).await;
        release_port(&bridge).await;
    }
}

#[tokio::test]
async fn an_ncat_that_was_there_first_is_used_and_when_it_goes_the_bridge_has_the_port() {
    let (ncat, port) = ncat().await;
    let bridge = Bridge::start_with(&["--echo", &format!("localhost:{port}")]).await;
    assert_eq!(owner(&bridge).await, EchoServer::External);
    echoes(&bridge).await;
    drop(ncat);
    until(&bridge, EchoServer::Own).await;
    echoes(&bridge).await;
    release_port(&bridge).await;
    let _ncat = ncat_on(port);
    until(&bridge, EchoServer::External).await;
    echoes(&bridge).await;
}

#[tokio::test]
async fn an_ncat_on_one_of_both_addresses_is_seen_too() {
    if StdListener::bind((Ipv6Addr::LOCALHOST, 0)).is_err() {
        return;
    }
    for family in ["-4", "-6"] {
        let port = closed_port().await;
        let bridge = own_on(port).await;
        release_port(&bridge).await;
        let ncat = ncat_with(port, &[family]);
        until(&bridge, EchoServer::External).await;
        drop(ncat);
        until(&bridge, EchoServer::Own).await;
    }
}

#[tokio::test]
async fn a_client_that_listens_there_is_another_server_however_soon_it_goes() {
    let port = closed_port().await;
    let bridge = own_on(port).await;
    release_port(&bridge).await;
    let mut listening = Listening::at(&bridge, &format!("localhost:{port}")).await;
    listening.client.close().await;
    until(&bridge, EchoServer::External).await;
    advance_seconds(4).await;
    until(&bridge, EchoServer::Own).await;
    echoes(&bridge).await;
}

#[tokio::test]
async fn open_connections_go_on_after_the_release() {
    let port = closed_port().await;
    let bridge = own_on(port).await;
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    stream.write_all(b"Hel").await.unwrap();
    soon(stream.read_exact(&mut [0; 3])).await.unwrap();
    release_port(&bridge).await;
    assert!(TcpStream::connect(("127.0.0.1", port)).await.is_err());
    stream.write_all(b"lo!").await.unwrap();
    let mut rest = [0; 3];
    soon(stream.read_exact(&mut rest)).await.unwrap();
    assert_eq!(&rest, b"lo!");
}

#[tokio::test]
async fn where_no_other_server_comes_the_port_is_taken_back_after_two_minutes() {
    let bridge = own_on(closed_port().await).await;
    release_port(&bridge).await;
    advance_seconds(119).await;
    assert_eq!(owner(&bridge).await, EchoServer::Released);
    advance_seconds(2).await;
    until(&bridge, EchoServer::Own).await;
    echoes(&bridge).await;
}

#[tokio::test]
async fn another_request_renews_the_two_minutes() {
    let bridge = own_on(closed_port().await).await;
    for _ in 0..3 {
        release_port(&bridge).await;
        advance_seconds(100).await;
    }
    assert_eq!(owner(&bridge).await, EchoServer::Released);
}

#[tokio::test]
async fn only_the_own_page_may_ask_for_the_release() {
    let bridge = Bridge::start(&["--origin", "http://127.0.0.1:8081"]).await;
    let host = bridge.address;
    for headers in [
        String::new(),
        "Origin: null\r\n".into(),
        "Origin: http://evil.example\r\n".into(),
        "Origin: http://127.0.0.1:8081\r\n".into(),
        format!("Origin: http://localhost:{}\r\n", host.port()),
        format!("Origin: http://{host}\r\nOrigin: http://{host}\r\n"),
    ] {
        let answer = bridge.request("POST", RELEASE_PATH, &headers).await;
        assert_eq!(status(&answer), "403", "{headers}");
        assert!(answer.contains("application/problem+json"), "{answer}");
    }
    assert_eq!(owner(&bridge).await, EchoServer::Own);
    let origin = format!("Origin: http://{host}\r\n");
    assert_eq!(status(&bridge.get(RELEASE_PATH, &origin).await), "405");
    release_port(&bridge).await;
}

#[tokio::test]
async fn a_request_from_another_machine_is_refused() {
    let mut bridge = Bridge::start_on_every_address(&["--auth", "off"]).await;
    // A machine without a network cannot be asked from elsewhere.
    let Some(lan) = bridge.json::<Info>(INFO_PATH).await.lan else { return };
    bridge.address.set_ip(lan.parse().unwrap());
    let answer = request_release(&bridge).await;
    assert_eq!(status(&answer), "403");
    assert!(answer.contains("only for the bridge's own machine"), "{answer}");
}

#[tokio::test]
async fn a_request_through_a_proxy_is_refused() {
    let bridge = Bridge::start(&["--auth", "off", "--public-host", "bridge.school"]).await;
    let own = format!("Origin: http://{}\r\n", bridge.address);
    for header in [
        "Forwarded: for=203.0.113.7",
        "Via: 1.1 proxy",
        "X-Forwarded-For: 203.0.113.7",
        "X-Forwarded-Host: bridge.school",
        "X-Forwarded-Proto: https",
        "X-Real-IP: 203.0.113.7",
    ] {
        let headers = format!("{own}{header}\r\n");
        let answer = bridge.request("POST", RELEASE_PATH, &headers).await;
        assert_eq!(status(&answer), "403", "{header}");
        let name = header.split(':').next().unwrap().to_ascii_lowercase();
        assert!(answer.contains(&name), "{answer}");
        let here = format!("Open http://localhost:{}/", bridge.address.port());
        assert!(answer.contains(&here), "{answer}");
    }
    let request = format!(
        "POST {RELEASE_PATH} HTTP/1.1\r\nHost: bridge.school\r\n\
         Origin: https://bridge.school\r\nConnection: close\r\n\r\n"
    );
    let answer = bridge.http(&request).await;
    assert_eq!(status(&answer), "403");
    assert!(answer.contains("bridge.school"), "{answer}");
    assert_eq!(owner(&bridge).await, EchoServer::Own);
}

#[tokio::test]
async fn an_echo_server_that_is_not_the_bridges_cannot_be_asked_to_release_its_port() {
    let off = Bridge::start_with(&["--echo", "off"]).await;
    let answer = request_release(&off).await;
    assert!(status(&answer) == "409" && answer.contains("--echo off"), "{answer}");

    let (_ncat, port) = ncat().await;
    let bridge = Bridge::start_with(&["--echo", &format!("localhost:{port}")]).await;
    let answer = request_release(&bridge).await;
    assert_eq!(status(&answer), "409");
    assert!(answer.contains(&format!("listens on localhost:{port}")), "{answer}");

    let port = closed_port().await;
    let bridge = own_on(port).await;
    release_port(&bridge).await;
    let _ncat = ncat_on(port);
    until(&bridge, EchoServer::External).await;
    assert_eq!(status(&request_release(&bridge).await), "409");
}
