//! What tshark makes of the files that are written here, and what is read of those that it,
//! dumpcap, editcap and text2pcap wrote.

use std::fs;
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use echo_core::packets::file::{self, About, read};
use echo_core::packets::follow::follow;
use echo_core::packets::inferred::Trace;
use echo_core::packets::tls::{Content, records};
use echo_core::packets::{Capture, End, Note, OptionKind, Row};
use echo_core::wire::{BridgeMessage, Failure, Kind, Party, Stage};

/// 2026-09-23 01:15:01.000000123 UTC.
const BEGAN_NS: u64 = 1_790_126_101_000_000_123;

/// What `program` prints about `file`, which it reads from its standard input.
fn about(program: &str, arguments: &[&str], file: &[u8]) -> String {
    let piped = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = piped.unwrap_or_else(|error| panic!("{program}, of Debian's tshark: {error}"));
    let (mut stdin, bytes) = (child.stdin.take().unwrap(), file.to_vec());
    // A program that has seen enough may stop reading.
    let writing = thread::spawn(move || drop(stdin.write_all(&bytes)));
    let output = child.wait_with_output().unwrap();
    writing.join().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {arguments:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// These fields of each packet, as tshark sees them.
fn fields(file: &[u8], names: &[&str]) -> Vec<Vec<String>> {
    let checks = ["-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE"];
    let mut arguments = vec!["-r", "-", "-T", "fields", "-E", "occurrence=a"];
    arguments.extend(checks);
    arguments.extend(names.iter().flat_map(|name| ["-e", name]));
    let text = about("tshark", &arguments, file);
    text.lines().map(|line| line.split('\t').map(String::from).collect()).collect()
}

fn connecting(address: &str) -> BridgeMessage {
    BridgeMessage::Connecting {
        target: "echo.example:8888".into(),
        address: address.parse().unwrap(),
    }
}

fn connected(local: &str, peer: &str) -> BridgeMessage {
    let (local, peer) = (local.parse().unwrap(), peer.parse().unwrap());
    BridgeMessage::Connected { local, peer, resolve_us: 31, connect_us: 85 }
}

/// What a session tells that sends `sent` in two writes and reads `received` in two reads.
fn trace(local: &str, peer: &str, sent: u64, received: u64) -> Trace {
    let mut trace = Trace::default();
    trace.record(&connecting(peer));
    trace.record(&connected(local, peer));
    trace.record(&BridgeMessage::Wrote { bytes: sent - 2, began_us: Some(400), at_us: 403 });
    trace.record(&BridgeMessage::Wrote { bytes: 2, began_us: Some(450), at_us: 453 });
    trace.record(&BridgeMessage::Read { bytes: 1, at_us: 500 });
    trace.record(&BridgeMessage::Read { bytes: received - 1, at_us: 600 });
    trace.finish();
    trace.record(&BridgeMessage::Finished { at_us: 900 });
    trace.record(&BridgeMessage::Closed { by: Party::Target, sent, received, duration_us: 950 });
    trace
}

fn written(capture: &Capture) -> Vec<u8> {
    let application = "Echo Playground 0.1.0";
    let name = "echo.example";
    file::write(capture, &About { application, interface: "lo", name, lost: 2, tls_secrets: "" })
}

/// A run with a message that needs several segments, over IPv4 and IPv6.
fn runs() -> Vec<(Capture, Vec<u8>, Vec<u8>)> {
    let ends = [
        ("127.0.0.1:51234", "127.0.0.1:8888"),
        ("[::1]:51234", "[::1]:8888"),
        ("192.0.2.1:51234", "198.51.100.7:80"),
    ];
    let run = |(local, peer): (&str, &str)| {
        let sent: Vec<u8> = (0..200_001_u32).map(|byte| (byte * 7 % 251) as u8).collect();
        let received = b"\0HELLO!\xff".to_vec();
        let trace = trace(local, peer, sent.len() as u64, received.len() as u64);
        (trace.packets(BEGAN_NS, &sent, &received).unwrap(), sent, received)
    };
    ends.map(run).into()
}

#[test]
fn an_inferred_run_is_well_formed_and_its_checksums_are_right() {
    for (capture, ..) in runs() {
        let file = written(&capture);
        let seen = fields(
            &file,
            &["_ws.malformed", "_ws.expert", "tcp.checksum.status", "ip.checksum.status"],
        );
        assert_eq!(seen.len(), capture.packets().len());
        for packet in seen {
            assert_eq!((packet[0].as_str(), packet[2].as_str()), ("", "1"), "{packet:?}");
            assert!(["", "1"].contains(&packet[3].as_str()), "{packet:?}");
        }
        let troubles = about("tshark", &["-r", "-", "-Y", "tcp.analysis.flags"], &file);
        assert_eq!(troubles, "", "a plain TCP would not have sent this");
    }
}

#[test]
fn an_inferred_run_says_what_was_made_up_and_when_what_was_not_happened() {
    let (capture, ..) = &runs()[0];
    let file = written(capture);
    let seen = fields(
        &file,
        &[
            "frame.time_epoch",
            "frame.comment",
            "frame.interface_name",
            "frame.packet_flags_direction",
        ],
    );
    assert_eq!(seen[0][0], "1790126101.000031123");
    assert_eq!(seen[1][0], "1790126101.000116123");
    for (packet, row) in seen.iter().zip((0..).map_while(|index| capture.row(index))) {
        assert!(packet[1].starts_with("Inferred, not captured. Measured: "), "{packet:?}");
        assert_eq!(packet[2], "lo");
        assert_eq!(packet[3], if row.by == End::Client { "0x00000002" } else { "0x00000001" });
    }
    let data = "Inferred, not captured. Measured: time (when a call returned), source, destination, \
                payload. Made up: all other fields.";
    assert_eq!(seen[3][1], data);
    let hosts = about("tshark", &["-r", "-", "-q", "-z", "hosts"], &file);
    assert!(hosts.contains("127.0.0.1\techo.example"), "{hosts}");
    let path = temporary("comment", &file);
    let said =
        Command::new("capinfos").args(["-k", "-a", "-t", "-E", "-A"]).arg(&path).output().unwrap();
    fs::remove_file(path).unwrap();
    let said = String::from_utf8(said.stdout).unwrap();
    assert!(said.contains("of them inferred and not captured"), "{said}");
    assert!(said.contains("2 more passed"), "{said}");
    assert!(said.contains("Echo Playground 0.1.0"), "{said}");
}

#[test]
fn wireshark_follows_the_same_stream() {
    for (capture, sent, received) in runs() {
        let chunks = follow(&capture);
        let of = |end| chunks.iter().filter(move |c| c.by == end).flat_map(|c| c.bytes).copied();
        assert_eq!(of(End::Client).collect::<Vec<_>>(), sent);
        assert_eq!(of(End::Server).collect::<Vec<_>>(), received);
        let arguments = ["-r", "-", "-q", "-z", "follow,tcp,raw,0"];
        let text = about("tshark", &arguments, &written(&capture));
        assert_eq!(streams(&text), (hex(&sent), hex(&received)));
    }
}

/// tshark indents what the second one of both ends said.
fn streams(text: &str) -> (String, String) {
    let lines = text.lines().skip_while(|line| !line.starts_with("Node 1")).skip(1);
    let mut said = (String::new(), String::new());
    for line in lines.take_while(|line| !line.starts_with('=')) {
        match line.strip_prefix('\t') {
            Some(line) => said.1.push_str(line),
            None => said.0.push_str(line),
        }
    }
    said
}

fn hex(bytes: &[u8]) -> String {
    let pairs: Vec<_> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    pairs.concat()
}

fn temporary(name: &str, bytes: &[u8]) -> PathBuf {
    let path = std::env::temp_dir().join(format!("echo-core-{}-{name}.pcapng", std::process::id()));
    fs::write(&path, bytes).unwrap();
    path
}

#[test]
fn endings_without_fin_are_packets_that_wireshark_knows() {
    let refused = Failure::new(Stage::Connect, Kind::Refused, "");
    let reset = Failure::new(Stage::Read, Kind::Reset, "");
    let mut call = Trace::default();
    call.record(&connecting("127.0.0.1:1"));
    call.record(&BridgeMessage::Failed(refused));
    let mut broken = Trace::default();
    broken.record(&connected("127.0.0.1:51234", "127.0.0.1:8888"));
    broken.record(&BridgeMessage::Failed(reset));
    for (trace, flags) in [
        (call, ["0x0002", "0x0014"].as_slice()),
        (broken, &["0x0002", "0x0012", "0x0010", "0x0014"]),
    ] {
        let capture = trace.packets(BEGAN_NS, b"", b"").unwrap();
        let seen = fields(&written(&capture), &["tcp.flags", "_ws.malformed"]);
        assert_eq!(seen.iter().map(|packet| packet[0].as_str()).collect::<Vec<_>>(), flags);
    }
}

/// The files beside this one, which dumpcap and its kin wrote.
fn captures() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/captures");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let read = |path: PathBuf| {
        (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap())
    };
    paths.map(read).collect()
}

