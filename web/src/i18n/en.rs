//! English.

use echo_core::wire::EchoServer;

use super::{Words, modes};

pub(super) const WORDS: Words = Words {
    to: "To",
    echo_server: |whose| match whose {
        EchoServer::Own => "echo server: the bridge's own",
        EchoServer::External => "echo server: not the bridge's own; an ncat, perhaps",
        EchoServer::Released => "echo server: its port is free for another one now",
        EchoServer::Off => "echo server: the bridge started none, so bring your own",
    },
    empty_to: "Say to whom: host:port, as in localhost:8888.",
    message: "Message",
    empty_message: "Nothing to send: an echo server answers only what it gets.",
    keys: "Shift+Enter: new line",
    send: "Send",
    stop: "Stop",
    modes: modes::EN,
    echo: "echo",
    misbehaves: "a server that misbehaves…",
    composer: super::composer::EN,
};
