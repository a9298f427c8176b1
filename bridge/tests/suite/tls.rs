//! Targets over TLS: what is told of them, how they fail, and that their bytes arrive.

use bytes::Bytes;
use echo_core::wire::{ACK_EVERY, BridgeMessage, ClientMessage, Kind, Stage};
use proptest::prelude::*;
use rcgen::{BasicConstraints, DnType, IsCa, date_time_ymd};
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio_rustls::server::TlsStream;

use crate::harness::client::{Client, Received, Session};
use crate::harness::tls::{Authority, Identity, port, secured, text, tls_target, trusting_bridge};
use crate::harness::{Bridge, read_all, soon, target};

/// Sends back what comes, until `close_notify`, and then its own.
async fn echo(stream: TlsStream<TcpStream>) {
    let (mut from, mut to) = tokio::io::split(stream);
    let _ = tokio::io::copy(&mut from, &mut to).await;
    let _ = to.shutdown().await;
}

/// All that a session with `localhost` at `port` sends that does nothing but wait.
async fn failed(port: u16, authority: &Authority) -> Session {
    let bridge = trusting_bridge(port, authority).await;
    Client::open(&bridge, &format!("?target=tls://localhost:{port}")).await.receive_all().await
}

/// Checks that a handshake failed in this way.
#[track_caller]
fn assert_failed(session: &Session, kind: Kind, message: &str, reason: &str) {
    use Kind::{Expired, NotYetValid, UnknownIssuer, WrongName};
    let failure = session.failure();
    assert_eq!((failure.stage, failure.kind), (Stage::Tls, kind), "{}", failure.message);
    assert!(failure.message.contains(message), "{}", failure.message);
    assert_eq!(session.code, 4008);
    assert!(session.reason.contains(reason), "{}", session.reason);
    assert_eq!(session.types(), ["connecting", "connected", "failed", "closed"]);
    let is_certificates = matches!(kind, Expired | NotYetValid | UnknownIssuer | WrongName);
    assert_eq!(failure.chain.is_empty(), !is_certificates, "{:?}", failure.chain);
}

/// The SHA-256 of a certificate, as it is told.
fn sha256(identity: &Identity) -> String {
    let digest = Sha256::digest(identity.certificate.der());
    format!("{:x}", Bytes::copy_from_slice(&digest))
}

#[tokio::test]
async fn bytes_travel_over_tls_and_the_handshake_is_told() {
    let authority = Authority::new();
    let (port, _task) = tls_target(&authority.localhost(), echo).await;
    let bridge = trusting_bridge(port, &authority).await;
    let mut client =
        Client::open(&bridge, &format!("?target=tls://localhost:{port}&trace=1")).await;
    let session = secured(&mut client).await;
    assert_eq!((&*session.version, &*session.cipher), ("TLSv1.3", "TLS_AES_256_GCM_SHA384"));
    assert!(session.verified && session.problem.is_none() && session.alpn.is_none());
    let [certificate] = &*session.chain else { panic!("{:?}", session.chain) };
    assert_eq!(certificate.subject, "CN=A test's server");
    assert_eq!(certificate.issuer, "CN=A test's authority");
    assert_eq!(certificate.names, ["localhost", "127.0.0.1"]);
    assert_eq!((&*certificate.key, certificate.sha256.len()), ("ECDSA P-256", 64));
    assert!(certificate.not_before < certificate.not_after);
    client.send(b"Hello!").await;
    assert_eq!(client.receive(6).await, b"Hello!");
    client.send_control(ClientMessage::Finish).await;
    let rest = client.receive_all().await;
    assert_eq!(rest.code, 1000);
    let Some(BridgeMessage::Closed { sent, received, .. }) = rest.control.last() else { panic!() };
    assert_eq!((*sent, *received), (6, 6));
}

#[tokio::test]
async fn an_ip_address_is_verified_as_such() {
    let authority = Authority::new();
    let (port, _task) = tls_target(&authority.localhost(), echo).await;
    let bridge = trusting_bridge(port, &authority).await;
    let mut client = Client::open(&bridge, &format!("?target=tls://127.0.0.1:{port}")).await;
    assert!(secured(&mut client).await.verified);
}