#[test]
fn each_packet_of_a_foreign_file_is_seen_as_tshark_sees_it() {
    let files = captures();
    assert!(files.len() > 8);
    for (name, file) in files {
        let read = read(&file).unwrap_or_else(|trouble| panic!("{name}: {trouble}"));
        assert_eq!(read.skipped, 0, "{name}");
        let mut rows: Vec<_> = read.captures.iter().flat_map(rows).collect();
        rows.sort_unstable();
        let mut seen = fields(&file, &FIELDS);
        seen.sort_unstable();
        assert_eq!(rows, seen, "{name}");
    }
}

const FIELDS: [&str; 17] = [
    "frame.time_epoch",
    "ip.src",
    "ipv6.src",
    "tcp.srcport",
    "tcp.dstport",
    "tcp.flags",
    "tcp.seq",
    "tcp.ack",
    "tcp.seq_raw",
    "tcp.ack_raw",
    "tcp.window_size_value",
    "tcp.len",
    "tcp.options.mss_val",
    "tcp.options.wscale.multiplier",
    "tcp.options.timestamp.tsval",
    "tcp.payload",
    "frame.len",
];

fn rows(capture: &Capture) -> Vec<Vec<String>> {
    (0..).map_while(|index| capture.row(index)).map(|row| as_tshark(&row)).collect()
}

