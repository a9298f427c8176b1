//! Servers of other projects that speak TLS, and the tutorial's client for them.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, Command, Stdio};

use bridge::config::{Check, TrustFlags};
use echo_core::wire::{BridgeMessage, ClientMessage, Kind, Stage};
use tokio::net::TcpStream;

use crate::harness::client::{Client, Session};
use crate::harness::process::{BRIDGE, Process, bridge};
use crate::harness::services::{HeldPort, start, verdict};
use crate::harness::tls::{Authority, Identity, port, secured, text, tls_target, trusting_bridge};
use crate::harness::{Bridge, TOO_LONG, closed_port, soon};

/// `openssl s_server` with a certificate for `localhost`, which sends each line back reversed, and
/// its port.
struct Server {
    process: Process,
    port: u16,
}

impl Server {
    fn new(authority: &Authority, identity: &Identity, flags: &[&str]) -> Self {
        let (certificate, key) = authority.files(identity);
        Self::with_files(text(&certificate), text(&key), flags)
    }

    fn with_files(certificate: &str, key: &str, flags: &[&str]) -> Self {
        let mut command = Command::new("openssl");
        command.args(["s_server", "-accept", "127.0.0.1:0", "-cert", certificate, "-key", key]);
        let piped = command.args(flags).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = Process(piped.stderr(Stdio::null()).spawn().expect("openssl"));
        let mut lines = BufReader::new(process.0.stdout.as_mut().unwrap()).lines();
        let port = loop {
            let line = lines.next().expect("openssl goes on").unwrap();
            if let Some(address) = line.strip_prefix("ACCEPT ") {
                break port(address);
            }
        };
        Self { process, port }
    }
}

/// A session with `localhost` over TLS, whose bridge trusts `authority`.
async fn open(authority: &Authority, port: u16, query: &str) -> (Bridge, Client) {
    let bridge = trusting_bridge(port, authority).await;
    let client = Client::open(&bridge, &format!("?target=tls://localhost:{port}{query}")).await;
    (bridge, client)
}

async fn receive_all(authority: &Authority, port: u16, query: &str) -> Session {
    let (_bridge, mut client) = open(authority, port, query).await;
    client.receive_all().await
}

#[tokio::test]
async fn openssl_answers_over_either_version() {
    let authority = Authority::new();
    for (flag, version, cipher) in [
        ("-tls1_2", "TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"),
        ("-tls1_3", "TLSv1.3", "TLS_AES_256_GCM_SHA384"),
    ] {
        let server = Server::new(&authority, &authority.localhost(), &["-rev", flag]);
        let (_bridge, mut client) = open(&authority, server.port, "").await;
        let session = secured(&mut client).await;
        assert_eq!((&*session.version, &*session.cipher), (version, cipher));
        assert!(session.verified);
        client.send(b"Hello!\n").await;
        assert_eq!(client.receive(7).await, b"!olleH\n");
        client.send_control(ClientMessage::Finish).await;
        assert_eq!(client.receive_all().await.code, 1000, "{flag}");
    }
}

#[tokio::test]
async fn a_certificate_that_openssl_signed_itself_is_trusted_as_an_authority_or_not_at_all() {
    let authority = Authority::new();
    let (certificate, key) = (authority.path("own.pem"), authority.path("own.key"));
    let (made, said) = verdict(
        Command::new("openssl")
            .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj"])
            .args(["/C=DE/O=A, B/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-out"])
            .args([&certificate, std::path::Path::new("-keyout"), &key]),
    );
    assert!(made, "{said}");
    let server = Server::with_files(text(&certificate), text(&key), &["-rev"]);
    let session = receive_all(&authority, server.port, "").await;
    let failure = session.failure();
    assert_eq!((failure.stage, failure.kind), (Stage::Tls, Kind::UnknownIssuer));
    assert!(failure.message.ends_with(r"self-signed: CN=localhost,O=A\, B,C=DE"), "{failure:?}");
    let [own] = &failure.chain[..] else { panic!("{failure:?}") };
    let days = (own.not_after - own.not_before) / 86_400;
    assert_eq!((&own.names[..], &*own.key, days), (&["localhost".to_owned()][..], "RSA 2048", 2));
    let allow = format!("localhost:{}", server.port);
    let bridge = Bridge::start(&["--allow", &allow, "--tls-ca", text(&certificate)]).await;
    let query = format!("?target=tls://localhost:{}", server.port);
    let session = secured(&mut Client::open(&bridge, &query).await).await;
    assert_eq!((session.verified, &*session.chain[0].key), (true, "RSA 2048"));
    let names = &session.chain[0];
    assert_eq!((&*names.subject, &names.subject), (r"CN=localhost,O=A\, B,C=DE", &names.issuer));
    // What is trusted is the certificate, and only for its names.
    let allow = format!("127.0.0.1:{}", server.port);
    let bridge = Bridge::start(&["--allow", &allow, "--tls-ca", text(&certificate)]).await;
    let query = format!("?target=tls://127.0.0.1:{}", server.port);
    let session = Client::open(&bridge, &query).await.receive_all().await;
    assert_eq!(session.failure().kind, Kind::WrongName);
}