#[tokio::test]
async fn a_certificate_that_proves_nothing_ends_the_session_with_what_is_wrong_with_it() {
    let authority = Authority::new();
    let localhost = ["localhost"];
    let expired = authority.certify(&localhost, |it| it.not_after = date_time_ymd(2024, 1, 31));
    let early = authority.certify(&localhost, |it| it.not_before = date_time_ymd(2999, 1, 1));
    let elsewhere = authority.certify(&["a.example", "b.example"], |_| {});
    let unknown = Authority::new().localhost();
    for (identity, kind, message, reason) in [
        (expired, Kind::Expired, "valid until 2024-01-31", "renew"),
        (early, Kind::NotYetValid, "valid from 2999-01-01", "clocks"),
        (elsewhere, Kind::WrongName, "for a.example, b.example, not for localhost", "names"),
        (unknown, Kind::UnknownIssuer, "issuer is CN=A test's authority", "--tls-ca FILE"),
        (Identity::self_signed(), Kind::UnknownIssuer, "self-signed: CN=Nobody", "--tls-ca FILE"),
    ] {
        let (port, _task) = tls_target_that_may_fail(&identity).await;
        let session = failed(port, &authority).await;
        assert_failed(&session, kind, message, reason);
        let chain = &session.failure().chain;
        assert_eq!((chain.len(), &chain[0].sha256), (1, &sha256(&identity)), "{kind:?}");
    }
}

#[tokio::test]
async fn the_certificates_of_a_handshake_that_failed_are_told_as_those_of_one_that_did_not() {
    let authority = Authority::new();
    let until = date_time_ymd(2024, 1, 31);
    let identity = authority.certify(&["localhost", "a.example"], |it| it.not_after = until);
    let (port, _task) = tls_target_that_may_fail(&identity).await;
    let failed = failed(port, &authority).await;
    let own = &failed.failure().chain[0];
    assert_eq!((&*own.subject, &*own.issuer), ("CN=A test's server", "CN=A test's authority"));
    assert_eq!(own.names, ["localhost", "a.example"]);
    assert_eq!(own.not_after, until.unix_timestamp());
    let (port, _task) = tls_target_that_may_fail(&identity).await;
    let bridge = trusting_bridge(port, &authority).await;
    let query = format!("?target=tls://localhost:{port}&tls_verify=off");
    let session = secured(&mut Client::open(&bridge, &query).await).await;
    assert_eq!(session.chain, failed.failure().chain);
}

#[tokio::test]
async fn what_is_told_of_certificates_is_bounded_whether_the_handshake_fails_or_not() {
    let authority = Authority::new();
    let names: Vec<_> = (0..110).map(|number| format!("{number}.example")).collect();
    let names: Vec<_> = names.iter().map(String::as_str).chain(["localhost"]).collect();
    let identity = authority.certify(&names, |it| {
        it.distinguished_name.push(DnType::OrganizationName, "x".repeat(600));
    });
    for verify in ["on", "off"] {
        let (port, _task) = tls_target_with_chain(&identity, 12).await;
        let bridge = trusting_bridge(port, &Authority::new()).await;
        let query = format!("?target=tls://localhost:{port}&tls_verify={verify}");
        let mut client = Client::open(&bridge, &query).await;
        let chain = match verify {
            "off" => secured(&mut client).await.chain,
            _ => client.receive_all().await.failure().chain.clone(),
        };
        assert_eq!((chain.len(), chain[0].names.len(), chain[0].subject.len()), (10, 100, 512));
    }
}

#[tokio::test]
async fn an_authoritys_certificate_that_is_trusted_as_a_servers_own_may_not_have_expired() {
    let files = Authority::new();
    for (until, has_expired) in [(2999, false), (2024, true)] {
        let identity = Identity::self_signed_with(|it| {
            it.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
            it.not_after = date_time_ymd(until, 1, 31);
        });
        let (port, _task) = tls_target_that_may_fail(&identity).await;
        let ca = files.write("own.pem", &identity.certificate.pem());
        let flags = ["--allow", &format!("localhost:{port}"), "--tls-ca", text(&ca)];
        let bridge = Bridge::start(&flags).await;
        let mut client = Client::open(&bridge, &format!("?target=tls://localhost:{port}")).await;
        if has_expired {
            let session = client.receive_all().await;
            assert_failed(&session, Kind::Expired, "valid until 2024-01-31", "renew");
        } else {
            assert!(secured(&mut client).await.verified);
        }
    }
}

