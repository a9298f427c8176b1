//! The tutorial's client in Python.

use super::{Expect, Task, literal};

/// A program that needs nothing but the standard library.
pub(super) fn program(task: &Task) -> String {
    let Task { exchange, expect, port, .. } = task;
    let bytes = |bytes: &[u8]| literal::bytes(bytes, literal::python, ".encode()");
    let message = bytes(exchange.sent());
    let host = literal::text(task.host, literal::python);
    let (expected, receive) = match expect {
        Expect::Same => (String::new(), compare("message")),
        Expect::These => {
            (format!("expected = {}\n", bytes(exchange.expected())), compare("expected"))
        }
        Expect::Anything => (String::new(), ANYTHING.into()),
    };
    let (connected, sent) = (task.connected(), task.sent());
    format!(
        r#"import socket

message = {message}
{expected}
try:
    with socket.create_connection(({host}, {port})) as stream:
        print("{connected}")

        stream.sendall(message)
        print("{sent}")

{receive}except OSError as error:
    print("Failed to connect:", error)
print("Terminated.")
"#
    )
}

/// Reads as many bytes as are expected, and compares them.
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

/// Reads as the page does: the first bytes for 5 s, then until 300 ms pass without any.
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
