//! Tests that every message and answer reads back as it was written.
//!
//! [`every!`] refuses to compile where a variant is missing, so none can be added without a test.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::*;

/// A vector with one value of each variant of an enum.
macro_rules! every {
    ($type:ident: $($variant:ident $(($($item:expr),*))? $({$($field:ident: $value:expr),*})?),* $(,)?) => {{
        // A match without a wildcard.
        let _ = |value: &$type| match value { $($type::$variant { .. } => {})* };
        vec![$($type::$variant $(($($item),*))? $({$($field: $value),*})?),*]
    }};
}

fn reads_back<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let text = serde_json::to_string(value).unwrap();
    assert_eq!(&serde_json::from_str::<T>(&text).unwrap(), value, "{text}");
}

fn stages() -> Vec<Stage> {
    every! { Stage:
        Policy, Resolve, Connect, Tls, Listen, Accept, Write, Read, Idle, Limit, Protocol,
        Shutdown, Operator
    }
}

fn kinds() -> Vec<Kind> {
    every! { Kind:
        Malformed, Forbidden, ForbiddenAddress, NotFound, Timeout, Refused, Unreachable, Reset,
        TooMany, TooBig, NotUtf8, ShuttingDown, Restarting, Ended, InUse, NotLocal, UnknownIssuer,
        Expired, NotYetValid, WrongName, NotTls, Handshake, Truncated, Internal
    }
}

fn address(text: &str) -> Address {
    text.parse().unwrap()
}

fn failure(stage: Stage, kind: Kind) -> Failure {
    Failure::new(stage, kind, "m")
}

fn packet() -> PacketTold {
    PacketTold { at_ns: 11, link: 1, length: 12, data: "AA==".into() }
}

fn tcp_info() -> TcpInfo {
    TcpInfo { at_us: 15, rtt_us: 16, unacked: 17, ..TcpInfo::default() }
}

fn certificate() -> Certificate {
    Certificate {
        subject: "CN=localhost".into(),
        issuer: "CN=CA".into(),
        names: vec!["localhost".into()],
        not_before: -1,
        not_after: 1,
        key: "ECDSA P-256".into(),
        sha256: "00".into(),
    }
}

fn tls_session() -> TlsSession {
    TlsSession {
        version: "TLSv1.3".into(),
        cipher: "TLS_AES_128_GCM_SHA256".into(),
        alpn: None,
        handshake_us: 20,
        verified: false,
        problem: Some(Kind::Expired),
        chain: vec![certificate()],
    }
}

#[test]
fn what_the_bridge_writes_is_read() {
    let messages = every! { BridgeMessage:
        Connecting { target: "[::1]:7".into(), address: address("127.0.0.1:7") },
        Connected {
            local: address("127.0.0.1:9"), peer: address("[::]:7"),
            resolve_us: 0, connect_us: u64::MAX
        },
        Wrote { bytes: 1, began_us: Some(1), at_us: 2 },
        Read { bytes: 3, at_us: 4 },
        Finished { at_us: 5 },
        Failed(failure(Stage::Connect, Kind::Refused)),
        Ack { bytes: 6 },
        Closed { by: Party::Bridge, sent: 7, received: 8, duration_us: 9 },
        Capturing { began_us: 10 },
        NotCapturing { message: "m".into() },
        Packet(packet()),
        Captured { packets: 13, lost: 14, interface: "lo".into() },
        TcpInfo(tcp_info()),
        Listening { address: address("127.0.0.1:9000") },
        Incoming {
            id: "k3".into(), peer: address("127.0.0.1:9"), local: address("127.0.0.1:9000"),
            at_us: 18
        },
        Abandoned { id: "k3".into(), by: Party::Target },
        Accepted {
            local: address("127.0.0.1:9000"), peer: address("127.0.0.1:9"), waited_us: 19
        },
        Secured(tls_session()),
        TlsSecrets { lines: "CLIENT_RANDOM 00 00\n".into() },
        Unknown
    };
    messages.iter().for_each(reads_back);
    let chain = vec![certificate(), certificate()];
    reads_back(&BridgeMessage::Failed(Failure { chain, ..failure(Stage::Tls, Kind::Expired) }));
    reads_back(&BridgeMessage::Captured { packets: 0, lost: 14, interface: String::new() });
    for stage in Stage::ALL {
        for kind in Kind::ALL {
            reads_back(&failure(stage, kind));
        }
    }
    let parties = every! { Party: Client, Target, Bridge };
    parties.iter().for_each(reads_back);
}

#[test]
fn what_a_client_writes_is_read() {
    every! { ClientMessage: Finish, Reset, Ack { bytes: 1 } }.iter().for_each(reads_back);
}

#[test]
fn stages_and_kinds_have_the_names_that_are_documented() {
    assert_eq!((Stage::ALL.to_vec(), Kind::ALL.to_vec()), (stages(), kinds()), "none is missing");
    let stages = serde_json::to_value(stages()).unwrap();
    assert_eq!(
        stages,
        serde_json::json!([
            "policy", "resolve", "connect", "tls", "listen", "accept", "write", "read", "idle",
            "limit", "protocol", "shutdown", "operator"
        ])
    );
    let kinds = serde_json::to_value(kinds()).unwrap();
    assert_eq!(
        kinds,
        serde_json::json!([
            "malformed",
            "forbidden",
            "forbidden_address",
            "not_found",
            "timeout",
            "refused",
            "unreachable",
            "reset",
            "too_many",
            "too_big",
            "not_utf8",
            "shutting_down",
            "restarting",
            "ended",
            "in_use",
            "not_local",
            "unknown_issuer",
            "expired",
            "not_yet_valid",
            "wrong_name",
            "not_tls",
            "handshake",
            "truncated",
            "internal"
        ])
    );
}