/// A server whose handshake the client may end.
async fn tls_target_that_may_fail(identity: &Identity) -> (u16, JoinHandle<()>) {
    tls_target_with_chain(identity, 1).await
}

/// The same, which sends its certificate so often.
async fn tls_target_with_chain(identity: &Identity, length: usize) -> (u16, JoinHandle<()>) {
    let acceptor = identity.acceptor_with_chain(length);
    let (address, task) = target(async move |stream| {
        if let Ok(stream) = acceptor.accept(stream).await {
            echo(stream).await;
        }
    })
    .await;
    (port(&address), task)
}

#[tokio::test]
async fn without_verification_the_session_goes_on_and_the_problem_is_told() {
    let authority = Authority::new();
    let expired = authority.certify(&["localhost"], |it| it.not_after = date_time_ymd(2024, 1, 31));
    for (identity, problem) in
        [(expired, Kind::Expired), (Identity::self_signed(), Kind::UnknownIssuer)]
    {
        let (port, _task) = tls_target_that_may_fail(&identity).await;
        let bridge = trusting_bridge(port, &authority).await;
        let query = format!("?target=tls://localhost:{port}&tls_verify=off");
        let mut client = Client::open(&bridge, &query).await;
        let session = secured(&mut client).await;
        assert_eq!((session.verified, session.problem), (false, Some(problem)));
        client.send(b"Hello!").await;
        assert_eq!(client.receive(6).await, b"Hello!");
    }
}

#[tokio::test]
async fn without_verification_a_server_that_proves_who_it_is_is_verified_all_the_same() {
    let authority = Authority::new();
    let (port, _task) = tls_target(&authority.localhost(), echo).await;
    let bridge = trusting_bridge(port, &authority).await;
    let query = format!("?target=tls://localhost:{port}&tls_verify=off");
    assert!(secured(&mut Client::open(&bridge, &query).await).await.verified);
}

#[tokio::test]
async fn in_the_raw_dialect_verification_cannot_be_switched_off() {
    let authority = Authority::new();
    let (port, _task) = tls_target_that_may_fail(&Identity::self_signed()).await;
    let bridge = trusting_bridge(port, &authority).await;
    let query = format!("?target=tls://localhost:{port}&tls_verify=off");
    let session = Client::open_raw(&bridge, &query).await.receive_all().await;
    assert_eq!((session.code, session.control.len()), (4008, 0));
    assert!(session.reason.contains("--tls-ca FILE"), "{}", session.reason);
}

#[tokio::test]
async fn a_server_that_speaks_no_tls_is_told_as_such() {
    for (greeting, message) in
        [(&b"220 ready\r\n"[..], r"it said `220 ready\r\n`"), (b"+OK\r\n", r"it said `+OK\r\n`")]
    {
        let (address, _task) = target(async move |mut stream: TcpStream| {
            stream.write_all(greeting).await.unwrap();
            read_all(&mut stream).await
        })
        .await;
        let session = failed(port(&address), &Authority::new()).await;
        assert_failed(&session, Kind::NotTls, message, "without TLS");
    }
}

#[tokio::test]
async fn a_plain_echo_server_is_told_as_one_that_speaks_no_tls() {
    let (address, _task) = target(async |mut stream: TcpStream| {
        let (mut from, mut to) = stream.split();
        let _ = tokio::io::copy(&mut from, &mut to).await;
    })
    .await;
    let session = failed(port(&address), &Authority::new()).await;
    assert_failed(&session, Kind::NotTls, "sends back what it gets", "without TLS");
}

#[tokio::test]
async fn a_server_that_hangs_up_on_the_handshake_is_told() {
    let (address, _task) = target(async |mut stream: TcpStream| {
        let _ = stream.read(&mut [0; 4096]).await;
    })
    .await;
    let session = failed(port(&address), &Authority::new()).await;
    assert_failed(&session, Kind::Handshake, "it may speak no TLS", "TLS failed");
}

