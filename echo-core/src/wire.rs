//! The bridge protocol: its messages, close codes, subprotocol names and limits.
//!
//! One WebSocket is one TCP connection, or one listener. In the dialect `tcp-bridge.v1` binary
//! messages are bytes and text messages are control, one JSON object each; in the raw dialect every
//! message is bytes.
//! Whatever both ends must agree on has its one home here.

mod address;
#[cfg(test)]
mod round_trip;

use serde::{Deserialize, Serialize};

use crate::payload::printable;
pub use address::Address;

/// The path that upgrades to a WebSocket.
pub const WS_PATH: &str = "/ws";
/// The path that describes the bridge, as [`Info`].
pub const INFO_PATH: &str = "/api/info";
/// The subprotocol with control messages; as `&dialect=tcp-bridge.v1` it may be asked for too.
pub const SUBPROTOCOL: &str = "tcp-bridge.v1";
/// The subprotocol of bytes alone, as noVNC and websockify name it.
pub const RAW_SUBPROTOCOL: &str = "binary";
/// The name of the echo server among the targets.
pub const ECHO_TARGET: &str = "echo";
/// What a target of the lab begins with: a fault's text form follows, as in `lab/truncate:3`.
pub const LAB_PREFIX: &str = "lab/";
/// What a target begins with that is asked for over TLS: `host:port` follows.
pub const TLS_PREFIX: &str = "tls://";
/// The path that tells who is connected to the bridge's own echo server, as [`EchoConnections`].
pub const CONNECTIONS_PATH: &str = "/api/echo/connections";
/// The path that asks the own echo server to release its port for another one, by POST.
pub const RELEASE_PATH: &str = "/api/echo/release";
/// The path that answers as [`INFO_PATH`] does, and with the token by which others come in, to
/// whoever has come in by it.
pub const INVITATION_PATH: &str = "/api/invitation";

/// How many bytes may be under way in one direction before the other end acknowledges some.
pub const WINDOW: u64 = 1024 * 1024;
/// An end acknowledges at the latest when this many bytes are unacknowledged: a quarter window.
pub const ACK_EVERY: u64 = WINDOW / 4;
/// The longest control message, in bytes.
pub const MAX_CONTROL: usize = 4 * 1024;
/// The longest close reason, in bytes of UTF-8: a control frame of 125 bytes less the code's two
/// (RFC 6455, section 5.5).
pub const MAX_REASON: usize = 123;
/// How many bytes are captured of a packet: all of any that IP can carry, with its link layer.
pub const SNAP_LENGTH: usize = 65_535 + 20;
/// The most packets that are told of one session.
pub const MAX_PACKETS_TOLD: u64 = 10_000;
/// The most bytes of packets that are told of one session.
pub const MAX_PACKET_BYTES_TOLD: u64 = 8 * 1024 * 1024;