#[test]
fn what_the_bridge_tells_of_itself_is_read() {
    let info = Info {
        version: "1".into(),
        targets: vec![NamedTarget { name: "echo".into(), address: "localhost:7".into() }],
        echo: EchoServer::Released,
        echo_log: EchoLog::Full,
        max_message: 1,
        lan: Some("192.168.0.2".into()),
        capture: None,
        program: String::new(),
        flags: String::new(),
        token: String::new(),
        listen: Vec::new(),
    };
    let able = CaptureInfo { possible: true, reason: String::new(), remedy: String::new() };
    let unable = CaptureInfo { possible: false, reason: "r".into(), remedy: "s".into() };
    reads_back(&Info { lan: None, ..info.clone() });
    let (program, flags) = ("tcp-bridge".into(), "--echo off".into());
    reads_back(&Info { program, flags, ..info.clone() });
    reads_back(&Info { token: "7k3m".into(), ..info.clone() });
    reads_back(&Info { listen: vec!["localhost:80".into()], ..info.clone() });
    reads_back(&Info { capture: Some(able), ..info.clone() });
    reads_back(&Info { capture: Some(unable), ..info.clone() });
    for echo in every! { EchoServer: Own, External, Off, Released } {
        reads_back(&Info { echo, ..info.clone() });
    }
}

#[test]
fn the_connections_of_the_echo_server_are_read() {
    let ends = every! { EchoEnd: Finished, Reset, Idle, Failed };
    let connections = ends.into_iter().map(Some).chain([None]).map(|end| EchoConnection {
        id: 1,
        peer: address("127.0.0.1:9"),
        bridge: true,
        client: Some("192.168.1.7".into()),
        began_ms: 2,
        received: 3,
        echoed: 4,
        end,
    });
    let connections = connections.collect();
    reads_back(&EchoConnections { connections, log: EchoLog::Full });
    for log in every! { EchoLog: Full, Counts, Off } {
        reads_back(&EchoConnections { connections: vec![], log });
    }
}

#[test]
fn an_older_bridge_does_not_say_whether_it_can_capture() {
    let text = r#"{"version":"1","targets":[],"echo":"own","max_message":1}"#;
    let info: Info = serde_json::from_str(text).unwrap();
    assert_eq!((info.lan, info.capture), (None, None));
    assert_eq!((info.program, info.flags), (String::new(), String::new()));
}

#[test]
fn an_older_bridge_does_not_tell_the_certificates_of_a_failed_handshake() {
    let text = r#"{"type":"failed","stage":"tls","kind":"expired","message":"m"}"#;
    let message = BridgeMessage::Failed(failure(Stage::Tls, Kind::Expired));
    assert_eq!(serde_json::from_str::<BridgeMessage>(text).unwrap(), message);
    assert_eq!(serde_json::to_string(&message).unwrap(), text);
}

#[test]
fn an_older_bridge_does_not_say_when_a_write_began() {
    let text = r#"{"type":"wrote","bytes":1,"at_us":2}"#;
    let message = BridgeMessage::Wrote { bytes: 1, began_us: None, at_us: 2 };
    assert_eq!(serde_json::from_str::<BridgeMessage>(text).unwrap(), message);
    assert_eq!(serde_json::to_string(&message).unwrap(), text);
}

#[test]
fn a_message_of_an_unknown_type_is_told_from_one_that_is_malformed() {
    for text in [r#"{"type":"later"}"#, r#"{"version":"2","type":"later","chain":[{}]}"#] {
        assert_eq!(serde_json::from_str::<BridgeMessage>(text).unwrap(), BridgeMessage::Unknown);
    }
}

#[test]
fn keys_that_are_unknown_are_passed_over() {
    let text = r#"{"type":"ack","why":["x"],"bytes":1}"#;
    assert_eq!(
        serde_json::from_str::<BridgeMessage>(text).unwrap(),
        BridgeMessage::Ack { bytes: 1 }
    );
}

#[test]
fn a_message_that_is_none_is_refused() {
    for text in [
        "",
        "{}",
        "[]",
        "finished",
        r#"{"type":7}"#,
        r#"{"type":"ack"}"#,
        r#"{"type":"ack","bytes":-1}"#,
        r#"{"type":"ack","bytes":1.5}"#,
        r#"{"type":"closed","by":"nobody","sent":0,"received":0,"duration_us":0}"#,
        r#"{"type":"connecting","target":"echo","address":"echo"}"#,
        r#"{"type":"packet","at_ns":1,"link":65536,"length":1,"data":""}"#,
    ] {
        assert!(serde_json::from_str::<BridgeMessage>(text).is_err(), "{text}");
    }
}

#[test]
fn a_forbidden_address_is_told_in_the_message() {
    let failure = Failure::forbidden_address(&address("[::1]:9"));
    assert_eq!(Failure::address_to_allow(&failure.message), Some("[::1]:9"));
    assert_eq!(Failure::address_to_allow("Connection refused"), None);
}
