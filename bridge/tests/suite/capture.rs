//! The packets of a session, beside what tshark sees of them, and the clean refusal where none may
//! be captured. Each test holds on either kind of machine, and says which it met.

mod beside;
mod limit;

use std::fs;
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use echo_core::packets::follow::follow;
use echo_core::packets::{Capture, End, Flags, Frame, Packet};
use echo_core::wire::{BridgeMessage, ClientMessage, Info, PacketTold, TcpInfo};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpListener;

use crate::harness::client::{Client, Received, Session};
use crate::harness::process::{BRIDGE, Process};
use crate::harness::{Bridge, closed_port, read_all, target};
use crate::tutorial::ncat;
use beside::{Beside, as_tshark};

/// Whether this process has `CAP_NET_RAW` (capabilities(7)): bit 13 of what is in effect.
fn may_capture() -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let effective = status.lines().find_map(|line| line.strip_prefix("CapEff:\t")).unwrap();
    let may = u64::from_str_radix(effective, 16).unwrap() >> 13 & 1 == 1;
    if !may {
        eprintln!("no CAP_NET_RAW here: the refusal is what is tested");
    }
    may
}

async fn info(bridge: &Bridge) -> Info {
    let answer = bridge.get("/api/info", "").await;
    serde_json::from_str(&answer[answer.find('{').unwrap()..]).unwrap()
}

/// The echo target's port.
async fn echo_port(bridge: &Bridge) -> u16 {
    let target = info(bridge).await.targets.remove(0).address;
    target.rsplit_once(':').unwrap().1.parse().unwrap()
}

/// `Hello!`, FIN once it came back, and all that is told of it.
async fn hello(bridge: &Bridge, query: &str) -> Session {
    say_hello(Client::open(bridge, query).await).await
}

async fn say_hello(mut client: Client) -> Session {
    client.send(b"Hello!").await;
    let mut session = Session::default();
    while session.bytes.len() < 6 {
        match client.next().await {
            Received::Bytes(bytes) => session.bytes.extend(bytes),
            Received::Control(message) => session.control.push(message),
            closed @ Received::Close(..) => panic!("{closed:?}"),
        }
    }
    client.send_control(ClientMessage::Finish).await;
    let rest = client.receive_all().await;
    session.bytes.extend(rest.bytes);
    session.control.extend(rest.control);
    Session { code: rest.code, reason: rest.reason, ..session }
}

fn packets(session: &Session) -> Vec<Packet> {
    let told = session.control.iter().filter_map(|message| match message {
        BridgeMessage::Packet(packet) => Some(packet),
        _ => None,
    });
    told.map(decoded).collect()
}

fn decoded(told: &PacketTold) -> Packet {
    let frame = Frame::from_message(told, 0).unwrap();
    assert_eq!(frame.bytes, STANDARD.decode(&told.data).unwrap());
    Packet::decode(frame).unwrap()
}

fn captured(session: &Session) -> Capture {
    let mut packets = packets(session).into_iter();
    let mut capture = Capture::of(packets.next().expect("packets were told"));
    for packet in packets {
        capture.push(packet);
    }
    capture
}

/// Whether the session said that it cannot capture, and went on all the same.
fn was_refused(session: &Session) -> bool {
    let first = &session.control[0];
    let refused = matches!(first, BridgeMessage::NotCapturing { message } if !message.is_empty());
    if refused {
        assert!(packets(session).is_empty());
        assert_eq!((session.bytes.as_slice(), session.code), (&b"Hello!"[..], 1000));
    }
    refused
}

fn kernel(session: &Session) -> Vec<TcpInfo> {
    let infos = session.control.iter().filter_map(|message| match message {
        BridgeMessage::TcpInfo(info) => Some(*info),
        _ => None,
    });
    infos.collect()
}

/// What tshark saw beside a session that says `Hello!` to `port`, if packets may be captured.
async fn hello_is_seen_as_tshark_sees_it(bridge: &Bridge, query: &str, port: u16) {
    if !may_capture() {
        assert!(was_refused(&hello(bridge, query).await));
        return;
    }
    let beside = Beside::start(port).await;
    let session = hello(bridge, query).await;
    let capture = captured(&session);
    let rows: Vec<_> = (0..).map_while(|index| capture.row(index)).collect();
    let ours: Vec<_> = rows.iter().map(as_tshark).collect();
    let seen = beside.saw(ours.len()).await;
    assert_eq!(ours, seen);
    assert_eq!(rows[0].packet.flags, Flags::SYN, "the first packet is seen, too");
    assert!(rows.last().unwrap().packet.flags.has(Flags::ACK) && capture.has_ended());
    for (end, by) in [(End::Client, "sent"), (End::Server, "received")] {
        let chunks = follow(&capture);
        let said: Vec<_> = chunks.iter().filter(|c| c.by == end).flat_map(|c| c.bytes).collect();
        assert_eq!(said, b"Hello!".iter().collect::<Vec<_>>(), "{by}");
    }
    let told = rows.len() as u64;
    let end = &session.control[session.control.len() - 2..];
    let interface = "lo".into();
    assert_eq!(end[0], BridgeMessage::Captured { packets: told, lost: 0, interface });
    assert!(matches!(end[1], BridgeMessage::Closed { .. }), "{end:?}");
}