/// What the bridge says about a session, in `tcp-bridge.v1`.
///
/// Times count in microseconds from the session's start. `at_us` is taken right after the system call
/// returned, `began_us` right before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum BridgeMessage {
    /// An address is being tried.
    Connecting {
        /// The target as it was asked for, as `host:port`, after [`TLS_PREFIX`] if it is.
        target: String,
        /// The address that it resolved to.
        address: Address,
    },
    /// The TCP handshake is done.
    Connected {
        /// The bridge's end of the connection.
        local: Address,
        /// The target's end.
        peer: Address,
        /// How long the look-up took.
        resolve_us: u64,
        /// How long the handshake took.
        connect_us: u64,
    },
    /// A write to the target returned (with `trace=1`).
    Wrote {
        /// How many bytes it took.
        bytes: u64,
        /// When the call began. Older bridges do not say it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        began_us: Option<u64>,
        /// When it returned.
        at_us: u64,
    },
    /// A read from the target returned; its bytes follow in one binary message (with `trace=1`).
    Read {
        /// How many bytes it gave.
        bytes: u64,
        /// When it returned.
        at_us: u64,
    },
    /// The target sent FIN: no more bytes follow, but the client may still send.
    Finished {
        /// When the end was read.
        at_us: u64,
    },
    /// The session failed; a Close follows.
    Failed(Failure),
    /// How many of the client's bytes have been written to the target, in all.
    Ack {
        /// Bytes since the session's start.
        bytes: u64,
    },
    /// The last message before a Close that the bridge begins.
    Closed {
        /// Who ended the session.
        by: Party,
        /// How many bytes were written to the target.
        sent: u64,
        /// How many bytes were read from it.
        received: u64,
        /// How long the session took.
        duration_us: u64,
    },
    /// The connection's packets are told from here on (with `packets=1`): first of all messages.
    Capturing {
        /// When the session began, in microseconds since 1970 (UTC).
        began_us: u64,
    },
    /// They cannot be (with `packets=1`); the session goes on without.
    NotCapturing {
        /// Why, in the operating system's words where it has some.
        message: String,
    },
    /// A packet of the connection (with `packets=1`), up to [`SNAP_LENGTH`] bytes of it.
    Packet(PacketTold),
    /// No more packets follow (with `packets=1`).
    Captured {
        /// How many packets were told.
        packets: u64,
        /// How many passed that were not.
        lost: u64,
        /// The network interface on which they passed; empty where none did.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        interface: String,
    },
    /// What the kernel knows of the connection (with `packets=1` or `tcp_info=1`).
    TcpInfo(TcpInfo),
    /// The session's listener listens at this address (with `listen=`): one message for each.
    Listening {
        /// The address, with the port that was taken where 0 was asked for.
        address: Address,
    },
    /// A TCP connection came in at the session's listener; `accept=` claims it.
    Incoming {
        /// The connection's id, which cannot be guessed. It can be claimed once.
        id: String,
        /// The end of the program that connected.
        peer: Address,
        /// The listener's end.
        local: Address,
        /// When the bridge accepted it.
        at_us: u64,
    },
    /// A connection that came in can be claimed no longer.
    Abandoned {
        /// The connection's id.
        id: String,
        /// Who abandoned it: [`Party::Target`] for the program that connected,
        /// [`Party::Bridge`] because nobody claimed it in time.
        by: Party,
    },
    /// The session has the connection that it claimed (with `accept=`), in place of `connecting`
    /// and `connected`.
    Accepted {
        /// The bridge's end of the connection.
        local: Address,
        /// The end of the program that connected, which is the session's target from here on.
        peer: Address,
        /// How long the connection waited to be claimed.
        waited_us: u64,
    },
    /// The TLS handshake with the target is done: bytes are encrypted from here on.
    Secured(TlsSession),
    /// Secrets of the session's TLS connection (with `packets=1`), by which its packets can be
    /// decrypted.
    TlsSecrets {
        /// Lines of a key log file as Wireshark reads it (`SSLKEYLOGFILE`, RFC 9850).
        lines: String,
    },
    /// A message of a type that this version of the protocol does not know. The bridge never sends
    /// it; a client that reads it takes note of that and goes on.
    #[serde(other)]
    Unknown,
}

/// A captured packet, as text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PacketTold {
    /// When the kernel saw it, in nanoseconds since the session's start.
    pub at_ns: u64,
    /// Its link layer, by the number that pcap and pcapng files use.
    pub link: u16,
    /// How long it was, in bytes.
    pub length: u32,
    /// What was captured of it, in base64 (RFC 4648, section 4).
    pub data: String,
}

/// What the kernel knows of a TCP connection, seen from the bridge; times are in microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TcpInfo {
    /// When it was asked, since the session's start.
    pub at_us: u64,
    /// The smoothed round-trip time.
    pub rtt_us: u32,
    /// How much that varies.
    pub rttvar_us: u32,
    /// The retransmission timeout.
    pub rto_us: u32,
    /// The congestion window, in segments.
    pub cwnd: u32,
    /// The largest payload of a segment that is sent, in bytes.
    pub mss: u32,
    /// Segments that were sent again, in all.
    pub retransmits: u32,
    /// Segments received.
    pub segs_in: u32,
    /// Segments sent.
    pub segs_out: u32,
    /// Segments that were sent and not yet acknowledged.
    pub unacked: u32,
}

/// What is known of a TLS connection once its handshake is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TlsSession {
    /// The version of the protocol, as OpenSSL names it: `TLSv1.2` or `TLSv1.3`.
    pub version: String,
    /// The cipher suite, by its name in IANA's registry.
    pub cipher: String,
    /// The application protocol that was agreed on (RFC 7301), if one was.
    pub alpn: Option<String>,
    /// How long the handshake took.
    pub handshake_us: u64,
    /// Whether the server proved that it is who was asked for.
    pub verified: bool,
    /// Why it did not, where `tls_verify=off` connected all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<Kind>,
    /// The certificates that the server sent, its own first.
    pub chain: Vec<Certificate>,
}