fn as_tshark(row: &Row<'_>) -> Vec<String> {
    let packet = row.packet;
    let at = packet.frame.at_ns;
    let option = |of: fn(&OptionKind) -> Option<u32>| {
        packet
            .options
            .iter()
            .find_map(|option| of(&option.kind))
            .map_or(String::new(), |n| n.to_string())
    };
    let ip = |is: fn(&SocketAddr) -> bool| {
        if is(&packet.source) { packet.source.ip().to_string() } else { String::new() }
    };
    vec![
        format!("{}.{:09}", at / 1_000_000_000, at % 1_000_000_000),
        ip(SocketAddr::is_ipv4),
        ip(SocketAddr::is_ipv6),
        packet.source.port().to_string(),
        packet.destination.port().to_string(),
        format!("0x{:04x}", packet.flags.0),
        row.seq.to_string(),
        row.ack.unwrap_or_default().to_string(),
        packet.seq.to_string(),
        packet.ack.to_string(),
        packet.window.to_string(),
        packet.payload_length.to_string(),
        option(|kind| match kind {
            OptionKind::MaximumSegmentSize(size) => Some(u32::from(*size)),
            _ => None,
        }),
        option(|kind| match kind {
            OptionKind::WindowScale(scale) => Some(1 << scale),
            _ => None,
        }),
        option(|kind| match kind {
            OptionKind::Timestamps(own, _) => Some(*own),
            _ => None,
        }),
        hex(packet.payload()),
        packet.frame.length.to_string(),
    ]
}