#[tokio::test]
async fn a_server_that_does_not_answer_the_handshake_is_given_up() {
    let (address, _task) = target(async |mut stream: TcpStream| read_all(&mut stream).await).await;
    let port = port(&address);
    let allow = format!("localhost:{port}");
    let bridge = Bridge::start(&["--allow", &allow, "--connect-timeout", "200ms"]).await;
    let query = format!("?target=tls://localhost:{port}");
    let session = Client::open(&bridge, &query).await.receive_all().await;
    assert_failed(&session, Kind::Timeout, "within 0.2 s", "speaks TLS");
}

#[tokio::test]
async fn the_policy_decides_on_host_and_port_as_over_plain_tcp() {
    let bridge = Bridge::start(&["--allow", "localhost:1"]).await;
    let session = Client::open(&bridge, "?target=tls://localhost:2").await.receive_all().await;
    assert_eq!((session.failure().stage, session.failure().kind), (Stage::Policy, Kind::Forbidden));
    let advice = "tls://localhost:2 is not allowed. Restart with: tcp-bridge --allow localhost:2";
    assert_eq!((session.code, &*session.reason), (1008, advice));
    for malformed in ["tls://", "tls://localhost", "tls://echo", "tls://unix:/x"] {
        let query = format!("?target={malformed}");
        let session = Client::open(&bridge, &query).await.receive_all().await;
        assert_eq!((session.failure().kind, session.code), (Kind::Malformed, 1008), "{malformed}");
    }
}

#[tokio::test]
async fn a_name_may_stand_for_a_target_over_tls_which_is_told_its_client_before_the_handshake() {
    const HEADER: usize = 16 + 12;
    let authority = Authority::new();
    let acceptor = authority.localhost().acceptor();
    let (address, task) = target(async move |mut stream: TcpStream| {
        let mut header = vec![0; HEADER];
        stream.read_exact(&mut header).await.unwrap();
        echo(acceptor.accept(stream).await.unwrap()).await;
        ppp::v2::Header::try_from(&*header).unwrap().command
    })
    .await;
    let [flag, file] = authority.trusted();
    let named = format!("web=tls://{address},proxy-protocol=v2");
    let bridge = Bridge::start(&["--target", &named, &flag, &file]).await;
    let mut client = Client::open(&bridge, "?target=web").await;
    secured(&mut client).await;
    client.send(b"Hello!").await;
    assert_eq!(client.receive(6).await, b"Hello!");
    client.close().await;
    assert_eq!(task.await.unwrap(), ppp::v2::Command::Proxy);
}

#[tokio::test]
async fn an_end_without_close_notify_is_told_as_truncated_after_all_bytes() {
    let authority = Authority::new();
    let (port, _task) = tls_target(&authority.localhost(), async |mut stream| {
        stream.write_all(&vec![b'x'; 100_000]).await.unwrap();
        stream.flush().await.unwrap();
        let (tcp, _) = stream.get_mut();
        tcp.shutdown().await.unwrap();
        read_all(tcp).await
    })
    .await;
    let session = failed(port, &authority).await;
    assert_eq!(session.bytes.len(), 100_000);
    let failure = session.failure();
    assert_eq!((failure.stage, failure.kind), (Stage::Read, Kind::Truncated));
    assert_eq!(session.code, 4008);
    assert!(session.reason.contains("without close_notify"), "{}", session.reason);
    assert_eq!(session.types().last().unwrap(), "closed");
}

#[tokio::test]
async fn after_the_targets_close_notify_the_client_may_still_send() {
    let authority = Authority::new();
    let (port, task) = tls_target(&authority.localhost(), async |mut stream| {
        stream.write_all(b"first").await.unwrap();
        stream.shutdown().await.unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.unwrap();
        bytes
    })
    .await;
    let bridge = trusting_bridge(port, &authority).await;
    let mut client = Client::open(&bridge, &format!("?target=tls://localhost:{port}")).await;
    secured(&mut client).await;
    assert_eq!(client.next().await, Received::Bytes(b"first".into()));
    assert!(matches!(client.next().await, Received::Control(BridgeMessage::Finished { .. })));
    client.send(b"second").await;
    client.send_control(ClientMessage::Finish).await;
    let session = client.receive_all().await;
    assert_eq!(session.code, 1000);
    assert_eq!(task.await.unwrap(), b"second");
}

