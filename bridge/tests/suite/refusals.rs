//! What the log says of requests, and of those that were refused.

use std::io::Read as _;
use std::net::{SocketAddr, TcpStream};

use echo_core::wire::RELEASE_PATH;

use crate::harness::process::{self, Process};

/// A bridge whose log is as fine as `level`, and where it listens.
fn bridge(level: &str) -> (Process, SocketAddr) {
    Process::serving(process::bridge().env("RUST_LOG", level))
}

/// Sends a request and returns the client's address.
fn send(address: SocketAddr, request: &str) -> SocketAddr {
    let mut stream = TcpStream::connect(address).unwrap();
    std::io::Write::write_all(&mut stream, request.as_bytes()).unwrap();
    std::io::copy(&mut stream, &mut std::io::sink()).unwrap();
    stream.local_addr().unwrap()
}

/// The line of the log that holds this text, once the bridge has ended in order.
fn logged(mut bridge: Process, text: &str) -> String {
    bridge.signal("-TERM");
    let mut log = String::new();
    bridge.0.stderr.as_mut().unwrap().read_to_string(&mut log).unwrap();
    let line = log.lines().find(|line| line.contains(text));
    line.unwrap_or_else(|| panic!("no {text} in {log}")).to_owned()
}

#[test]
fn a_refusal_is_logged_with_who_asked_for_what_and_why() {
    for (method, path, host, origin, reason) in [
        ("GET", "/", "evil.example", "http://a.example", "--public-host evil.example"),
        ("GET", "/ws", "localhost", "http://b.example", "--origin http://b.example"),
        ("POST", RELEASE_PATH, "localhost", "null", "Serve it over HTTP"),
        ("POST", RELEASE_PATH, "localhost", "http://localhost", "header via"),
    ] {
        let (bridge, address) = bridge("info");
        let client = send(
            address,
            &format!(
                "{method} {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\n\
                 Via: 1.1 proxy\r\nConnection: close\r\n\r\n"
            ),
        );
        let line = logged(bridge, "refused with 403");
        for part in [&client.to_string(), path, host, origin, reason] {
            assert!(line.contains(part), "no {part} in {line}");
        }
    }
}

#[test]
fn each_request_is_logged_at_debug_level() {
    let (bridge, address) = bridge("bridge=debug");
    let request = format!("HEAD /nowhere HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    let client = send(address, &request);
    let line = logged(bridge, "/nowhere");
    for part in ["DEBUG", "HEAD", "404", &client.to_string()] {
        assert!(line.contains(part), "no {part} in {line}");
    }
}