/// What a certificate says (RFC 5280).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// Whom it certifies, as a distinguished name (RFC 4514).
    pub subject: String,
    /// Who issued it, likewise.
    pub issuer: String,
    /// The DNS names and IP addresses for which it is valid.
    pub names: Vec<String>,
    /// From when on it is valid, in seconds since 1970 (UTC).
    pub not_before: i64,
    /// Until when it is valid, likewise.
    pub not_after: i64,
    /// The kind of its public key, as in `RSA 2048` or `ECDSA P-256`.
    pub key: String,
    /// The SHA-256 of the certificate, in lower-case hexadecimal digits.
    pub sha256: String,
}

/// What a client may say besides bytes, in `tcp-bridge.v1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ClientMessage {
    /// No more bytes will follow: FIN to the target; replies still arrive.
    Finish,
    /// Abort: RST to the target.
    Reset,
    /// How many of the target's bytes the client has consumed, in all.
    Ack {
        /// Bytes since the session's start.
        bytes: u64,
    },
}

/// One of the three who can end a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// The WebSocket's client.
    Client,
    /// The TCP target.
    Target,
    /// The bridge itself.
    Bridge,
}

/// Why a session failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// What was being done.
    pub stage: Stage,
    /// What went wrong.
    pub kind: Kind,
    /// The operating system's own words where it has some, else the bridge's.
    pub message: String,
    /// The certificates that the server had sent when the TLS handshake failed, its own first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub chain: Vec<Certificate>,
}

/// What a session was doing when it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Deciding whether the target may be dialled.
    Policy,
    /// Looking its name up.
    Resolve,
    /// Connecting to it.
    Connect,
    /// Agreeing with it on encryption.
    Tls,
    /// Listening for connections.
    Listen,
    /// Claiming a connection that came in.
    Accept,
    /// Writing to it.
    Write,
    /// Reading from it.
    Read,
    /// Waiting for either end to say something.
    Idle,
    /// Keeping to a limit of the bridge.
    Limit,
    /// Understanding the client.
    Protocol,
    /// Shutting down.
    Shutdown,
    /// Obeying the bridge's operator.
    Operator,
}

impl Stage {
    /// All stages.
    pub const ALL: [Self; 13] = [
        Self::Policy,
        Self::Resolve,
        Self::Connect,
        Self::Tls,
        Self::Listen,
        Self::Accept,
        Self::Write,
        Self::Read,
        Self::Idle,
        Self::Limit,
        Self::Protocol,
        Self::Shutdown,
        Self::Operator,
    ];
}

/// What went wrong in a [`Stage`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// It could not be understood.
    Malformed,
    /// It is not allowed.
    Forbidden,
    /// Its name may be looked up, but no address that it resolved to is allowed.
    ForbiddenAddress,
    /// The name has no address.
    NotFound,
    /// It took too long.
    Timeout,
    /// Nothing listens there.
    Refused,
    /// No way leads there.
    Unreachable,
    /// The target reset the connection.
    Reset,
    /// There are as many sessions, or look-ups of names, as the bridge may have.
    TooMany,
    /// A message was longer than the bridge takes.
    TooBig,
    /// A text message was no UTF-8.
    NotUtf8,
    /// The bridge is shutting down.
    #[serde(alias = "going_down")]
    ShuttingDown,
    /// The bridge restarts, or another one takes its place: the client may connect again.
    Restarting,
    /// The bridge's operator ended the session.
    Ended,
    /// Another program listens there.
    InUse,
    /// The address is none of this machine's.
    NotLocal,
    /// The issuer of the server's certificate is not known as trustworthy.
    UnknownIssuer,
    /// The server's certificate is no longer valid.
    Expired,
    /// The server's certificate is not yet valid.
    NotYetValid,
    /// The server's certificate is for other names.
    WrongName,
    /// What the server said is no TLS.
    NotTls,
    /// The TLS handshake failed for another reason, which the message tells.
    Handshake,
    /// The connection ended without `close_notify` (RFC 8446, section 6.1): bytes may be missing.
    Truncated,
    /// The bridge's own fault.
    Internal,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 24] = [
        Self::Malformed,
        Self::Forbidden,
        Self::ForbiddenAddress,
        Self::NotFound,
        Self::Timeout,
        Self::Refused,
        Self::Unreachable,
        Self::Reset,
        Self::TooMany,
        Self::TooBig,
        Self::NotUtf8,
        Self::ShuttingDown,
        Self::Restarting,
        Self::Ended,
        Self::InUse,
        Self::NotLocal,
        Self::UnknownIssuer,
        Self::Expired,
        Self::NotYetValid,
        Self::WrongName,
        Self::NotTls,
        Self::Handshake,
        Self::Truncated,
        Self::Internal,
    ];
}

