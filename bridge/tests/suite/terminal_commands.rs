//! Every command that the page shows, run exactly as it is copied, where it is shown.
//!
//! What the browser alone knows is tested by `e2e/tests/commands.spec.js`: the command of a bridge
//! that `cargo xtask run` started. The two commands for PowerShell that are not the bridge's own,
//! [`LessonCommand::Hex`] and [`LessonCommand::Rust`] there, are run by nobody here.

use std::net::SocketAddr;

use echo_core::Exchange;
use echo_core::fault::{Fault, FaultKind};
use echo_core::wire::{Failure, Info, Kind, SUBPROTOCOL, Stage};
use page_model::cause::{Cause, FailedRun};
use page_model::expected_reply::ExpectedReplyKind;
use page_model::export::{self, Language};
use page_model::protocol::Protocol;
use page_model::terminal_command::{
    BridgeFlag, ClientCommand, LessonCommand, NcatServer, Netcat, Reader, ServerCommand,
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::harness::client::Client;
use crate::harness::echo::echo_server;
use crate::harness::process::address;
use crate::harness::terminal::{Running, Terminal};
use crate::harness::{closed_port, get, soon, target};
use crate::tutorial::ncat;

/// The program, as somebody calls it who installed it.
const PROGRAM: &str = "tcp-bridge";

/// Waits for what blocks.
async fn wait<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    soon(tokio::task::spawn_blocking(work)).await.unwrap()
}

/// Waits until a bridge that is started so can be opened.
async fn opened(mut running: Running) -> (Running, SocketAddr) {
    wait(move || {
        let address = address(&running.line());
        (running, address)
    })
    .await
}

async fn info(bridge: SocketAddr) -> Info {
    let answer = get(bridge, "/api/info").await;
    serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
}

/// The failure of a session with a target that is not allowed.
async fn refusal(bridge: SocketAddr, target: &str) -> Option<Failure> {
    let query = format!("?target={target}");
    let mut session = Client::at(bridge, &query, SUBPROTOCOL).await.0;
    session.close().await;
    let session = session.receive_all().await;
    session.types().iter().any(|kind| kind == "failed").then(|| session.failure().clone())
}

/// Who reads the page of this bridge on its machine.
fn reader(info: &Info) -> Reader<'_> {
    let Info { program, flags, .. } = info;
    Reader { origin: "http://localhost:8080", program, flags, own_echo: None }
}

