//! How the page reads what the bridge says: out of one tree, by hand.

mod packets;

use serde::{Serialize, Serializer};

use super::{BridgeMessage, EchoConnection, EchoConnections, EchoEnd, EchoServer, Failure};
use super::{Info, Kind, NamedTarget, Party, Stage};
use crate::json::{Json, Member, Named, Wrong};
use crate::names;

names! { Party: Client = "client", Target = "target", Bridge = "bridge" }
names! { Stage:
    Policy = "policy",
    Resolve = "resolve",
    Connect = "connect",
    Write = "write",
    Read = "read",
    Idle = "idle",
    Limit = "limit",
    Protocol = "protocol",
    Shutdown = "shutdown",
}
names! { Kind:
    Malformed = "malformed",
    Forbidden = "forbidden",
    ForbiddenAddress = "forbidden_address",
    NotFound = "not_found",
    Timeout = "timeout",
    Refused = "refused",
    Unreachable = "unreachable",
    Reset = "reset",
    TooMany = "too_many",
    TooBig = "too_big",
    NotUtf8 = "not_utf8",
    ShuttingDown = "shutting_down",
    Internal = "internal",
}
names! { EchoServer: Own = "own", External = "external", Off = "off", Released = "released" }
names! { EchoEnd: Finished = "finished", Reset = "reset", Idle = "idle", Failed = "failed" }

macro_rules! written_by_name {
    ($($type:ty),*) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }
    )*};
}

written_by_name!(Party, Stage, Kind, EchoServer, EchoEnd);

impl TryFrom<Json> for BridgeMessage {
    type Error = Wrong;

    fn try_from(json: Json) -> Result<Self, Wrong> {
        Self::of_session(&json)?.map_or_else(|| Self::of_packets(&json), Ok)
    }
}

impl BridgeMessage {
    /// What is said of the session's packets, where [`of_session`](Self::of_session) found nothing.
    ///
    /// # Errors
    /// Where a member is missing, or is not what it should be.
    pub fn of_packets(json: &Json) -> Result<Self, Wrong> {
        packets::message(json)
    }

    /// What is said of the session itself; `None` for what is said of its packets, which not
    /// everybody reads who hears it.
    ///
    /// # Errors
    /// Where a member is missing, or is not what it should be.
    pub fn of_session(json: &Json) -> Result<Option<Self>, Wrong> {
        let count = |key| json.get(key).count();
        Ok(Some(match json.get("type").text()? {
            "connecting" => Self::Connecting {
                target: json.get("target").text()?.to_owned(),
                address: json.get("address").parsed()?,
            },
            "connected" => Self::Connected {
                local: json.get("local").parsed()?,
                peer: json.get("peer").parsed()?,
                resolve_us: count("resolve_us")?,
                connect_us: count("connect_us")?,
            },
            "wrote" => Self::Wrote { bytes: count("bytes")?, at_us: count("at_us")? },
            "read" => Self::Read { bytes: count("bytes")?, at_us: count("at_us")? },
            "finished" => Self::Finished { at_us: count("at_us")? },
            "failed" => Self::Failed(Failure {
                stage: json.get("stage").named()?,
                kind: json.get("kind").named()?,
                message: json.get("message").text()?.to_owned(),
            }),
            "ack" => Self::Ack { bytes: count("bytes")? },
            "closed" => Self::Closed {
                by: json.get("by").named()?,
                sent: count("sent")?,
                received: count("received")?,
                duration_us: count("duration_us")?,
            },
            _ => return Ok(None),
        }))
    }
}

impl TryFrom<Json> for Info {
    type Error = Wrong;

    fn try_from(json: Json) -> Result<Self, Wrong> {
        let target = |json: &Json| {
            let [name, address] = ["name", "address"].map(|key| json.get(key).text());
            Ok(NamedTarget { name: name?.to_owned(), address: address?.to_owned() })
        };
        let lan = json.get("lan").optional();
        Ok(Self {
            version: json.get("version").text()?.to_owned(),
            targets: json.get("targets").list()?.iter().map(target).collect::<Result<_, _>>()?,
            echo: json.get("echo").named()?,
            max_message: json.get("max_message").count()?,
            lan: lan.map(Member::text).transpose()?.map(str::to_owned),
            capture: packets::capture(json.get("capture"))?,
        })
    }
}