/// The codes a session closes with: those of RFC 6455, section 7.4.1, and IANA's registry where
/// one fits, private ones (4000 to 4999) for what only this protocol knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub enum CloseCode {
    /// Both sides finished.
    Normal = 1000,
    /// The bridge is shutting down.
    GoingAway = 1001,
    /// A malformed frame or control message.
    Protocol = 1002,
    /// A text message that is no UTF-8.
    NotUtf8 = 1007,
    /// The target is not allowed, or malformed.
    Policy = 1008,
    /// A message was too big.
    TooBig = 1009,
    /// The bridge's own fault.
    Internal = 1011,
    /// The bridge restarts: connect again.
    ServiceRestart = 1012,
    /// Too many sessions, or look-ups of names.
    TryAgainLater = 1013,
    /// The name did not resolve.
    ResolveFailed = 4001,
    /// The target refused the connection.
    Refused = 4002,
    /// The target did not answer in time.
    ConnectTimeout = 4003,
    /// No way leads to the target.
    Unreachable = 4004,
    /// The target reset the connection.
    Reset = 4005,
    /// Nothing moved for too long.
    Idle = 4006,
    /// The bridge cannot listen there, or the connection that was claimed is not there (any more).
    ListenFailed = 4007,
    /// The TLS handshake failed, or the connection ended in the middle of what the target said.
    TlsFailed = 4008,
    /// The bridge's operator ended the session.
    EndedByOperator = 4009,
}

impl From<CloseCode> for u16 {
    fn from(code: CloseCode) -> Self {
        code as Self
    }
}

/// What the message of [`Kind::ForbiddenAddress`] begins with; the address follows.
const FORBIDDEN_ADDRESS: &str = "no --allow pattern permits ";

impl Failure {
    /// Creates a failure without certificates.
    #[must_use]
    pub fn new(stage: Stage, kind: Kind, message: impl Into<String>) -> Self {
        Self { stage, kind, message: message.into(), chain: Vec::new() }
    }

    /// Returns the failure of a name of which this is the first address: it is not allowed, and no
    /// other one is.
    #[must_use]
    pub fn forbidden_address(address: &Address) -> Self {
        let message = format!("{FORBIDDEN_ADDRESS}{address}");
        Self::new(Stage::Policy, Kind::ForbiddenAddress, message)
    }

    /// Returns the address that is to be allowed, by the message of a failure of the kind
    /// [`Kind::ForbiddenAddress`]; `None` for other messages.
    #[must_use]
    pub fn address_to_allow(message: &str) -> Option<&str> {
        message.strip_prefix(FORBIDDEN_ADDRESS)
    }

    /// The close code that tells of this failure.
    #[must_use]
    pub fn close_code(&self) -> CloseCode {
        match (self.stage, self.kind) {
            (Stage::Policy, _) => CloseCode::Policy,
            (_, Kind::Internal) => CloseCode::Internal,
            (Stage::Resolve, Kind::TooMany) => CloseCode::TryAgainLater,
            (Stage::Resolve, _) => CloseCode::ResolveFailed,
            (Stage::Connect, Kind::Refused) => CloseCode::Refused,
            (Stage::Connect, Kind::Timeout) => CloseCode::ConnectTimeout,
            (Stage::Connect, _) => CloseCode::Unreachable,
            (Stage::Tls, _) | (Stage::Read, Kind::Truncated) => CloseCode::TlsFailed,
            (Stage::Listen | Stage::Accept, _) => CloseCode::ListenFailed,
            (Stage::Write | Stage::Read, _) => CloseCode::Reset,
            (Stage::Idle, _) => CloseCode::Idle,
            (Stage::Limit, Kind::TooBig) => CloseCode::TooBig,
            (Stage::Limit, _) => CloseCode::TryAgainLater,
            (Stage::Protocol, Kind::NotUtf8) => CloseCode::NotUtf8,
            (Stage::Protocol, _) => CloseCode::Protocol,
            (Stage::Shutdown, Kind::Restarting) => CloseCode::ServiceRestart,
            (Stage::Shutdown, _) => CloseCode::GoingAway,
            (Stage::Operator, _) => CloseCode::EndedByOperator,
        }
    }
}