#[tokio::test]
async fn hello_to_the_own_echo_server_is_seen_as_tshark_sees_it() {
    let bridge = Bridge::start(&[]).await;
    let port = echo_port(&bridge).await;
    hello_is_seen_as_tshark_sees_it(&bridge, "?packets=1", port).await;
}

#[tokio::test]
async fn hello_to_ncat_is_seen_as_tshark_sees_it() {
    let (_ncat, port) = ncat().await;
    let allow = format!("localhost:{port}");
    let bridge = Bridge::start(&["--allow", &allow]).await;
    for host in ["127.0.0.1", "[::1]"] {
        let query = format!("?target={host}:{port}&packets=1");
        hello_is_seen_as_tshark_sees_it(&bridge, &query, port).await;
    }
}

#[tokio::test]
async fn capturing_changes_no_other_message() {
    let bridge = Bridge::start(&[]).await;
    let news = ["capturing", "not_capturing", "packet", "captured", "tcp_info"];
    let mut types = hello(&bridge, "?packets=1&trace=1").await.types();
    types.retain(|kind| !news.contains(&kind.as_str()));
    assert_eq!(types, ["connecting", "connected", "wrote", "read", "finished", "closed"]);
    let without = hello(&bridge, "?trace=1").await.types();
    assert_eq!(without, types, "nothing is told that was not asked for");
}

#[tokio::test]
async fn packets_and_reads_are_on_one_clock() {
    let bridge = Bridge::start(&[]).await;
    let session = hello(&bridge, "?packets=1&trace=1").await;
    if !may_capture() {
        return assert!(was_refused(&session));
    }
    let BridgeMessage::Capturing { began_us } = session.control[0] else {
        panic!("{:?}", session.control[0])
    };
    assert!(began_us > 1_700_000_000_000_000);
    let read_us = session.control.iter().find_map(|message| match message {
        BridgeMessage::Read { at_us, .. } => Some(*at_us),
        _ => None,
    });
    let carries = |packet: &&Packet| !packet.payload().is_empty();
    let replied = packets(&session).iter().rfind(carries).unwrap().frame.at_ns;
    // The clock that packets are stamped with may be set while this runs, but not by an hour.
    assert!(replied / 1000 <= read_us.unwrap() + 10, "{replied} ns, read at {read_us:?} µs");
}

#[tokio::test]
async fn a_connection_that_is_refused_is_seen_as_syn_and_rst() {
    let port = closed_port().await;
    let bridge = Bridge::start(&["--allow", &format!("127.0.0.1:{port}")]).await;
    let query = format!("?target=127.0.0.1:{port}&packets=1");
    let session = Client::open(&bridge, &query).await.receive_all().await;
    assert_eq!(session.code, 4002);
    if may_capture() {
        let flags: Vec<_> = packets(&session).iter().map(|packet| packet.flags.names()).collect();
        assert_eq!(flags, ["SYN", "RST, ACK"]);
        let last = &session.types()[session.types().len() - 3..];
        assert_eq!(last, ["captured", "failed", "closed"]);
    } else {
        assert!(matches!(session.control[0], BridgeMessage::NotCapturing { .. }));
    }
}

#[tokio::test]
async fn each_address_that_is_tried_has_its_packets_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let bridge = Bridge::start(&["--allow", &format!("localhost:{port}")]).await;
    let query = format!("?target=localhost:{port}&packets=1");
    let mut client = Client::open(&bridge, &query).await;
    drop(listener.accept().await.unwrap());
    client.send_control(ClientMessage::Finish).await;
    let session = client.receive_all().await;
    let tried = session.types().iter().filter(|kind| *kind == "connecting").count();
    if may_capture() {
        let packets = packets(&session);
        let calls = packets.iter().filter(|packet| packet.flags == Flags::SYN).count();
        assert_eq!(calls, tried);
    }
}

#[tokio::test]
async fn nothing_is_captured_of_a_target_that_is_not_allowed() {
    let (address, _) = target(async |_| ()).await;
    let bridge = Bridge::start(&[]).await;
    let query = format!("?target={address}&packets=1&tcp_info=1");
    let session = Client::open(&bridge, &query).await.receive_all().await;
    assert_eq!(session.types(), ["failed", "closed"]);
}

#[tokio::test]
async fn sessions_see_their_own_packets_alone() {
    let bridge = Bridge::start(&[]).await;
    let sessions = (0..8).map(|_| hello(&bridge, "?packets=1"));
    for session in futures_util::future::join_all(sessions).await {
        if !may_capture() {
            assert!(was_refused(&session));
            continue;
        }
        let local = session.control.iter().find_map(|message| match message {
            BridgeMessage::Connected { local, .. } => local.socket(),
            _ => None,
        });
        let packets = packets(&session);
        assert!(packets.len() >= 9, "{}", packets.len());
        for packet in packets {
            assert!([packet.source, packet.destination].contains(&local.unwrap()));
        }
    }
}

