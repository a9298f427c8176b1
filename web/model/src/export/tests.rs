//! Runs each exported program, as a user would, against a server that keeps what it receives.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Output, Stdio};
use std::thread::{self, JoinHandle};

use super::*;

/// Messages that are hard to quote in some language: quotes, control characters, bytes that are not
/// UTF-8, and syntax of printf, a shell or a compiler.
const HARD_TO_QUOTE: [&[u8]; 8] = [
    b"Hello!",
    b"it's \"quoted\" `date` $(id) $HOME !! \\ \\n %s %d {} {0}",
    b"-n two\nlines\r\n\tand a tab",
    b"\x00001 nul \x00\x7f\x1b[0m 7\x017",
    b"\xff\xfe\x80 \xe5\xa5 no text '\"\\%",
    "你好 '\"\\% {} é\u{301} 😀\r\n\x00009".as_bytes(),
    "\u{202e}joined\u{200d}\u{feff}\u{e0041}\u{a0}".as_bytes(),
    b"-",
];

/// What the program in Rust does over TLS where anything may come. It needs crates, so that it is not
/// run here; one that compares the reply is, by `bridge/tests/suite/tls_commands.rs`.
const ANYTHING_OVER_TLS: &str = r#"
    let message: &[u8] = b"PING\r\n";

    match connect("localhost", 8443) {
        Ok(mut stream) => {
            println!("Successfully connected to server in port 8443");

            stream.write_all(message).unwrap();
            println!("Sent 6 bytes, awaiting reply...");

            let mut reply = Vec::new();
            let mut piece = [0; 4096];
            stream.sock.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
            while let Ok(n @ 1..) = stream.read(&mut piece) {
                reply.extend_from_slice(&piece[..n]);
                stream.sock.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
            }
            println!("Received {} bytes: {}", reply.len(), String::from_utf8_lossy(&reply));
        }
        Err(e) => println!("Failed to connect: {e}"),
    }
    println!("Terminated.");
}
"#;

/// Starts a server for one connection, which answers each piece that it receives with `reply`.
/// Returns its port, and a handle that gives what it received.
fn server(reply: fn(&[u8]) -> Vec<u8>) -> (u16, JoinHandle<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let serve = move |mut stream: TcpStream| {
        let (mut received, mut piece) = (Vec::new(), [0; 4096]);
        while let Ok(n @ 1..) = stream.read(&mut piece) {
            received.extend_from_slice(&piece[..n]);
            let _ = stream.write_all(&reply(&piece[..n]));
        }
        received
    };
    (port, thread::spawn(move || serve(listener.accept().unwrap().0)))
}

fn run(program: &str, args: &[&str]) -> Output {
    let output = Command::new(program).args(args).stdin(Stdio::null()).output();
    let output = output.unwrap_or_else(|error| panic!("{program} does not start: {error}"));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {args:?}: {errors}");
    output
}

/// Compiles and runs a Rust program, and returns what it prints.
fn run_rust(source: &str) -> String {
    let folder = std::env::temp_dir().join(format!("program-{:?}", thread::current().id()));
    let folder = folder.with_extension(std::process::id().to_string());
    std::fs::create_dir_all(&folder).unwrap();
    let (file, binary) = (folder.join("main.rs"), folder.join("main"));
    std::fs::write(&file, source).unwrap();
    let paths = [&file, &binary].map(|path| path.to_str().unwrap());
    run("rustc", &["--edition", "2024", "-D", "warnings", paths[0], "-o", paths[1]]);
    let output = run(paths[1], &[]);
    std::fs::remove_dir_all(folder).unwrap();
    String::from_utf8(output.stdout).unwrap()
}

fn run_python(source: &str) -> String {
    String::from_utf8(run("python3", &["-c", source]).stdout).unwrap()
}

/// Returns the lines that the page prints for the exchange, and a program must print, too.
fn lines(exchange: &Exchange, port: u16, verdict: &str) -> String {
    let (connected, sent) = (Line::Connected(port), Line::Sent(exchange.sent().to_vec()));
    format!("{connected}\n{sent}\n{verdict}\nTerminated.\n")
}

/// Runs the program that is exported for `message` against an echo server, and checks what the
/// server receives and what the program prints.
fn check_echo(language: Language, run: fn(&str) -> String, message: &[u8]) {
    let (port, received) = server(<[u8]>::to_vec);
    let exchange = Exchange::new(message.to_vec());
    let target = format!("127.0.0.1:{port}");
    let source = write(language, &target, &exchange, ExpectedReplyKind::Same).unwrap();
    let printed = run(&source);
    assert_eq!(received.join().unwrap(), message, "{source}");
    assert_eq!(printed, lines(&exchange, port, "Reply is ok!"), "{source}");
}