/// What [`INFO_PATH`] answers: what a page needs to know before it opens a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Info {
    /// The bridge's version.
    pub version: String,
    /// The targets that have a name, the echo server first.
    pub targets: Vec<NamedTarget>,
    /// Whose the echo server is.
    pub echo: EchoServer,
    /// How much the bridge tells of the connections to its own echo server; an older one tells all.
    #[serde(default)]
    pub echo_log: EchoLog,
    /// The longest message the bridge takes, in bytes.
    pub max_message: u64,
    /// This machine's address in its network, for those who ask from the machine itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lan: Option<String>,
    /// Whether sessions may ask for their packets; an older bridge does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capture: Option<CaptureInfo>,
    /// What starts the bridge's program, quoted for a POSIX shell: the program as it was called, or a
    /// command that starts it, such as `cargo xtask run`. Only those learn it who ask from the
    /// bridge's machine; it is empty for others, and from an older bridge.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub program: String,
    /// The flags in use, each before its value, quoted likewise, for the same clients. `--listen`
    /// comes first, if it is given.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub flags: String,
    /// The token by which others come in, which a URL of the bridge carries as `?token=TOKEN`. Only
    /// [`INVITATION_PATH`] tells it, and it is empty if the bridge asks for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub token: String,
    /// Where the client that asks may listen (`listen=`), as patterns of `--allow-listen`; nowhere
    /// where there are none, as with an older bridge.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub listen: Vec<String>,
}

/// Whether the bridge can capture packets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaptureInfo {
    /// Whether it can.
    pub possible: bool,
    /// Why it cannot.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// A command that would allow it, if there is one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remedy: String,
}

/// A target that can be asked for by a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedTarget {
    /// The name.
    pub name: String,
    /// What it stands for, as `host:port`.
    pub address: String,
}

/// Whose echo server the echo target is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EchoServer {
    /// The bridge runs it.
    Own,
    /// Another program listens there: an `ncat`, perhaps.
    External,
    /// The bridge was told to start none, and nothing else listens there.
    Off,
    /// The own one released its port, and nothing else listens there yet.
    Released,
}

/// How much a bridge tells of the connections to its own echo server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EchoLog {
    /// Who connected, how many bytes there were, and the first of them.
    #[default]
    Full,
    /// Who connected, and how many bytes there were.
    Counts,
    /// Nothing.
    Off,
}

/// What [`CONNECTIONS_PATH`] answers: the latest connections to the own echo server, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EchoConnections {
    /// At most [`MAX_CONNECTIONS_TOLD`] of them.
    pub connections: Vec<EchoConnection>,
    /// How much is told of them.
    #[serde(default)]
    pub log: EchoLog,
}

/// How many connections [`CONNECTIONS_PATH`] tells of at most.
pub const MAX_CONNECTIONS_TOLD: usize = 64;

/// A connection to the own echo server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EchoConnection {
    /// Its number: they count from 1 for as long as the bridge runs.
    pub id: u64,
    /// Who connected.
    pub peer: Address,
    /// Whether that was the bridge itself, for one of its sessions.
    pub bridge: bool,
    /// The address of the session's client, without a port, unless that is on the bridge's machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<String>,
    /// When, in milliseconds since 1970 (UTC).
    pub began_ms: u64,
    /// How many bytes came.
    pub received: u64,
    /// How many bytes were echoed.
    pub echoed: u64,
    /// How it ended; none while it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<EchoEnd>,
}

/// How a connection to the own echo server ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EchoEnd {
    /// The client sent FIN, all was echoed, and FIN went back.
    Finished,
    /// The client reset it.
    Reset,
    /// Nothing was said for too long.
    Idle,
    /// It failed in another way, or the echo server went down.
    Failed,
}

