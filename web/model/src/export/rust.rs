//! Writes the tutorial's client as a Rust program.

use super::{Task, literal};
use crate::expected_reply::ExpectedReplyKind;

/// Returns the source of a Rust program that makes the exchange of `task`.
pub(super) fn program(task: &Task) -> String {
    let Task { exchange, expected_kind, port, .. } = task;
    let bytes =
        |bytes: &[u8]| literal::bytes_expression(bytes, literal::rust_escape, ".as_bytes()");
    let message = bytes(exchange.sent());
    let host = literal::string_literal(task.host, literal::rust_escape);
    let (uses, expected, receive) = match expected_kind {
        ExpectedReplyKind::Same => ("", String::new(), compare("message")),
        ExpectedReplyKind::Bytes => {
            let expected = bytes(exchange.expected());
            ("", format!("    let expected: &[u8] = {expected};\n"), compare("expected"))
        }
        ExpectedReplyKind::Anything => {
            ("use std::time::Duration;\n", String::new(), ANYTHING.into())
        }
    };
    let (connected, sent) = (task.connected(), task.sent());
    format!(
        r#"use std::io::{{Read, Write}};
use std::net::TcpStream;
{uses}
fn main() {{
    let message: &[u8] = {message};
{expected}
    match TcpStream::connect(({host}, {port})) {{
        Ok(mut stream) => {{
            println!("{connected}");

            stream.write_all(message).unwrap();
            println!("{sent}");

{receive}        }}
        Err(e) => println!("Failed to connect: {{e}}"),
    }}
    println!("Terminated.");
}}
"#
    )
}

/// Returns the code that reads as many bytes as there are in the variable with the name `expected`,
/// and compares them.
fn compare(expected: &str) -> String {
    format!(
        r#"            let mut reply = vec![0; {expected}.len()];
            match stream.read_exact(&mut reply) {{
                Ok(()) if reply == {expected} => println!("Reply is ok!"),
                Ok(()) => println!("Unexpected reply: {{}}", String::from_utf8_lossy(&reply)),
                Err(e) => println!("Failed to receive data: {{e}}"),
            }}
"#
    )
}

/// The code that reads any reply, with the page's time limits: 5 s for the first bytes, and 300 ms
/// without further ones.
const ANYTHING: &str = r#"            let mut reply = Vec::new();
            let mut piece = [0; 4096];
            stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
            while let Ok(n @ 1..) = stream.read(&mut piece) {
                reply.extend_from_slice(&piece[..n]);
                stream.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
            }
            println!("Received {} bytes: {}", reply.len(), String::from_utf8_lossy(&reply));
"#;
