//! What requests with long headers cost, as the kernel counts it.

use std::net::SocketAddr;

use futures_util::future::join_all;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::harness::process::{self, Process};
use crate::harness::soon;

const KIB: usize = 1024;
/// Fewer than the bridge takes from one address.
const CONNECTIONS: usize = 100;
/// The headers of one request: less than hyper's own bound, and far more than any client needs.
const HEADERS: usize = 399 * KIB;
/// 32 KiB of headers, and as much again for the connection itself.
const MOST_PER_CONNECTION: usize = 64 * KIB;

#[tokio::test]
async fn long_headers_cost_no_more_than_the_bound() {
    let (bridge, address) = Process::serving(&mut process::bridge());
    send_long_headers(address, HEADERS).await;
    let idle = bridge.peak_memory();
    let all = (0..CONNECTIONS).map(|_| send_long_headers(address, HEADERS));
    let answers = soon(join_all(all)).await;
    for answer in &answers {
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431 "), "{answer}");
    }
    let grown = bridge.peak_memory() - idle;
    assert!(grown < CONNECTIONS * MOST_PER_CONNECTION, "{grown} for {CONNECTIONS} connections");
}

/// Sends a request whose headers have `length` bytes and never end; returns what is answered, or
/// nothing where the connection is reset with bytes on their way.
async fn send_long_headers(address: SocketAddr, length: usize) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let mut headers = format!("GET / HTTP/1.1\r\nHost: {address}\r\nX-Long: ").into_bytes();
    headers.resize(length, b'a');
    let mut answer = Vec::new();
    if stream.write_all(&headers).await.is_ok() {
        let _ = stream.read_to_end(&mut answer).await;
    }
    String::from_utf8_lossy(&answer).into_owned()
}