#[tokio::test]
async fn the_alert_that_ends_a_handshake_is_told_by_its_name() {
    let authority = Authority::new();
    for (flags, alert) in [
        (&["-tls1_1", "-cipher", "ALL@SECLEVEL=0"][..], "protocol_version (70)"),
        (&["-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA"], "handshake_failure (40)"),
    ] {
        let server = Server::new(&authority, &authority.localhost(), flags);
        let session = receive_all(&authority, server.port, "").await;
        let failure = session.failure();
        assert_eq!((failure.stage, failure.kind), (Stage::Tls, Kind::Handshake));
        assert_eq!(failure.message, format!("the server sent the alert {alert}"));
        assert_eq!(failure.chain, [], "it came before the certificate");
        assert_eq!(session.reason, format!("TLS failed: the server sent the alert {alert}"));
        assert_eq!(session.code, 4008);
    }
}

#[tokio::test]
async fn a_server_that_asks_for_the_clients_certificate_is_told() {
    let authority = Authority::new();
    for version in ["-tls1_2", "-tls1_3"] {
        let flags = ["-Verify", "1", "-verify_return_error", version];
        let server = Server::new(&authority, &authority.localhost(), &flags);
        let session = receive_all(&authority, server.port, "").await;
        let failure = session.failure();
        assert_eq!((failure.stage, failure.kind), (Stage::Tls, Kind::Handshake), "{version}");
        let alert = "the server sent the alert ";
        assert!(failure.message.starts_with(alert), "{version}: {}", failure.message);
        assert_eq!(session.code, 4008);
        // Over TLS 1.3 the client's part of the handshake is over by then.
        let was_secured = session.types().contains(&"secured".to_owned());
        assert_eq!((was_secured, failure.chain.is_empty()), (version == "-tls1_3", was_secured));
    }
}

#[tokio::test]
async fn an_end_of_openssl_is_told_as_what_it_is() {
    let authority = Authority::new();
    let mut server = Server::new(&authority, &authority.localhost(), &[]);
    let (_bridge, mut client) = open(&authority, server.port, "").await;
    secured(&mut client).await;
    // What the server reads it sends; at the end of that it says close_notify.
    let mut input = server.process.0.stdin.take().unwrap();
    input.write_all(b"bye\n").unwrap();
    assert_eq!(client.receive(4).await, b"bye\n");
    let _ = server.process.0.kill();
    let session = client.receive_all().await;
    let failure = session.failure();
    assert_eq!((failure.stage, failure.kind), (Stage::Read, Kind::Truncated));
    assert_eq!(session.code, 4008);
}

#[tokio::test]
async fn ncat_echoes_over_tls_with_a_certificate_of_its_own_making() {
    let authority = Authority::new();
    let port = HeldPort::new();
    let number = port.address().port().to_string();
    let _ncat = start(Command::new("ncat").args([
        "--ssl",
        "-l",
        "127.0.0.1",
        &number,
        "-k",
        "-e",
        "/bin/cat",
    ]));
    while soon(TcpStream::connect(port.address())).await.is_err() {
        tokio::task::yield_now().await;
    }
    let number = port.address().port();
    let session = receive_all(&authority, number, "").await;
    assert_eq!(session.failure().kind, Kind::UnknownIssuer);
    let (_bridge, mut client) = open(&authority, number, "&tls_verify=off").await;
    let session = secured(&mut client).await;
    assert_eq!((session.verified, session.problem), (false, Some(Kind::UnknownIssuer)));
    client.send(b"Hello!").await;
    assert_eq!(client.receive(6).await, b"Hello!");
}

