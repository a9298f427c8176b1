//! The packets in English.

use echo_core::packets::file::MAX_FILE;
use echo_core::packets::layers::Key;
use echo_core::packets::{Checksum, DecodeError, Note};

use super::PacketWords;
use page_model::packets::file::CaptureFileError;

pub(super) static WORDS: PacketWords = PacketWords {
    captured: |count, live, left_out| {
        let so_far = if live { " so far" } else { "" };
        let said = format!("Captured: {} of this connection{so_far}", packets(count));
        match left_out {
            0 => format!("{said}."),
            _ => format!("{said}; {left_out} more passed that are not shown."),
        }
    },
    inferred: "Inferred from what the bridge read and wrote, not captured: what has ≈ and dots \
               under it is made up, as a plain TCP would have it.",
    first: |count| format!(" Only the first {count} are shown."),
    made_up: "made up",
    awaits: "Capturing: no packet has passed yet.",
    none: "No packets: no connection was tried.",
    capture: "Capture packets",
    from_next: "from the next Send or Connect on",
    cannot: "The bridge cannot capture packets here:",
    remedy: "To allow it, before the bridge is started again:",
    older: "This bridge does not capture packets.",
    save: "Save as pcapng",
    open: "Open a capture…",
    refused: |name, why| format!("{name} was not opened. {}", refusal(why)),
    close: "OK",
    back: "Close file",
    skipped: |count| format!("{} not shown: no TCP, or beyond what fits", of_packets(count)),
    connection: "Connection",
    packets,
    list: "Packets",
    heads: ["No.", "Time", "Ports", "Flags", "Seq", "Ack", "Window", "Length", "Info"],
    note: |note| match note {
        Note::Retransmission => ("retransmission", "what it carries was seen before"),
        Note::OutOfOrder => ("out of order", "others overtook it"),
        Note::Gap => ("after a gap", "bytes before it were not seen"),
        Note::KeepAlive => ("keep-alive", "only asks whether the other end is there"),
        Note::DuplicateAck => ("duplicate ACK", "something is missing at its sender"),
        Note::ZeroWindow => ("zero window", "its sender takes nothing for now"),
        Note::WindowUpdate => ("window update", "its sender takes more again"),
    },
    packet: |number| format!("Packet {number}"),
    cut_short: |there, of| format!("the first {there} of {of} bytes were captured"),
    field,
    relative: |number| format!("relative: {number}"),
    scaled: |bytes| format!("{bytes} bytes"),
    checksum: |checksum| match checksum {
        Checksum::Right => "right",
        Checksum::Wrong => "wrong",
        Checksum::Offloaded => "left to the network card",
        Checksum::Unknown => "cannot be told",
    },
    bytes,
    place: |first, last| {
        if first == last {
            format!("byte {first} of the packet")
        } else {
            format!("bytes {first} to {last} of the packet")
        }
    },
    octets: "Bytes of the packet",
    more_octets: |count| format!("{} more; the view Bytes has all that was said.", bytes(count)),
    kernel: "What the kernel says",
    numbers: [
        ("RTT", "round trip: how long until what was sent is acknowledged, smoothed"),
        ("RTT variance", "how much that varies"),
        ("RTO", "how long it waits for that before it sends again"),
        (
            "Congestion window",
            "how much it has under way at most, so that the network is not flooded",
        ),
        ("MSS", "the most payload in a segment"),
        ("Retransmits", "segments that were sent again"),
        ("Segments in", "how many came"),
        ("Segments out", "how many were sent"),
        ("Unacknowledged", "segments sent that nobody has acknowledged yet"),
    ],
    segments: |count| match count {
        1 => "1 segment".into(),
        _ => format!("{count} segments"),
    },
    no_kernel: "Nothing was told: the bridge asks only Linux, and only while there is a connection.",
    conversation: "Conversation",
    missing: |count| format!("{count} bytes before this were not captured"),
    beginning: "Only the first 64 KiB are shown.",
    silence: "Neither end said anything.",
    ends: ["client", "server"],
};

fn packets(count: usize) -> String {
    of_packets(count as u64)
}

fn of_packets(count: u64) -> String {
    if count == 1 { "1 packet".into() } else { format!("{count} packets") }
}

fn bytes(count: usize) -> String {
    if count == 1 { "1 byte".into() } else { format!("{count} bytes") }
}

fn refusal(why: CaptureFileError) -> String {
    match why {
        CaptureFileError::Unreadable => "The browser could not read it; it may be a folder.".into(),
        CaptureFileError::Bad(DecodeError::NotACapture) => "It is neither pcapng nor pcap.".into(),
        CaptureFileError::Bad(DecodeError::Nothing) => {
            "There is no packet of a TCP connection in it.".into()
        }
        CaptureFileError::Bad(DecodeError::TooLong) => {
            format!("It is longer than {} MiB.", MAX_FILE >> 20)
        }
        CaptureFileError::Bad(DecodeError::Broken(at)) => format!("It is broken at byte {at}."),
        // The others are said of packets, and those are skipped.
        CaptureFileError::Bad(_) => "It cannot be read.".into(),
    }
}

fn field(key: Key) -> &'static str {
    match key {
        Key::MacDestination => "Destination MAC",
        Key::MacSource => "Source MAC",
        Key::EtherType => "Type",
        Key::AddressFamily => "Address family",
        Key::PacketType => "Packet type",
        Key::HardwareType => "Hardware type",
        Key::AddressLength => "Address length",
        Key::HardwareAddress => "Hardware address",
        Key::InterfaceIndex => "Interface",
        Key::Version => "Version",
        Key::HeaderLength => "Header length",
        Key::TrafficClass => "Traffic class",
        Key::FlowLabel => "Flow label",
        Key::TotalLength => "Total length",
        Key::PayloadLength => "Payload length",
        Key::Identification => "Identification",
        Key::FragmentFlags => "Fragment flags",
        Key::FragmentOffset => "Fragment offset",
        Key::TimeToLive => "Time to live",
        Key::Protocol => "Protocol",
        Key::HeaderChecksum => "Header checksum",
        Key::Source => "Source address",
        Key::Destination => "Destination address",
        Key::SourcePort => "Source port",
        Key::DestinationPort => "Destination port",
        Key::Sequence => "Sequence number",
        Key::Acknowledgment => "Acknowledgment number",
        Key::Flags => "Flags",
        Key::Window => "Window",
        Key::Checksum => "Checksum",
        Key::UrgentPointer => "Urgent pointer",
        Key::EndOfOptions => "End of options",
        Key::NoOperation => "No operation",
        Key::MaximumSegmentSize => "Largest segment (MSS)",
        Key::WindowScale => "Window scale",
        Key::SackPermitted => "SACK permitted",
        Key::Sack => "SACK",
        Key::Timestamps => "Timestamps",
        Key::OtherOption => "Another option",
        Key::Payload => "Payload",
    }
}