/// Returns `sentence` as a close reason: one line of text, [`printable`] whoever's words are in it,
/// and cut to [`MAX_REASON`] bytes, after a word if there is one and with a sign that it went on.
#[must_use]
pub fn close_reason(sentence: &str) -> String {
    const MORE: &str = " …";
    let sentence = printable(sentence.as_bytes());
    if sentence.len() <= MAX_REASON {
        return sentence;
    }
    let cut = &sentence[..sentence.floor_char_boundary(MAX_REASON - MORE.len())];
    let words = cut.rfind(' ').map_or(cut, |end| &cut[..end]);
    format!("{words}{MORE}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_one_json_object_tagged_by_type() {
        let connected = BridgeMessage::Connected {
            local: "127.0.0.1:51234".parse().unwrap(),
            peer: "127.0.0.1:8888".parse().unwrap(),
            resolve_us: 31,
            connect_us: 85,
        };
        let failed = BridgeMessage::Failed(Failure::new(
            Stage::Connect,
            Kind::Refused,
            "Connection refused (os error 111)",
        ));
        let cases = [
            (
                serde_json::to_string(&connected),
                r#"{"type":"connected","local":"127.0.0.1:51234","peer":"127.0.0.1:8888","resolve_us":31,"connect_us":85}"#,
            ),
            (
                serde_json::to_string(&failed),
                r#"{"type":"failed","stage":"connect","kind":"refused","message":"Connection refused (os error 111)"}"#,
            ),
            (serde_json::to_string(&ClientMessage::Finish), r#"{"type":"finish"}"#),
            (
                serde_json::to_string(&ClientMessage::Ack { bytes: 7 }),
                r#"{"type":"ack","bytes":7}"#,
            ),
        ];
        for (json, expected) in cases {
            assert_eq!(json.unwrap(), expected);
        }
    }

    #[test]
    fn a_client_message_that_is_none_is_refused() {
        for text in ["", "{}", "finish", r#"{"type":"fin"}"#, r#"{"type":"ack","bytes":-1}"#] {
            assert!(serde_json::from_str::<ClientMessage>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_close_reason_that_fits_stays_as_it_is() {
        let longest = "a ".repeat(MAX_REASON / 2) + "b";
        assert_eq!(close_reason(&longest), longest);
    }

    #[test]
    fn a_close_reason_that_is_too_long_ends_after_a_word_and_shows_that_it_went_on() {
        let mistake = "x".parse::<crate::fault::Fault>().unwrap_err().to_string();
        let reason = close_reason(&mistake);
        assert!(reason.len() <= MAX_REASON);
        let words = reason.strip_suffix(" …").unwrap();
        assert!(mistake.starts_with(&format!("{words} ")), "{reason}");
        assert!(
            words.starts_with("At character 1: no fault is called \"x\"; there are truncate:N,")
        );
        assert_eq!(close_reason(&"好".repeat(100)), "好".repeat(39) + " …");
    }

    #[test]
    fn a_close_reason_is_one_line_whatever_is_in_the_sentence() {
        assert_eq!(close_reason("no `x\ninfo\u{1b}[2J` here"), r"no `x\ninfo\u{1b}[2J` here");
        // What is escaped is longer, and bounded all the same.
        let reason = close_reason(&"\n 好".repeat(MAX_REASON / 5));
        assert!(reason.len() <= MAX_REASON && reason.starts_with(r"\n 好\n 好"), "{reason}");
        assert!(reason.ends_with(" …") && !reason.contains('\n'), "{reason}");
    }

    #[test]
    fn failures_close_with_the_code_of_their_stage_and_kind() {
        let cases = [
            (Stage::Policy, Kind::Forbidden, 1008),
            (Stage::Policy, Kind::ForbiddenAddress, 1008),
            (Stage::Resolve, Kind::NotFound, 4001),
            (Stage::Resolve, Kind::Timeout, 4001),
            (Stage::Resolve, Kind::TooMany, 1013),
            (Stage::Connect, Kind::Refused, 4002),
            (Stage::Connect, Kind::Timeout, 4003),
            (Stage::Connect, Kind::Unreachable, 4004),
            (Stage::Connect, Kind::Internal, 1011),
            (Stage::Listen, Kind::InUse, 4007),
            (Stage::Accept, Kind::NotFound, 4007),
            (Stage::Tls, Kind::Expired, 4008),
            (Stage::Read, Kind::Truncated, 4008),
            (Stage::Read, Kind::Reset, 4005),
            (Stage::Write, Kind::Reset, 4005),
            (Stage::Idle, Kind::Timeout, 4006),
            (Stage::Limit, Kind::TooBig, 1009),
            (Stage::Limit, Kind::TooMany, 1013),
            (Stage::Protocol, Kind::Malformed, 1002),
            (Stage::Protocol, Kind::NotUtf8, 1007),
            (Stage::Shutdown, Kind::ShuttingDown, 1001),
            (Stage::Shutdown, Kind::Restarting, 1012),
            (Stage::Operator, Kind::Ended, 4009),
        ];
        for (stage, kind, code) in cases {
            let failure = Failure::new(stage, kind, "");
            assert_eq!(u16::from(failure.close_code()), code, "{stage:?} {kind:?}");
        }
    }
}
