//! What the page has people paste of a run over TLS, run exactly as it is copied.

use std::path::Path;

use echo_core::Exchange;
use page_model::expected_reply::ExpectedReplyKind;
use page_model::export::{self, Language};
use page_model::terminal_command::{ClientCommand, NcatServer, Netcat};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;

use crate::harness::terminal::Terminal;
use crate::harness::tls::{Authority, Identity, tls_target};
use crate::harness::{closed_port, soon};

/// The crates that the program in Rust asks for, as its first lines have cargo add them.
const MANIFEST: &str = r#"
[package]
name = "client"
edition = "2024"

[[bin]]
name = "client"
path = "client.rs"

[dependencies]
rustls = { version = "0.23", default-features = false, features = ["ring", "std", "tls12"] }
rustls-native-certs = "0.8"

[workspace]
"#;

/// Waits for what blocks, such as a compiler.
async fn wait<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.unwrap()
}

/// A server over TLS that sends back what it gets, its port, and what it got.
async fn echo(identity: &Identity) -> (u16, JoinHandle<Vec<u8>>) {
    tls_target(identity, async move |mut stream| {
        let (mut received, mut piece) = (Vec::new(), [0; 4096]);
        while let Ok(length @ 1..) = stream.read(&mut piece).await {
            received.extend_from_slice(&piece[..length]);
            stream.write_all(&piece[..length]).await.unwrap();
        }
        let _ = stream.shutdown().await;
        received
    })
    .await
}

/// What a program in this language prints that makes the exchange with `localhost`.
fn program(language: Language, port: u16, message: &[u8]) -> String {
    let exchange = Exchange::new(message.to_vec());
    let target = format!("tls://localhost:{port}");
    export::write(language, &target, &exchange, ExpectedReplyKind::Same).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_command_sends_the_message_and_shows_the_reply() {
    let (authority, terminal) = (Authority::new(), Terminal::new("tls commands"));
    let identity = authority.localhost();
    let message = "it's 你好\r\n".as_bytes();
    for language in [Language::OpenSsl, Language::Ncat] {
        let (port, received) = echo(&identity).await;
        let running = terminal.run(&program(language, port, message));
        assert_eq!(wait(|| running.output()).await, message, "{language:?}");
        assert_eq!(soon(received).await.unwrap(), message, "{language:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_in_python_verifies_the_server_and_prints_the_same_lines() {
    let (authority, terminal) = (Authority::new(), Terminal::new("tls python"));
    let identity = authority.localhost();
    let printed = async |trust: &str| {
        let (port, _) = echo(&identity).await;
        terminal.write("client.py", &program(Language::Python, port, b"Hello!"));
        let running = terminal.run(&format!("{trust} python3 client.py"));
        (port, String::from_utf8(wait(|| running.output()).await).unwrap())
    };
    let (port, lines) = printed(&format!("SSL_CERT_FILE={}", authority.file())).await;
    assert_eq!(lines, echoed(port));
    let (_, lines) = printed("").await;
    assert!(lines.starts_with("Failed to connect:"), "{lines}");
    assert!(lines.contains("CERTIFICATE_VERIFY_FAILED"), "{lines}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_in_rust_verifies_the_server_and_prints_the_same_lines() {
    let (authority, terminal) = (Authority::new(), Terminal::new("tls rust"));
    let (port, _) = echo(&authority.localhost()).await;
    terminal.write("client.rs", &program(Language::Rust, port, b"Hello!"));
    terminal.write("Cargo.toml", MANIFEST);
    // The versions are those of the bridge, which are there.
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    terminal.write("Cargo.lock", &std::fs::read_to_string(lock).unwrap());
    let target = concat!(env!("CARGO_TARGET_TMPDIR"), "/tls-program");
    let cargo = format!("RUSTFLAGS=-Dwarnings CARGO_TARGET_DIR={target} cargo run --offline -q");
    let trust = format!("SSL_CERT_FILE={}", authority.file());
    let running = terminal.run(&format!("{trust} {cargo}"));
    let lines = String::from_utf8(wait(|| running.output()).await).unwrap();
    assert_eq!(lines, echoed(port));
}

/// What a program prints that gets its `Hello!` back.
fn echoed(port: u16) -> String {
    format!(
        "Successfully connected to server in port {port}\nSent Hello, awaiting reply...\n\
         Reply is ok!\nTerminated.\n"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_for_a_port_that_refuses_speaks_tls_there() {
    let terminal = Terminal::new("tls server");
    let port = closed_port().await;
    let _server = terminal.run(&NcatServer { port, is_tls: true });
    let listening = async {
        while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            tokio::task::yield_now().await;
        }
    };
    soon(listening).await;
    let send =
        ClientCommand::Send { client: Netcat::NcatTls, host: "localhost", port, message: b"Hi" };
    let running = terminal.run(&send);
    assert_eq!(wait(|| running.output()).await, b"Hi");
}