/// The advice of the page of this bridge, to a failure.
fn advice(info: &Info, target: &str, failure: Failure) -> String {
    let (error, cause) = Cause::from_failure(failure);
    let reader = reader(info);
    cause.remedy(&FailedRun { target, error: &error }, &reader).unwrap().1
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bridge_comes_back_as_it_was_and_with_the_flag_that_it_lacked() {
    let terminal = Terminal::new("restart");
    let (_echo, port) = echo_server(None).await;
    let by_name = format!("localhost:{port}");
    let by_address = format!("127.0.0.1:{port}");
    // Any name at the port may be looked up, and localhost is in no private network. The last one
    // listens for others, too, whom it would ask for a token.
    let first = format!(
        "BRIDGE_ALLOW=10.0.0.0/8:{port} BRIDGE_AUTH=off tcp-bridge --listen 127.0.0.1:0 \
         --echo localhost:0 --max-message '2 MiB'"
    );
    let (running, bridge) = opened(terminal.run(&first)).await;
    let first = info(bridge).await;
    let restart = |flag| reader(&first).start_bridge(flag).to_string();
    let forbidden = refusal(bridge, &by_address).await.unwrap();
    assert_eq!((forbidden.stage, forbidden.kind), (Stage::Policy, Kind::Forbidden));
    let of_name = refusal(bridge, &by_name).await.unwrap();
    assert_eq!(of_name.kind, Kind::ForbiddenAddress);
    drop(running);
    for command in [
        restart(None),
        advice(&first, &by_address, forbidden),
        advice(&first, &by_name, of_name),
        restart(Some(BridgeFlag::Origin("http://pages.example"))),
        restart(Some(BridgeFlag::AllowListen("localhost:80"))),
        restart(Some(BridgeFlag::Listen(&format!("0.0.0.0:{}", bridge.port())))),
    ] {
        let (_running, printed) = opened(terminal.run(&command)).await;
        assert_eq!(printed.port(), bridge.port(), "{command}");
        let again = info(bridge).await;
        assert_eq!(again.max_message, first.max_message, "{command}");
        assert_eq!(again.targets, first.targets, "{command}");
        let is_refused = refusal(bridge, &by_name).await.is_some();
        assert_eq!(is_refused, !command.contains("--allow 127.0.0.1"), "{command}");
        let listens = again.listen.iter().any(|pattern| pattern == "localhost:80");
        assert_eq!(listens, command.contains("--allow-listen localhost:80"), "{command}");
        let foreign = "Origin: http://pages.example\r\n";
        let answer = crate::harness::get_with(bridge, "/api/info", foreign).await;
        assert_eq!(answer.starts_with("HTTP/1.1 200 "), command.contains("--origin"), "{command}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flag_to_ask_for_can_be_added_to_any_start() {
    let terminal = Terminal::new("flag");
    let flag = BridgeFlag::Allow("[::1]:9");
    let started = format!("tcp-bridge --listen 127.0.0.1:0 --echo localhost:0 {flag}");
    let (_running, bridge) = opened(terminal.run(&started)).await;
    assert!(info(bridge).await.flags.ends_with("--allow '[::1]:9'"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_is_started_by_the_path_by_which_it_was() {
    let terminal = Terminal::new("path");
    let first = "'./tcp-bridge' --listen 127.0.0.1:0 --echo off";
    let (running, bridge) = opened(terminal.run(&first)).await;
    let info = info(bridge).await;
    drop(running);
    let command = reader(&info).start_bridge(None).to_string();
    assert!(command.starts_with("./tcp-bridge "), "{command}");
    let (_running, again) = opened(terminal.run(&command)).await;
    assert_eq!(again, bridge);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_for_a_port_that_refuses_is_an_echo_there() {
    let terminal = Terminal::new("server");
    let port = closed_port().await;
    let listen = format!("localhost:{port}");
    let echo = ServerCommand::Echo { program: PROGRAM, listen: &listen }.to_string();
    for command in [NcatServer { port, is_tls: false }.to_string(), echo] {
        let _server = terminal.run(&command);
        let listening = async {
            while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
                tokio::task::yield_now().await;
            }
        };
        soon(listening).await;
        let check = LessonCommand::Check { program: PROGRAM, host: "localhost", port };
        let check = terminal.run(&check);
        let lines = String::from_utf8(wait(|| check.output()).await).unwrap();
        assert!(lines.contains("\nReply is ok!\n"), "{command}: {lines}");
    }
}

/// A fault of each kind that listens, as the page's cards offer them.
fn faults() -> impl Iterator<Item = Fault> {
    let examples = FaultKind::ALL.iter().map(|kind| kind.spec().example.parse::<Fault>().unwrap());
    examples.filter(Fault::listens)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_server_of_the_lab_finds_a_port_beside_a_bridge_that_has_one() {
    let terminal = Terminal::new("lab");
    let bridge = "tcp-bridge --listen 127.0.0.1:0 --echo localhost:0";
    let (_bridge, _) = opened(terminal.run(&bridge)).await;
    for fault in faults() {
        let fault = fault.to_string();
        let command = ServerCommand::Fault { program: PROGRAM, fault: &fault };
        let mut server = terminal.run(&command);
        let (_server, line) = wait(move || {
            let line = server.line();
            (server, line)
        })
        .await;
        let listening = line.strip_prefix("Listening on localhost:").unwrap_or_default();
        let (port, with) = listening.split_once(" with ").unwrap_or_default();
        assert_eq!(with, fault, "{command}: {line}");
        let port: u16 = port.parse().unwrap();
        soon(TcpStream::connect(("127.0.0.1", port))).await.unwrap();
    }
}

/// A terminal in which `nc` is the system's, which is OpenBSD's, and others in which it is another
/// program of that kind, as far as they are installed.
fn netcat_terminals() -> Vec<Terminal> {
    let mut terminals = vec![Terminal::new("nc")];
    for (index, nc) in ["/usr/bin/ncat", "/usr/bin/nc.traditional"].into_iter().enumerate() {
        if std::path::Path::new(nc).exists() {
            let terminal = Terminal::new(&format!("nc {index}"));
            terminal.install("nc", nc);
            terminals.push(terminal);
        }
    }
    terminals
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_comes_from_ncat_and_from_the_own_server_with_any_netcat() {
    let (_ncat, foreign) = ncat().await;
    let (_server, own) = echo_server(None).await;
    let terminals = netcat_terminals();
    for port in [foreign, own] {
        let host = "localhost";
        let message = "it's 你好\r\n".as_bytes();
        for client in [Netcat::Ncat, Netcat::OpenBsd] {
            let command = ClientCommand::Send { client, host, port, message };
            let running = terminals[0].run(&command);
            assert_eq!(wait(|| running.output()).await, message, "{command}");
        }
        for (index, terminal) in terminals.iter().enumerate() {
            let hello = LessonCommand::Hello { host, port };
            let bytes = LessonCommand::Bytes { host, port, text: "你好" };
            for (command, reply) in [(hello, &b"Hello\n"[..]), (bytes, b" e4 bd a0 e5 a5 bd\n")] {
                let running = terminal.run(&command);
                assert_eq!(wait(|| running.output()).await, reply, "{command} with nc {index}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tutorials_client_is_compiled_and_run() {
    let (_ncat, port) = ncat().await;
    let terminal = Terminal::new("rust");
    let exchange = Exchange::new(b"Hello!".to_vec());
    let target = format!("localhost:{port}");
    let source = export::write(Language::Rust, &target, &exchange, ExpectedReplyKind::Same);
    terminal.write("client.rs", &source.unwrap());
    let client = terminal.run(&LessonCommand::Rust { is_powershell: false });
    let lines = String::from_utf8(wait(|| client.output()).await).unwrap();
    assert!(lines.ends_with("Reply is ok!\nTerminated.\n"), "{lines}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_protocol_is_spoken_to_the_server_that_speaks_it() {
    let terminal = Terminal::new("protocol");
    for (protocol, greeting, begin) in [
        (Protocol::Tls, &b""[..], &b"\x16\x03"[..]),
        (Protocol::Http, b"", b"GET / HTTP/1."),
        (Protocol::Ssh, b"SSH-2.0-test\r\n", b"SSH-2.0-"),
    ] {
        let (address, heard) = target(async move |mut stream: TcpStream| {
            stream.write_all(greeting).await.unwrap();
            let mut heard = vec![0; begin.len()];
            stream.read_exact(&mut heard).await.unwrap();
            heard
        })
        .await;
        let port = address.rsplit_once(':').unwrap().1.parse().unwrap();
        let speak = ClientCommand::Speak { protocol, host: "127.0.0.1", port };
        let _client = terminal.run(&speak);
        assert_eq!(soon(heard).await.unwrap(), begin, "{speak}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_into_netcat_comes_back_from_an_echo() {
    let (_server, port) = echo_server(None).await;
    let client = ClientCommand::Connect { host: "localhost", port };
    // A person who types, and then ends the program.
    let typed = format!("(printf 'Hello!'; sleep 1) | timeout 2 {client}");
    let running = Terminal::new("connect").run(&typed);
    assert_eq!(wait(|| running.output()).await, b"Hello!", "{client}");
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn where_these_commands_run_bridge_is_another_program() {
    let bridge = Terminal::new("iproute2").run(&"bridge -V");
    let version = String::from_utf8(wait(|| bridge.output()).await).unwrap();
    assert!(version.starts_with("bridge utility"), "install iproute2: {version}");
}

/// Names the test that runs each command. A new command does not compile until it is here.
#[allow(dead_code, reason = "the compiler alone reads it")]
fn test_of(
    flag: &BridgeFlag<'_>,
    server: &ServerCommand<'_>,
    client: &ClientCommand<'_>,
    lesson: &LessonCommand<'_>,
) -> [&'static str; 4] {
    [
        match flag {
            BridgeFlag::Allow(_)
            | BridgeFlag::AllowListen(_)
            | BridgeFlag::Origin(_)
            | BridgeFlag::Listen(_) => {
                "a_bridge_comes_back_as_it_was_and_with_the_flag_that_it_lacked"
            }
        },
        match server {
            ServerCommand::Echo { .. } => "a_server_for_a_port_that_refuses_is_an_echo_there",
            ServerCommand::Fault { .. } => {
                "every_server_of_the_lab_finds_a_port_beside_a_bridge_that_has_one"
            }
        },
        match client {
            ClientCommand::Send { .. } => {
                "a_reply_comes_from_ncat_and_from_the_own_server_with_any_netcat"
            }
            ClientCommand::Connect { .. } => "what_is_typed_into_netcat_comes_back_from_an_echo",
            ClientCommand::OpenSsl { .. } => {
                "tls_commands::each_command_sends_the_message_and_shows_the_reply"
            }
            ClientCommand::Speak { .. } => "a_protocol_is_spoken_to_the_server_that_speaks_it",
        },
        match lesson {
            LessonCommand::Hello { .. } | LessonCommand::Bytes { .. } => {
                "a_reply_comes_from_ncat_and_from_the_own_server_with_any_netcat"
            }
            LessonCommand::Check { .. } => "a_server_for_a_port_that_refuses_is_an_echo_there",
            LessonCommand::Rust { is_powershell: false } => {
                "the_tutorials_client_is_compiled_and_run"
            }
            LessonCommand::Rust { is_powershell: true } | LessonCommand::Hex { .. } => "none",
        },
    ]
}