/// A server in Python that sends all back that it read once `close_notify` came, and then its own.
const PYTHON: &str = r#"
import socket, ssl, sys
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1], sys.argv[2])
listener = socket.create_server(("127.0.0.1", 0))
print("ACCEPT 127.0.0.1:%d" % listener.getsockname()[1], flush=True)
plain, _ = listener.accept()
stream = context.wrap_socket(plain, server_side=True, suppress_ragged_eofs=False)
came = bytearray()
while len(came) < int(sys.argv[3]):
    came += stream.recv(65536)
stream.sendall(came)
stream.unwrap()
"#;

#[tokio::test]
async fn python_gets_a_megabyte_and_sends_it_back() {
    const LENGTH: usize = 1024 * 1024;
    let authority = Authority::new();
    let (certificate, key) = authority.files(&authority.localhost());
    let mut command = Command::new("python3");
    let (python, line) = Process::printing(
        command.args(["-c", PYTHON]).args([&certificate, &key]).arg(LENGTH.to_string()),
    );
    let (_bridge, mut client) = open(&authority, port(&line), "").await;
    let bytes: Vec<u8> = (0u32..).flat_map(u32::to_le_bytes).take(LENGTH).collect();
    for part in bytes.chunks(LENGTH / 8) {
        client.send(part).await;
    }
    let mut came = Vec::new();
    while came.len() < LENGTH {
        came.extend(client.receive(1).await);
        client.send_control(ClientMessage::Ack { bytes: came.len() as u64 }).await;
    }
    assert!(came == bytes);
    client.send_control(ClientMessage::Finish).await;
    assert_eq!(client.receive_all().await.code, 1000);
    assert!(ended(python).await);
}

/// Whether a program ends by itself, and succeeds.
async fn ended(mut process: Process) -> bool {
    let child: &mut Child = &mut process.0;
    soon(async {
        loop {
            match child.try_wait().unwrap() {
                Some(status) => return status.success(),
                None => tokio::task::yield_now().await,
            }
        }
    })
    .await
}

/// The lines of the tutorial's client for a target, and whether they end well.
async fn check(target: &str, ca: &[String]) -> (bool, String) {
    let ca = ca.iter().map(|file| file.parse().unwrap()).collect();
    let command = Check {
        target: target.parse().unwrap(),
        message: "Hello!".into(),
        trust: TrustFlags { ca },
        timeout: TOO_LONG,
    };
    let mut out = Vec::new();
    let ok = bridge::check::run(&command, &mut out).await.unwrap();
    (ok, String::from_utf8(out).unwrap())
}

#[tokio::test]
async fn check_tells_the_handshake_and_the_tutorials_verdict() {
    let authority = Authority::new();
    let (port, _task) = tls_target(&authority.localhost(), async |stream| {
        let (mut from, mut to) = tokio::io::split(stream);
        let _ = tokio::io::copy(&mut from, &mut to).await;
    })
    .await;
    let (ok, lines) = check(&format!("tls://localhost:{port}"), &[authority.file()]).await;
    let lines: Vec<_> = lines.lines().collect();
    assert!(ok, "{lines:?}");
    assert_eq!(lines[0], format!("Successfully connected to server in port {port}"));
    assert!(lines[1].starts_with("TLSv1.3 with TLS_AES_256_GCM_SHA384, after "), "{lines:?}");
    let verified = "Verified: CN=A test's server, issued by CN=A test's authority, valid until ";
    assert!(lines[2].starts_with(verified), "{lines:?}");
    assert_eq!(lines[3..], ["Sent Hello, awaiting reply...", "Reply is ok!", "Terminated."]);
}

