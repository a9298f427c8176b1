//! The log of a bridge that is a process of its own: nobody has to read it, and nobody outside can
//! write in it.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::SocketAddr;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::process::{ExitStatus, Stdio};

use echo_core::wire::{ClientMessage, MAX_REASON, SUBPROTOCOL};
use futures_util::{StreamExt as _, stream};
use serde_json::Value;
use tokio::net::TcpStream;

use crate::harness::client::Client;
use crate::harness::listener::Listening;
use crate::harness::process::{self, Process};
use crate::harness::{get, soon, status};

/// More lines than the bridge keeps: each is longer than 1 KiB, and 256 KiB of them wait.
const MANY: usize = 1000;
/// How many sessions are open at once.
const AT_ONCE: usize = 16;

/// Sends SIGTERM, and waits for the end.
async fn terminate(mut process: Process) -> ExitStatus {
    process.signal("-TERM");
    soon(tokio::task::spawn_blocking(move || process.0.wait().unwrap())).await.unwrap()
}

/// A bridge whose standard error takes nothing any more, and the end from which it can be read.
fn unread() -> (Process, SocketAddr, UnixStream) {
    let (reader, mut full) = UnixStream::pair().unwrap();
    full.set_nonblocking(true).unwrap();
    while full.write(&[b'.'; 4096]).is_ok() {}
    while full.write(b".").is_ok() {}
    full.set_nonblocking(false).unwrap();
    let mut command = process::bridge();
    command.stdout(Stdio::piped()).stderr(OwnedFd::from(full));
    let mut bridge = Process(command.spawn().unwrap());
    let mut line = String::new();
    BufReader::new(bridge.0.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    (bridge, process::address(line.trim_end()), reader)
}

/// A session for a target that is none, whose name fills a line of the log.
async fn refused(bridge: SocketAddr) {
    let query = format!("?target={}", "x".repeat(2000));
    let (mut client, _) = Client::at(bridge, &query, SUBPROTOCOL).await;
    assert_eq!(client.receive_all().await.code, 1008);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_nobody_reads_delays_nothing() {
    let (bridge, address, _unread) = unread();
    stream::iter(0..MANY).map(|_| refused(address)).buffer_unordered(AT_ONCE).collect::<()>().await;
    assert_eq!(status(&get(address, "/healthz").await), "200");
    let (mut client, _) = Client::at(address, "", SUBPROTOCOL).await;
    client.send(b"Hello!").await;
    assert_eq!(client.receive(6).await, b"Hello!");
    client.close().await;
    assert_eq!(terminate(bridge).await.code(), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_that_were_dropped_are_counted_once_the_log_is_read_again() {
    let (_bridge, address, reader) = unread();
    stream::iter(0..MANY).map(|_| refused(address)).buffer_unordered(AT_ONCE).collect::<()>().await;
    let lines = BufReader::new(reader).lines().map(Result::unwrap);
    let told = tokio::task::spawn_blocking(|| {
        const TOLD: &str = " log lines were dropped: standard error was not read fast enough";
        for (logged, line) in (0..).zip(lines) {
            if let Some((_, dropped)) = line.strip_suffix(TOLD).and_then(|l| l.split_once(" WARN "))
            {
                return (logged, dropped.parse().unwrap());
            }
        }
        panic!("nothing is said of lines that were dropped");
    });
    let (logged, dropped): (u64, u64) = soon(told).await.unwrap();
    // The last sessions may have ended for their clients before they were logged.
    let least = (MANY - AT_ONCE) as u64;
    assert!(logged > 0 && dropped > 0 && logged + dropped > least, "{logged}, {dropped}");
}

#[tokio::test]
async fn standard_output_that_takes_nothing_does_not_end_it() {
    let mut command = process::bridge();
    command.stdout(File::create("/dev/full").unwrap()).stderr(Stdio::piped());
    let mut bridge = Process(command.spawn().unwrap());
    let mut line = String::new();
    BufReader::new(bridge.0.stderr.as_mut().unwrap()).read_line(&mut line).unwrap();
    assert!(line.contains("echo server listening"), "{line}");
    assert_eq!(terminate(bridge).await.code(), Some(0));
}

/// What a stranger may send to be logged: a line of its own, colours, and text that turns around.
const FORGED: [(&str, &str); 4] = [
    ("\\n2026-01-01T00:00:00Z  INFO forged", "%0a2026-01-01T00:00:00Z%20%20INFO%20forged"),
    ("\\r\\u001b[2Jforged", "%0d%1b[2Jforged"),
    ("\\u009b31mforged\\u0000", "%c2%9b31mforged%00"),
    ("\\u2028forged\\u202e", "%e2%80%a8forged%e2%80%ae"),
];

/// Whether `text` is on one line, and shows what it is.
fn is_printable(text: &str) -> bool {
    !text.contains(|c: char| c.is_control() || "\u{2028}\u{202e}".contains(c))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_cannot_forge_a_line_of_the_log_or_of_a_close_reason() {
    let (mut bridge, address) = Process::serving(process::bridge().env("RUST_LOG", "debug"));
    let mut reasons = Vec::new();
    for (json, query) in FORGED {
        let (mut client, _) = Client::at(address, "", SUBPROTOCOL).await;
        client.send_text(&format!(r#"{{"type":"x{json}"}}"#)).await;
        let session = client.receive_all().await;
        assert_eq!(session.code, 1002);
        reasons.push(session.reason);
        for subprotocol in [SUBPROTOCOL, ""] {
            for target in [format!("x{query}"), format!("lab/x{query}")] {
                let query = format!("?target={target}");
                let (mut client, _) = Client::at(address, &query, subprotocol).await;
                let session = client.receive_all().await;
                assert_eq!(session.code, 1008);
                reasons.push(session.reason);
            }
        }
    }
    for reason in &reasons {
        assert!(is_printable(reason) && reason.len() <= MAX_REASON, "{reason:?}");
        assert!(!reason.is_empty());
    }
    let log = bridge.0.stderr.take().unwrap();
    assert_eq!(terminate(bridge).await.code(), Some(0));
    let log = std::io::read_to_string(log).unwrap();
    for line in log.split_terminator('\n') {
        assert!(is_printable(line), "{line:?}");
        let (time, _) = line.split_once(' ').unwrap();
        assert!(time.ends_with('Z') && !time.starts_with("2026-01-01"), "{line:?}");
    }
    let ends = log.matches("forged").count();
    assert!(ends >= reasons.len(), "each session is logged: {log}");
}

/// The log of a bridge from its start to its end, during which `sessions` ran.
async fn logged(args: &[&str], sessions: impl AsyncFnOnce(SocketAddr)) -> Vec<String> {
    let (mut bridge, address) = Process::serving(process::bridge().args(args));
    sessions(address).await;
    let log = bridge.0.stderr.take().unwrap();
    assert_eq!(terminate(bridge).await.code(), Some(0));
    let log = std::io::read_to_string(log).unwrap();
    log.lines().filter(|line| line.contains("session{")).map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_session_leaves_one_line_that_says_who_it_was_and_how_it_ended() {
    let lines = logged(&[], async |bridge| {
        let (mut finished, _) = Client::at(bridge, "", SUBPROTOCOL).await;
        finished.send(b"Hello!").await;
        finished.send_control(ClientMessage::Finish).await;
        assert_eq!(finished.receive_all().await.code, 1000);
        let (mut vanished, _) = Client::at(bridge, "?target=lab/silent", SUBPROTOCOL).await;
        vanished.connected().await;
        drop(vanished);
    })
    .await;
    // They may be over in another order than they began in.
    let of = |id| lines.iter().find(|line| line.contains(id)).unwrap();
    let (finished, vanished) = (of("{id=1 "), of("{id=2 "));
    assert_eq!(lines.len(), 2, "{lines:?}");
    for part in [
        " INFO session{",
        " client=127.0.0.1:",
        " target=\"echo\" ",
        " address=127.0.0.1:",
        " sent=6 received=6 ",
        " code=1000",
    ] {
        assert!(finished.contains(part), "no {part} in {finished}");
    }
    assert!(
        vanished.contains("{id=2 ") && vanished.contains(" target=\"lab/silent\" "),
        "{vanished}"
    );
    assert!(vanished.contains(" by=client") && !vanished.contains("code="), "{vanished}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_listener_and_what_came_in_there_leave_a_line_each_without_the_id_of_a_connection() {
    let mut id = String::new();
    let lines = logged(&[], async |bridge| {
        let (client, _) = Client::at(bridge, "?listen=127.0.0.1:0", SUBPROTOCOL).await;
        let mut listening = Listening::of(client, "127.0.0.1:0").await;
        let peer = TcpStream::connect(listening.addresses[0]).await.unwrap();
        id = listening.incoming().await.id;
        let (mut session, _) = Client::at(bridge, &format!("?accept={id}"), SUBPROTOCOL).await;
        drop(peer);
        session.send_control(ClientMessage::Finish).await;
        assert_eq!(session.receive_all().await.code, 1000);
        listening.client.close().await;
        listening.client.receive_all().await;
    })
    .await;
    assert_eq!(lines.len(), 2, "{lines:?}");
    for what in [" target=\"listen\" address=127.0.0.1:", " target=\"accept\" address=127.0.0.1:"] {
        assert!(lines.iter().any(|line| line.contains(what)), "no {what} in {lines:?}");
    }
    assert!(lines.iter().all(|line| !line.contains(&id)), "{lines:?}");
}

/// The JSON of the lines about sessions.
async fn logged_as_json(args: &[&str], sessions: impl AsyncFnOnce(SocketAddr)) -> Vec<Value> {
    let (mut bridge, address) =
        Process::serving(process::bridge().args(["--log-format", "json"]).args(args));
    sessions(address).await;
    let log = bridge.0.stderr.take().unwrap();
    assert_eq!(terminate(bridge).await.code(), Some(0));
    let log = std::io::read_to_string(log).unwrap();
    assert!(log.lines().all(is_printable), "{log}");
    let lines = log.lines().map(|line| serde_json::from_str(line).unwrap());
    lines.filter(|line: &Value| line["span"]["name"] == "session").collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn in_json_each_session_is_one_object_with_all_that_is_known_of_it() {
    let lines = logged_as_json(&[], async |bridge| {
        let (mut client, _) = Client::at(bridge, "", SUBPROTOCOL).await;
        client.send(b"Hello!").await;
        client.send_control(ClientMessage::Finish).await;
        assert_eq!(client.receive_all().await.code, 1000);
    })
    .await;
    let [line] = &lines[..] else { panic!("{lines:?}") };
    let span = &line["span"];
    assert_eq!((&span["id"], &span["target"]), (&1.into(), &"echo".into()), "{line}");
    for field in ["client", "address"] {
        assert!(span[field].as_str().unwrap().starts_with("127.0.0.1:"), "{line}");
    }
    for field in ["resolve_us", "connect_us", "duration_us"] {
        assert!(line[field].is_u64(), "{field} of {line}");
    }
    let counted = (&line["sent"], &line["received"], &line["code"]);
    assert_eq!(counted, (&6.into(), &6.into(), &1000.into()), "{line}");
    let by = line["by"].as_str().unwrap();
    assert!(["client", "target"].contains(&by), "{line}");
    assert_eq!((&line["level"], &line["message"]), (&"INFO".into(), &"finished".into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn in_json_nobody_can_forge_a_line_or_make_one_endless() {
    let (_, newline) = FORGED[0];
    let (_, reordered) = FORGED[3];
    let targets = [newline.to_owned(), reordered.to_owned(), "x".repeat(20_000)];
    let mut lines = logged_as_json(&[], async |bridge| {
        for target in &targets {
            let (mut client, _) = Client::at(bridge, &format!("?target={target}"), "").await;
            assert_eq!(client.receive_all().await.code, 1008);
        }
    })
    .await;
    assert_eq!(lines.len(), targets.len());
    // A session is logged after its client has read Close, and so perhaps after the next one.
    lines.sort_by_key(|line| line["span"]["id"].as_u64());
    for line in &lines {
        assert!(line.to_string().len() < 4096, "{line}");
        assert_eq!((&line["level"], &line["code"]), (&"WARN".into(), &1008.into()));
    }
    assert_eq!(lines[0]["span"]["target"], "\n2026-01-01T00:00:00Z  INFO forged");
    assert_eq!(lines[1]["span"]["target"], "\u{2028}forged\u{202e}");
}

#[test]
fn in_json_an_error_at_the_start_is_an_object_too() {
    let flags = ["--log-format", "json", "--admin", "unix:/dev/null"];
    let output = process::bridge().args(flags).output().unwrap();
    assert!(!output.status.success());
    let log = String::from_utf8(output.stderr).unwrap();
    let line: Value = serde_json::from_str(log.lines().last().unwrap()).unwrap();
    let message = line["message"].as_str().unwrap();
    assert!(message.contains("unix:/dev/null") && message.contains("not a socket"), "{message}");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_refused_session_leaves_one_warning_that_says_who_it_was_and_why() {
    let forbidden = logged(&[], async |bridge| {
        let (mut client, _) = Client::at(bridge, "?target=localhost:1", SUBPROTOCOL).await;
        assert_eq!(client.receive_all().await.code, 1008);
    })
    .await;
    let [line] = &forbidden[..] else { panic!("{forbidden:?}") };
    for part in
        [" WARN ", "client=127.0.0.1:", " target=\"localhost:1\"", "refused: ", " code=1008"]
    {
        assert!(line.contains(part), "no {part} in {line}");
    }
    let crowded = logged(&["--max-sessions", "1"], async |bridge| {
        let (mut open, _) = Client::at(bridge, "", SUBPROTOCOL).await;
        open.connected().await;
        let (mut further, _) = Client::at(bridge, "", SUBPROTOCOL).await;
        assert_eq!(further.receive_all().await.code, 1013);
    })
    .await;
    let refused: Vec<_> = crowded.iter().filter(|line| line.contains(" WARN ")).collect();
    let [line] = refused[..] else { panic!("{crowded:?}") };
    let (refused, code) = ("refused: 1 sessions are open (--max-sessions) ", " code=1013");
    assert!(line.contains(refused) && line.contains(code), "{line}");
}
