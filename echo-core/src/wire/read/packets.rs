//! What the bridge says of packets, for those who ask for them.

use super::super::{BridgeMessage, CaptureInfo, PacketTold, TcpInfo};
use super::{Json, Member, Wrong};

pub(super) fn message(json: &Json) -> Result<BridgeMessage, Wrong> {
    let count = |key| json.get(key).count();
    Ok(match json.get("type").text()? {
        "capturing" => BridgeMessage::Capturing { began_us: count("began_us")? },
        "not_capturing" => {
            BridgeMessage::NotCapturing { message: json.get("message").text()?.to_owned() }
        }
        "packet" => BridgeMessage::Packet(packet(json)?),
        "captured" => BridgeMessage::Captured {
            packets: count("packets")?,
            lost: count("lost")?,
            interface: optional(json, "interface")?,
        },
        "tcp_info" => BridgeMessage::TcpInfo(tcp_info(json)?),
        _ => return Err(Wrong("type")),
    })
}

pub(super) fn capture(member: Member<'_>) -> Result<Option<CaptureInfo>, Wrong> {
    let read = |member: Member<'_>| {
        Ok(CaptureInfo {
            possible: member.value().get("possible").flag()?,
            reason: optional(member.value(), "reason")?,
            remedy: optional(member.value(), "remedy")?,
        })
    };
    member.optional().map(read).transpose()
}

/// A text that is left out where it is empty.
fn optional(json: &Json, key: &'static str) -> Result<String, Wrong> {
    json.get(key).optional().map_or(Ok(""), Member::text).map(str::to_owned)
}

fn packet(json: &Json) -> Result<PacketTold, Wrong> {
    let link = json.get("link");
    Ok(PacketTold {
        at_ns: json.get("at_ns").count()?,
        link: u16::try_from(link.count()?).map_err(|_| link.wrong())?,
        length: word(json, "length")?,
        data: json.get("data").text()?.to_owned(),
    })
}

fn tcp_info(json: &Json) -> Result<TcpInfo, Wrong> {
    let word = |key| word(json, key);
    Ok(TcpInfo {
        at_us: json.get("at_us").count()?,
        rtt_us: word("rtt_us")?,
        rttvar_us: word("rttvar_us")?,
        rto_us: word("rto_us")?,
        cwnd: word("cwnd")?,
        mss: word("mss")?,
        retransmits: word("retransmits")?,
        segs_in: word("segs_in")?,
        segs_out: word("segs_out")?,
        unacked: word("unacked")?,
    })
}

fn word(json: &Json, key: &'static str) -> Result<u32, Wrong> {
    u32::try_from(json.get(key).count()?).map_err(|_| Wrong(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_bridge_tells_of_packets_is_read() {
        for message in [
            BridgeMessage::Capturing { began_us: 10 },
            BridgeMessage::NotCapturing { message: "m".into() },
            BridgeMessage::Packet(PacketTold {
                at_ns: 11,
                link: 1,
                length: 12,
                data: "AA==".into(),
            }),
            BridgeMessage::Captured { packets: 13, lost: 14, interface: "lo".into() },
            BridgeMessage::Captured { packets: 0, lost: 14, interface: String::new() },
            BridgeMessage::TcpInfo(TcpInfo {
                at_us: 15,
                rtt_us: 16,
                unacked: 17,
                ..TcpInfo::default()
            }),
        ] {
            let text = serde_json::to_string(&message).unwrap();
            assert_eq!(serde_json::from_str::<BridgeMessage>(&text).unwrap(), message, "{text}");
        }
    }

    #[test]
    fn whether_packets_can_be_captured_is_read_and_an_older_bridge_does_not_say() {
        let able = CaptureInfo { possible: true, reason: String::new(), remedy: String::new() };
        let unable = CaptureInfo { possible: false, reason: "r".into(), remedy: "s".into() };
        for told in [Some(able), Some(unable), None] {
            let text = serde_json::json!({ "capture": &told }).to_string();
            let json: Json = serde_json::from_str(&text).unwrap();
            assert_eq!(capture(json.get("capture")), Ok(told));
        }
    }
}
