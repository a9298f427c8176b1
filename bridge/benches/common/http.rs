//! Requests as bytes, and answers as far as they are looked at.

use std::io;
use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// A GET on a connection that stays open.
pub(crate) fn get(address: SocketAddr, path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n")
}

/// The whole answer to a GET, on a connection that ends with it.
///
/// # Errors
/// Where it is any but 200.
pub(crate) async fn fetch(
    mut stream: TcpStream,
    address: SocketAddr,
    path: &str,
) -> io::Result<Vec<u8>> {
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    if answer.starts_with(b"HTTP/1.1 200 ") { Ok(answer) } else { Err(unexpected(&answer)) }
}

/// The error for an answer that was not hoped for.
pub(crate) fn unexpected(answer: &[u8]) -> io::Error {
    let line = answer.split(|byte| *byte == b'\r').next().unwrap_or_default();
    io::Error::other(format!("unexpected answer: {}", String::from_utf8_lossy(line)))
}