#[tokio::test]
async fn the_raw_dialect_has_bytes_alone() {
    let bridge = Bridge::start(&[]).await;
    let mut client = Client::open_raw(&bridge, "?packets=1&tcp_info=1").await;
    client.send(b"Hello!").await;
    assert_eq!(client.receive(6).await, b"Hello!");
    client.close().await;
    let rest = client.receive_all().await;
    assert!(rest.control.is_empty() && rest.bytes.is_empty());
}

#[tokio::test]
async fn packets_are_bounded_and_those_beyond_are_counted() {
    use echo_core::wire::{MAX_PACKET_BYTES_TOLD, MAX_PACKETS_TOLD};
    let (address, heard) = target(async |mut stream| read_all(&mut stream).await.unwrap()).await;
    let bridge = Bridge::start(&["--allow", &address]).await;
    let query = format!("?target={address}&packets=1");
    let message = vec![7; 1024 * 1024];
    let mut client = Client::open(&bridge, &query).await;
    for _ in 0..12 {
        client.send(&message).await;
    }
    client.send_control(ClientMessage::Finish).await;
    let session = client.receive_all().await;
    assert_eq!(heard.await.unwrap().len(), 12 * message.len(), "the bytes are all there");
    if !may_capture() {
        return assert!(matches!(session.control[0], BridgeMessage::NotCapturing { .. }));
    }
    let told = packets(&session);
    let bytes: usize = told.iter().map(|packet| packet.frame.bytes.len()).sum();
    assert!(bytes as u64 <= MAX_PACKET_BYTES_TOLD && told.len() as u64 <= MAX_PACKETS_TOLD);
    let end = session.control.iter().find_map(|message| match message {
        BridgeMessage::Captured { packets, lost, .. } => Some((*packets, *lost)),
        _ => None,
    });
    let (count, lost) = end.expect("the end is told");
    assert_eq!(count, told.len() as u64);
    assert!(lost > 0, "12 MiB are more than are told");
}

#[tokio::test]
async fn tcp_info_is_sent_while_the_connection_is_open_and_at_its_end() {
    let bridge = Bridge::start(&[]).await;
    let session = hello(&bridge, "?tcp_info=1").await;
    let infos = kernel(&session);
    let last = infos.last().expect("it is told at the end at least");
    assert!(last.segs_out >= 3 && last.segs_in >= 2, "{last:?}");
    assert!(last.mss > 1000 && last.cwnd > 0 && last.rto_us > 0 && last.rtt_us > 0, "{last:?}");
    assert!(infos.is_sorted_by_key(|info| info.at_us));
    assert!(packets(&session).is_empty());
    assert!(!session.types().contains(&"captured".to_owned()));
}

#[tokio::test]
async fn the_kernels_view_holds_no_connection_open() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let bridge = Bridge::start(&["--allow", &address]).await;
    let query = format!("?target={address}&tcp_info=1&packets=1");
    let mut client = Client::open(&bridge, &query).await;
    let (mut stream, _) = listener.accept().await.unwrap();
    stream.write_all(b"hello").await.unwrap();
    client.receive(5).await;
    client.send_control(ClientMessage::Reset).await;
    let error = read_all(&mut stream).await.unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset);
    let session = client.receive_all().await;
    if may_capture() {
        assert!(packets(&session).last().unwrap().flags.has(Flags::RST));
    }
}

#[tokio::test]
async fn info_says_whether_packets_can_be_captured() {
    let capture = info(&Bridge::start(&[]).await).await.capture.unwrap();
    assert_eq!(capture.possible, may_capture());
    assert_eq!(capture.possible, capture.reason.is_empty());
}

#[tokio::test]
async fn without_the_capability_it_is_refused_and_said_what_would_allow_it() {
    let flags = ["--listen", "127.0.0.1:0", "--echo", "127.0.0.1:0"];
    let mut command = if may_capture() {
        let mut command = Command::new("setpriv");
        command.args(["--bounding-set=-net_raw", "--inh-caps=-net_raw", BRIDGE]);
        command
    } else {
        Command::new(BRIDGE)
    };
    let (_bridge, address) = Process::serving(command.args(flags));
    let query = "?packets=1";
    let (client, _) = Client::at(address, query, "tcp-bridge.v1").await;
    let session = say_hello(client).await;
    assert!(was_refused(&session), "{:?}", session.control);
    let mut types = session.types();
    types.retain(|kind| kind != "tcp_info");
    let expected = ["not_capturing", "connecting", "connected", "finished", "closed"];
    assert_eq!(types, expected);
    let answer = crate::harness::get(address, "/api/info").await;
    let info: Info = serde_json::from_str(&answer[answer.find('{').unwrap()..]).unwrap();
    let capture = info.capture.unwrap();
    assert!(!capture.possible && capture.reason.contains("CAP_NET_RAW"), "{capture:?}");
    assert!(capture.remedy.starts_with("sudo setcap cap_net_raw+ep /"), "{capture:?}");
}