#[tokio::test]
async fn check_says_what_to_do_about_a_certificate_that_proves_nothing() {
    let authority = Authority::new();
    let server = Server::new(&authority, &Identity::self_signed(), &["-rev"]);
    let (ok, lines) = check(&format!("tls://localhost:{}", server.port), &[]).await;
    assert!(!ok);
    let lines: Vec<_> = lines.lines().collect();
    assert!(lines[1].starts_with("Failed to connect: TLS: the certificate is self-signed"));
    assert!(lines[2].contains("--tls-ca FILE"), "{lines:?}");
    assert_eq!(lines[3..], ["Terminated."]);
    let (ok, lines) = check(&format!("tls://localhost:{}", closed_port().await), &[]).await;
    assert!(!ok && lines.starts_with("Failed to connect: "), "{lines}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_echo_server_over_tls_is_trusted_by_the_flag_that_it_prints() {
    let authority = Authority::new();
    for (flags, ok, part) in [
        (&["--tls"][..], true, "Reply is ok!"),
        (&["--fault", "expired"], false, "valid until 2021-01-01"),
        (&["--fault", "wrong-name"], false, "for somebody-else.example, not for localhost"),
        (&["--fault", "self-signed"], false, "self-signed"),
        (&["--fault", "no-close-notify"], true, "Reply is ok!"),
        (&["--tls", "--fault", "truncate:3"], false, "failed to fill whole buffer"),
    ] {
        let ca = authority.path("echo-ca.pem");
        let mut command = Command::new(BRIDGE);
        command.args(["echo", "--listen", "localhost:0", "--tls-ca-file", text(&ca)]).args(flags);
        let (_echo, line) = Process::printing(&mut command);
        let port = line.split_whitespace().find_map(|word| word.strip_prefix("localhost:"));
        let target = format!("tls://localhost:{}", port.unwrap());
        let (is_ok, lines) = check(&target, &[text(&ca).to_owned()]).await;
        assert!(is_ok == ok && lines.contains(part), "{flags:?}: {lines}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_secrets_of_tls_go_to_the_client_that_captures_and_never_into_the_log() {
    let authority = Authority::new();
    let (port, _task) = tls_target(&authority.localhost(), async |stream| {
        let (mut from, mut to) = tokio::io::split(stream);
        let _ = tokio::io::copy(&mut from, &mut to).await;
    })
    .await;
    let allow = format!("localhost:{port}");
    let mut command = bridge();
    command.args(["--allow", &allow]).args(authority.trusted()).env("RUST_LOG", "trace");
    let (bridge, address) = Process::serving(&mut command);
    let query = format!("?target=tls://localhost:{port}&packets=1");
    let (mut client, _) = Client::at(address, &query, "tcp-bridge.v1").await;
    client.send_control(ClientMessage::Finish).await;
    let session = client.receive_all().await;
    let log = log_to_its_end(bridge).await;
    let secrets = session.control.iter().find_map(|message| match message {
        BridgeMessage::TlsSecrets { lines } => Some(lines.clone()),
        _ => None,
    });
    if session.types()[0] == "not_capturing" {
        assert!(secrets.is_none(), "{secrets:?}");
        return;
    }
    let secrets = secrets.expect("secrets were told");
    for label in [
        "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
        "SERVER_HANDSHAKE_TRAFFIC_SECRET",
        "CLIENT_TRAFFIC_SECRET_0",
        "SERVER_TRAFFIC_SECRET_0",
    ] {
        let line = secrets.lines().find(|line| line.starts_with(&format!("{label} ")));
        let parts: Vec<_> = line.unwrap().split(' ').collect();
        assert_eq!((parts.len(), parts[1].len()), (3, 64), "{secrets}");
        assert!(!log.contains(parts[2]), "the log has a secret");
    }
    assert!(log.contains(&format!("tls://localhost:{port}")), "{log}");
}

/// All that a bridge logs, which goes down in order.
async fn log_to_its_end(mut bridge: Process) -> String {
    bridge.signal("-INT");
    let mut stderr = bridge.0.stderr.take().unwrap();
    let log = tokio::task::spawn_blocking(move || {
        let mut log = String::new();
        stderr.read_to_string(&mut log).unwrap();
        log
    });
    soon(log).await.unwrap()
}

#[tokio::test]
async fn no_secret_is_told_to_a_client_that_does_not_capture() {
    let authority = Authority::new();
    let (port, _task) = tls_target(&authority.localhost(), async |_| {}).await;
    let session = receive_all(&authority, port, "").await;
    assert!(!session.types().contains(&"tls_secrets".to_owned()));
}