#[test]
fn windows_are_scaled_as_wireshark_scales_them() {
    let (_, file) = captures().into_iter().find(|(name, _)| name == "loopback.pcapng").unwrap();
    let read = read(&file).unwrap();
    let mut windows: Vec<_> = read
        .captures
        .iter()
        .flat_map(|capture| {
            (0..)
                .map_while(|index| capture.row(index))
                .map(|row| (row.packet.frame.at_ns, row.window))
        })
        .collect();
    windows.sort_unstable();
    let seen = fields(&file, &["tcp.window_size", "tcp.window_size_scalefactor"]);
    assert_eq!(windows.len(), seen.len());
    for ((_, window), seen) in windows.into_iter().zip(seen) {
        // The RST of a port where nothing listens belongs to no handshake.
        assert!(window.is_none() || window.unwrap().to_string() == seen[0], "{window:?} {seen:?}");
    }
}

#[test]
fn what_was_sent_again_overtook_or_is_missing_is_told_where_wireshark_tells_it() {
    let (_, file) = captures().into_iter().find(|(name, _)| name == "mangled.pcap").unwrap();
    let read = read(&file).unwrap();
    let again = |row: &Row<'_>| matches!(row.note, Some(Note::Retransmission | Note::OutOfOrder));
    let told = |which: &dyn Fn(&Row<'_>) -> bool| -> Vec<String> {
        let rows = (0..).map_while(|index| read.captures[0].row(index));
        rows.filter(|row| which(row)).map(|row| row.number.to_string()).collect()
    };
    let seen = |filter: &str| -> Vec<String> {
        let arguments = ["-r", "-", "-Y", filter, "-T", "fields", "-e", "frame.number"];
        about("tshark", &arguments, &file).lines().map(String::from).collect()
    };
    let filter = "tcp.analysis.retransmission || tcp.analysis.out_of_order";
    assert_eq!(told(&again), seen(filter));
    assert_eq!(told(&|row| row.note == Some(Note::Gap)), seen("tcp.analysis.lost_segment"));
    assert!(!seen(filter).is_empty());
}

/// A session of openssl in this version of TLS, in which `Hello!` came back reversed: its packets,
/// and its secrets.
fn tls(version: &str) -> (Capture, String) {
    let (_, file) = captures().into_iter().find(|(name, _)| name.starts_with(version)).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/secrets");
    let secrets = fs::read_to_string(folder.join(format!("{version}.keys"))).unwrap();
    (read(&file).unwrap().captures[0].clone(), secrets)
}

#[test]
fn wireshark_decrypts_a_file_with_the_secrets_in_it_without_further_options() {
    let data = |file: &[u8]| {
        about("tshark", &["-r", "-", "-Y", "data", "-T", "fields", "-e", "data.data"], file)
    };
    for version in ["tls12", "tls13"] {
        let (capture, secrets) = tls(version);
        let about = About { tls_secrets: &secrets, ..About::default() };
        let plain = [&b"Hello!\n"[..], b"!olleH\n"].map(|bytes| hex(bytes) + "\n").concat();
        assert_eq!(data(&file::write(&capture, &about)), plain, "{version}");
        assert_eq!(data(&file::write(&capture, &About::default())), "", "{version}");
    }
}

#[test]
fn the_records_of_tls_are_named_as_wireshark_names_them() {
    for version in ["tls12", "tls13"] {
        let (capture, _) = tls(version);
        let file = file::write(&capture, &About::default());
        // Those that TLS 1.3 encrypts follow the others, and their type says nothing.
        let names = ["tls.record.content_type", "tls.record.opaque_type", "tls.record.length"];
        let fields = fields(&file, &names);
        let seen = fields.iter().enumerate().flat_map(|(packet, fields)| {
            let numbers = |field: usize| fields[field].split(',').filter(|it| !it.is_empty());
            numbers(0)
                .chain(numbers(1))
                .zip(numbers(2))
                .map(move |(of, length)| format!("{packet} {of} {length}"))
        });
        let told = records(&capture).into_iter().map(|record| {
            let of = match record.content {
                Content::ChangeCipherSpec => 20,
                Content::Alert(_) => 21,
                Content::Handshake(_) => 22,
                Content::ApplicationData => 23,
            };
            format!("{} {of} {}", record.packet, record.length)
        });
        assert_eq!(told.collect::<Vec<_>>(), seen.collect::<Vec<_>>(), "{version}");
    }
}
