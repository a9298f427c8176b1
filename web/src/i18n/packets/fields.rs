//! The names of the fields of a packet.

use echo_core::packets::layers::Key;
use page_model::Lang;

/// Returns the name of a field.
pub fn name(lang: Lang, key: Key) -> &'static str {
    let (english, chinese) = names(key);
    match lang {
        Lang::En => english,
        Lang::Zh => chinese,
    }
}

/// Returns the name in English and in Chinese.
fn names(key: Key) -> (&'static str, &'static str) {
    match key {
        Key::MacDestination => ("Destination MAC", "目的 MAC"),
        Key::MacSource => ("Source MAC", "源 MAC"),
        Key::EtherType => ("Type", "类型"),
        Key::AddressFamily => ("Address family", "地址族"),
        Key::PacketType => ("Packet type", "报文类型"),
        Key::HardwareType => ("Hardware type", "硬件类型"),
        Key::AddressLength => ("Address length", "地址长度"),
        Key::HardwareAddress => ("Hardware address", "硬件地址"),
        Key::InterfaceIndex => ("Interface", "网络接口"),
        Key::Version => ("Version", "版本"),
        Key::HeaderLength => ("Header length", "首部长度"),
        Key::TrafficClass => ("Traffic class", "流量类别"),
        Key::FlowLabel => ("Flow label", "流标签"),
        Key::TotalLength => ("Total length", "总长度"),
        Key::PayloadLength => ("Payload length", "载荷长度"),
        Key::Identification => ("Identification", "标识"),
        Key::FragmentFlags => ("Fragment flags", "分片标志"),
        Key::FragmentOffset => ("Fragment offset", "分片偏移"),
        Key::TimeToLive => ("Time to live", "生存时间"),
        Key::Protocol => ("Protocol", "协议"),
        Key::HeaderChecksum => ("Header checksum", "首部校验和"),
        Key::Source => ("Source address", "源地址"),
        Key::Destination => ("Destination address", "目的地址"),
        Key::SourcePort => ("Source port", "源端口"),
        Key::DestinationPort => ("Destination port", "目的端口"),
        Key::Sequence => ("Sequence number", "序列号"),
        Key::Acknowledgment => ("Acknowledgment number", "确认号"),
        Key::Flags => ("Flags", "标志"),
        Key::Window => ("Window", "窗口"),
        Key::Checksum => ("Checksum", "校验和"),
        Key::UrgentPointer => ("Urgent pointer", "紧急指针"),
        Key::EndOfOptions => ("End of options", "选项结束"),
        Key::NoOperation => ("No operation", "空操作"),
        Key::MaximumSegmentSize => ("Largest segment (MSS)", "最大报文段（MSS）"),
        Key::WindowScale => ("Window scale", "窗口扩大"),
        Key::SackPermitted => ("SACK permitted", "允许 SACK"),
        Key::Sack => ("SACK", "SACK"),
        Key::Timestamps => ("Timestamps", "时间戳"),
        Key::OtherOption => ("Another option", "其他选项"),
        Key::Payload => ("Payload", "载荷"),
    }
}