#[tokio::test]
async fn after_finish_the_target_reads_close_notify_and_may_still_send() {
    let authority = Authority::new();
    let (port, _task) = tls_target(&authority.localhost(), async |mut stream| {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.unwrap();
        bytes.reverse();
        stream.write_all(&bytes).await.unwrap();
        stream.shutdown().await.unwrap();
    })
    .await;
    let bridge = trusting_bridge(port, &authority).await;
    let mut client = Client::open(&bridge, &format!("?target=tls://localhost:{port}")).await;
    client.send(b"abc").await;
    client.send_control(ClientMessage::Finish).await;
    let session = client.receive_all().await;
    assert_eq!((&*session.bytes, session.code), (&b"cba"[..], 1000));
}

#[tokio::test]
async fn reset_is_rst_without_close_notify() {
    let authority = Authority::new();
    let (port, task) = tls_target(&authority.localhost(), async |mut stream| {
        stream.read_to_end(&mut Vec::new()).await.unwrap_err().kind()
    })
    .await;
    let bridge = trusting_bridge(port, &authority).await;
    let mut client = Client::open(&bridge, &format!("?target=tls://localhost:{port}")).await;
    secured(&mut client).await;
    client.send_control(ClientMessage::Reset).await;
    assert_eq!(task.await.unwrap(), std::io::ErrorKind::ConnectionReset);
    assert_eq!(client.receive_all().await.code, 1000);
}

/// Sends `parts` through the bridge and receives the echo at the same time, with flow control.
async fn exchange(mut client: Client, parts: Vec<Vec<u8>>) -> Vec<u8> {
    let (mut sent, mut parts) = (0, parts.into_iter());
    let (mut acked, mut received, mut told) = (0, Vec::new(), 0);
    let mut next = parts.next();
    loop {
        // Half a window is kept under way, so that both directions are busy.
        while let Some(part) = next.take_if(|_| sent - acked < 2 * ACK_EVERY) {
            sent += part.len() as u64;
            client.send(&part).await;
            next = parts.next();
            if next.is_none() {
                client.send_control(ClientMessage::Finish).await;
            }
        }
        match client.next().await {
            Received::Bytes(bytes) => received.extend(bytes),
            Received::Control(BridgeMessage::Ack { bytes }) => acked = bytes,
            Received::Control(_) => {}
            Received::Close(code, reason) => {
                assert_eq!(code, 1000, "{reason}");
                return received;
            }
        }
        if received.len() as u64 - told >= ACK_EVERY {
            told = received.len() as u64;
            client.send_control(ClientMessage::Ack { bytes: told }).await;
        }
    }
}

#[tokio::test]
async fn a_large_transfer_arrives_byte_for_byte_in_both_directions_at_once() {
    const LENGTH: usize = 16 * 1024 * 1024;
    let authority = Authority::new();
    let (port, _task) = tls_target(&authority.localhost(), echo).await;
    let bridge = trusting_bridge(port, &authority).await;
    let client = Client::open(&bridge, &format!("?target=tls://localhost:{port}")).await;
    let bytes: Vec<u8> = (0u32..).flat_map(u32::to_le_bytes).take(LENGTH).collect();
    let parts = bytes.chunks(100_000).map(<[u8]>::to_vec).collect();
    let echoed = exchange(client, parts).await;
    assert!(echoed == bytes, "{} of {LENGTH} bytes came", echoed.len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_bytes_are_cut_into_they_arrive_the_same(
        parts in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..40_000), 1..12),
    ) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let echoed = runtime.block_on(async {
            let authority = Authority::new();
            let (port, _task) = tls_target(&authority.localhost(), echo).await;
            let bridge = trusting_bridge(port, &authority).await;
            let query = format!("?target=tls://localhost:{port}&trace=1");
            soon(exchange(Client::open(&bridge, &query).await, parts.clone())).await
        });
        prop_assert!(echoed == parts.concat());
    }
}
