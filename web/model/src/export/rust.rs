//! Writes the tutorial's client as a Rust program.

use super::{Task, literal};
use crate::expected_reply::ExpectedReplyKind;

/// Returns the source of a Rust program that makes the exchange of `task`.
pub(super) fn program(task: &Task) -> String {
    let Task { exchange, expected_kind, target } = task;
    let bytes =
        |bytes: &[u8]| literal::bytes_expression(bytes, literal::rust_escape, ".as_bytes()");
    let message = bytes(exchange.sent());
    let host = literal::string_literal(target.host, literal::rust_escape);
    let (uses, expected, receive) = match expected_kind {
        ExpectedReplyKind::Same => ("", String::new(), compare("message")),
        ExpectedReplyKind::Bytes => {
            let expected = bytes(exchange.expected());
            ("", format!("    let expected: &[u8] = {expected};\n"), compare("expected"))
        }
        ExpectedReplyKind::Anything => {
            // rustls's stream has the socket as a field.
            let socket = if target.is_tls { "stream.sock" } else { "stream" };
            ("use std::time::Duration;\n", String::new(), receive_anything(socket))
        }
    };
    let port = target.port;
    let (head, tls_uses, tls, connect) = if target.is_tls {
        (CRATES, "use std::sync::Arc;\n", CONNECT, format!("connect({host}, {port})"))
    } else {
        ("", "", "", format!("TcpStream::connect(({host}, {port}))"))
    };
    let (connected, sent) = (task.connected(), task.sent());
    format!(
        r#"{head}use std::io::{{Read, Write}};
use std::net::TcpStream;
{tls_uses}{uses}{tls}
fn main() {{
    let message: &[u8] = {message};
{expected}
    match {connect} {{
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

/// Returns the code that reads any reply, with the page's time limits: 5 s for the first bytes, and
/// 300 ms without further ones. They are set on `socket`, as the program names it.
fn receive_anything(socket: &str) -> String {
    format!(
        r#"            let mut reply = Vec::new();
            let mut piece = [0; 4096];
            {socket}.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
            while let Ok(n @ 1..) = stream.read(&mut piece) {{
                reply.extend_from_slice(&piece[..n]);
                {socket}.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
            }}
            println!("Received {{}} bytes: {{}}", reply.len(), String::from_utf8_lossy(&reply));
"#
    )
}

/// What stands at the head of a program that speaks TLS: the crates that it needs.
const CRATES: &str = "\
// cargo add rustls --no-default-features --features ring,std,tls12
// cargo add rustls-native-certs
";

/// The code that connects over TLS, with the certificates that the system trusts.
const CONNECT: &str = r"
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

type Stream = StreamOwned<ClientConnection, TcpStream>;

fn connect(host: &'static str, port: u16) -> std::io::Result<Stream> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    let name = host.try_into().map_err(std::io::Error::other)?;
    let tls = ClientConnection::new(Arc::new(config), name).map_err(std::io::Error::other)?;
    let mut stream = StreamOwned::new(tls, TcpStream::connect((host, port))?);
    while stream.conn.is_handshaking() {
        stream.conn.complete_io(&mut stream.sock)?;
    }
    Ok(stream)
}
";