#[test]
fn rust_sends_the_same_bytes_and_prints_the_same_lines() {
    // Compiling is slow: one message for each way in which the literals differ is enough.
    for message in
        [HARD_TO_QUOTE[0], HARD_TO_QUOTE[1], HARD_TO_QUOTE[4], HARD_TO_QUOTE[5], HARD_TO_QUOTE[6]]
    {
        check_echo(Language::Rust, run_rust, message);
    }
}

#[test]
fn python_sends_the_same_bytes_and_prints_the_same_lines() {
    for message in HARD_TO_QUOTE {
        check_echo(Language::Python, run_python, message);
    }
}

#[test]
fn a_pasted_command_sends_the_same_bytes_and_shows_them() {
    for message in HARD_TO_QUOTE {
        for language in [Language::Ncat, Language::Nc] {
            let (port, received) = server(<[u8]>::to_vec);
            let exchange = Exchange::new(message.to_vec());
            let target = format!("127.0.0.1:{port}");
            let command = write(language, &target, &exchange, ExpectedReplyKind::Same).unwrap();
            let output = run("sh", &["-c", &command]);
            assert_eq!(received.join().unwrap(), message, "{command}");
            assert_eq!(output.stdout, message, "{command}");
        }
    }
}

#[test]
fn printf_prints_every_byte_as_it_is() {
    let every: Vec<u8> = (0..=255).flat_map(|byte| [byte, b'7']).collect();
    for message in HARD_TO_QUOTE.into_iter().chain([&every[..], b"%", b"--", b"\\"]) {
        for shell in ["sh", "bash"] {
            let command = crate::terminal_command::printf(message);
            assert_eq!(run(shell, &["-c", &command]).stdout, message, "{shell}: {command}");
            assert!(!command.contains('\n'), "{command}");
        }
    }
}

#[test]
fn other_bytes_that_are_expected_are_compared() {
    for (language, run) in
        [(Language::Rust, run_rust as fn(&str) -> String), (Language::Python, run_python)]
    {
        for (expected, verdict) in
            [("+PONG\r\n", "Reply is ok!"), ("-PONG\r\n", "Unexpected reply: +PONG\r\n")]
        {
            let (port, received) = server(|_| b"+PONG\r\n".to_vec());
            let exchange = Exchange::expecting(b"PING\r\n".to_vec(), expected.into());
            let target = format!("127.0.0.1:{port}");
            let source = write(language, &target, &exchange, ExpectedReplyKind::Bytes).unwrap();
            assert_eq!(run(&source), lines(&exchange, port, verdict), "{source}");
            assert_eq!(received.join().unwrap(), b"PING\r\n");
        }
    }
}

#[test]
fn where_anything_may_come_it_is_read_until_it_is_quiet() {
    for (language, run) in
        [(Language::Rust, run_rust as fn(&str) -> String), (Language::Python, run_python)]
    {
        let (port, _) = server(|_| b"+PONG".to_vec());
        let exchange = Exchange::expecting(b"PING\r\n".to_vec(), vec![]);
        let target = format!("127.0.0.1:{port}");
        let source = write(language, &target, &exchange, ExpectedReplyKind::Anything).unwrap();
        assert_eq!(run(&source), lines(&exchange, port, "Received 5 bytes: +PONG"), "{source}");
    }
}

#[test]
fn over_tls_the_time_limits_are_those_of_the_socket_below() {
    let exchange = Exchange::expecting(b"PING\r\n".to_vec(), vec![]);
    let target = "tls://localhost:8443";
    let source = write(Language::Rust, target, &exchange, ExpectedReplyKind::Anything).unwrap();
    let (_, main) = source.split_once("fn main() {").unwrap();
    assert_eq!(main, ANYTHING_OVER_TLS, "{source}");
}

#[test]
fn a_name_of_a_host_stays_a_name() {
    let hostile = "x\"; import os; os.abort() #'$(id)\u{202e}:1";
    let exchange = Exchange::new(b"hi".to_vec());
    let program = |language| write(language, hostile, &exchange, ExpectedReplyKind::Same).unwrap();
    assert!(
        program(Language::Rust).contains(r#"(("x\"; import os; os.abort() #'$(id)\u{202e}", 1))"#)
    );
    assert!(
        program(Language::Python).contains(r#"(("x\"; import os; os.abort() #'$(id)\u202e", 1))"#)
    );
    assert!(program(Language::Ncat).contains(r"| ncat 'x"));
    assert_eq!(write(Language::Ncat, "--exec=reboot:1", &exchange, ExpectedReplyKind::Same), None);
    assert_eq!(write(Language::Rust, "echo", &exchange, ExpectedReplyKind::Same), None);
}

#[test]
fn a_command_is_shown_where_it_is_short_enough_to_be_read() {
    let shown = |target, message: &[u8]| command(target, message);
    assert_eq!(
        shown("[::1]:80", "你好\r\n".as_bytes()).as_deref(),
        Some(r"(printf '你好\r\n'; sleep 1) | ncat ::1 80")
    );
    assert_eq!(shown("localhost:8888", &[b'x'; 61]), None);
}