impl TryFrom<Json> for EchoConnections {
    type Error = Wrong;

    fn try_from(json: Json) -> Result<Self, Wrong> {
        let connections = json.get("connections").list()?.iter().map(connection);
        Ok(Self { connections: connections.collect::<Result<_, _>>()? })
    }
}

fn connection(json: &Json) -> Result<EchoConnection, Wrong> {
    Ok(EchoConnection {
        id: json.get("id").count()?,
        peer: json.get("peer").parsed()?,
        bridge: json.get("bridge").flag()?,
        began_ms: json.get("began_ms").count()?,
        received: json.get("received").count()?,
        echoed: json.get("echoed").count()?,
        end: json.get("end").optional().map(Member::named).transpose()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_bridge_writes_is_read() {
        let messages = [
            BridgeMessage::Connecting {
                target: "[::1]:7".into(),
                address: "127.0.0.1:7".parse().unwrap(),
            },
            BridgeMessage::Connected {
                local: "127.0.0.1:9".parse().unwrap(),
                peer: "[::]:7".parse().unwrap(),
                resolve_us: 0,
                connect_us: u64::MAX,
            },
            BridgeMessage::Wrote { bytes: 1, at_us: 2 },
            BridgeMessage::Read { bytes: 3, at_us: 4 },
            BridgeMessage::Finished { at_us: 5 },
            BridgeMessage::Ack { bytes: 6 },
            BridgeMessage::Closed { by: Party::Bridge, sent: 7, received: 8, duration_us: 9 },
        ];
        let failed = Kind::ALL.iter().flat_map(|&kind| {
            Stage::ALL.iter().map(move |&stage| Failure { stage, kind, message: "m".into() })
        });
        for message in messages.into_iter().chain(failed.map(BridgeMessage::Failed)) {
            let text = serde_json::to_string(&message).unwrap();
            assert_eq!(serde_json::from_str::<BridgeMessage>(&text).unwrap(), message, "{text}");
        }
    }

    #[test]
    fn what_the_bridge_tells_of_itself_is_read() {
        let info = Info {
            version: "1".into(),
            targets: vec![NamedTarget { name: "echo".into(), address: "localhost:7".into() }],
            echo: EchoServer::Released,
            max_message: 1,
            lan: Some("192.168.0.2".into()),
            capture: None,
        };
        for info in [Info { lan: None, ..info.clone() }, info] {
            let text = serde_json::to_string(&info).unwrap();
            assert_eq!(serde_json::from_str::<Info>(&text).unwrap(), info, "{text}");
        }
        let ends = EchoEnd::ALL.iter().copied().map(Some).chain([None]);
        let connections = ends.map(|end| EchoConnection {
            id: 1,
            peer: "127.0.0.1:9".parse().unwrap(),
            bridge: true,
            began_ms: 2,
            received: 3,
            echoed: 4,
            end,
        });
        let told = EchoConnections { connections: connections.collect() };
        let text = serde_json::to_string(&told).unwrap();
        assert_eq!(serde_json::from_str::<EchoConnections>(&text).unwrap(), told, "{text}");
    }

    #[test]
    fn a_message_that_is_none_is_refused() {
        for text in [
            "",
            "{}",
            "[]",
            "finished",
            r#"{"type":"fin"}"#,
            r#"{"type":"ack"}"#,
            r#"{"type":"ack","bytes":-1}"#,
            r#"{"type":"ack","bytes":1.5}"#,
            r#"{"type":"closed","by":"nobody","sent":0,"received":0,"duration_us":0}"#,
            r#"{"type":"connecting","target":"echo","address":"echo"}"#,
        ] {
            assert!(serde_json::from_str::<BridgeMessage>(text).is_err(), "{text}");
        }
    }
}
