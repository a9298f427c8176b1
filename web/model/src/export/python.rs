//! Writes the tutorial's client as a Python program.

use super::{Task, literal};
use crate::expected_reply::ExpectedReplyKind;

/// Returns the source of a Python program that makes the exchange of `task`.
pub(super) fn program(task: &Task) -> String {
    let Task { exchange, expected_kind, target } = task;
    let bytes =
        |bytes: &[u8]| literal::bytes_expression(bytes, literal::python_escape, ".encode()");
    let message = bytes(exchange.sent());
    let host = literal::string_literal(target.host, literal::python_escape);
    let (expected, receive) = match expected_kind {
        ExpectedReplyKind::Same => (String::new(), compare("message")),
        ExpectedReplyKind::Bytes => {
            (format!("expected = {}\n", bytes(exchange.expected())), compare("expected"))
        }
        ExpectedReplyKind::Anything => (String::new(), ANYTHING.into()),
    };
    let port = target.port;
    let connect = format!("socket.create_connection(({host}, {port}))");
    let (import, context, open) = if target.is_tls {
        let wrap = format!("context.wrap_socket(connection, server_hostname={host})");
        let context = "    context = ssl.create_default_context()\n";
        ("import ssl\n", context, format!("{connect} as connection, {wrap} as stream"))
    } else {
        ("", "", format!("{connect} as stream"))
    };
    let (connected, sent) = (task.connected(), task.sent());
    format!(
        r#"import socket
{import}
message = {message}
{expected}
try:
{context}    with {open}:
        print("{connected}")

        stream.sendall(message)
        print("{sent}")

{receive}except OSError as error:
    print("Failed to connect:", error)
print("Terminated.")
"#
    )
}

/// Returns the code that reads as many bytes as there are in the variable with the name `expected`,
/// and compares them.
fn compare(expected: &str) -> String {
    format!(
        r#"        reply = b""
        while piece := stream.recv(len({expected}) - len(reply)):
            reply += piece
        if reply == {expected}:
            print("Reply is ok!")
        elif len(reply) == len({expected}):
            print("Unexpected reply:", reply.decode(errors="backslashreplace"))
        else:
            print("Failed to receive data: failed to fill whole buffer")
"#
    )
}

/// The code that reads any reply, with the page's time limits: 5 s for the first bytes, and 300 ms
/// without further ones.
const ANYTHING: &str = r#"        reply = b""
        stream.settimeout(5)
        try:
            while piece := stream.recv(4096):
                reply += piece
                stream.settimeout(0.3)
        except TimeoutError:
            pass
        print("Received", len(reply), "bytes:", reply.decode(errors="backslashreplace"))
"#;
