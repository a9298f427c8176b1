//! The packets in Chinese.

use echo_core::packets::file::MAX_FILE;
use echo_core::packets::layers::Key;
use echo_core::packets::{Checksum, DecodeError, Note};

use super::PacketWords;
use page_model::packets::file::CaptureFileError;

pub(super) static WORDS: PacketWords = PacketWords {
    captured: |count, live, left_out| {
        let so_far = if live { "目前" } else { "" };
        let said = format!("实测：这条连接{so_far}有 {count} 个报文");
        match left_out {
            0 => format!("{said}。"),
            _ => format!("{said}；另有 {left_out} 个经过，没有列出。"),
        }
    },
    inferred: "推断：根据桥接程序的读写推出，并未抓包。带 ≈ 和点线的内容是按普通 TCP 的做法补出来的。",
    first: |count| format!("只列出前 {count} 个。"),
    made_up: "推断",
    awaits: "正在抓包：还没有报文经过。",
    none: "没有报文：没有尝试过连接。",
    capture: "抓取报文",
    from_next: "从下一次发送或连接起生效",
    cannot: "桥接程序在这里不能抓包：",
    remedy: "允许它抓包，然后重新启动桥接程序：",
    older: "这个桥接程序不抓包。",
    save: "存为 pcapng",
    open: "打开抓包文件…",
    refused: |name, why| format!("没有打开 {name}：{}", refusal(why)),
    close: "知道了",
    back: "关闭文件",
    skipped: |count| format!("有 {count} 个报文没有列出：不是 TCP，或超出了容量"),
    connection: "连接",
    packets: |count| format!("{count} 个报文"),
    list: "报文",
    heads: ["序号", "时间", "端口", "标志", "Seq", "Ack", "窗口", "长度", "说明"],
    note: |note| match note {
        Note::Retransmission => ("重传", "它带的内容已经出现过"),
        Note::OutOfOrder => ("乱序", "别的报文赶到了它前面"),
        Note::Gap => ("之前有缺口", "它之前有字节没有看到"),
        Note::KeepAlive => ("保活", "只是问对方还在不在"),
        Note::DuplicateAck => ("重复确认", "它的发送方缺了什么"),
        Note::ZeroWindow => ("零窗口", "它的发送方暂时收不下"),
        Note::WindowUpdate => ("窗口更新", "它的发送方又能收了"),
    },
    packet: |number| format!("报文 {number}"),
    cut_short: |there, of| format!("{of} 个字节中只抓到前 {there} 个"),
    field,
    relative: |number| format!("相对值：{number}"),
    scaled: |bytes| format!("{bytes} 个字节"),
    checksum: |checksum| match checksum {
        Checksum::Right => "正确",
        Checksum::Wrong => "错误",
        Checksum::Offloaded => "留给网卡计算",
        Checksum::Unknown => "无法判断",
    },
    bytes,
    place: |first, last| {
        if first == last {
            format!("报文的字节 {first}")
        } else {
            format!("报文的字节 {first} 到 {last}")
        }
    },
    octets: "报文的字节",
    more_octets: |count| format!("还有 {}；「字节」视图里有双方说的全部内容。", bytes(count)),
    kernel: "内核怎么说",
    numbers: [
        ("RTT", "往返时间：从发出到得到确认要多久（平滑值）"),
        ("RTT 偏差", "往返时间的波动"),
        ("RTO", "等多久没有确认就重传"),
        ("拥塞窗口", "最多有多少在途中，以免压垮网络"),
        ("MSS", "一个报文段最多带多少数据"),
        ("重传", "重新发送的报文段"),
        ("收到的报文段", "一共来了多少"),
        ("发出的报文段", "一共发了多少"),
        ("未确认", "已经发出、还没有得到确认的报文段"),
    ],
    segments: |count| format!("{count} 个报文段"),
    no_kernel: "没有消息：桥接程序只能问 Linux，而且要有连接。",
    conversation: "对话",
    missing: |count| format!("这之前有 {count} 个字节没有抓到"),
    beginning: "只列出前 64 KiB。",
    silence: "双方都没有说话。",
    ends: ["客户端", "服务器"],
};

fn bytes(count: usize) -> String {
    format!("{count} 个字节")
}

fn refusal(why: CaptureFileError) -> String {
    match why {
        CaptureFileError::Unreadable => "浏览器读不了它，也许是一个文件夹。".into(),
        CaptureFileError::Bad(DecodeError::NotACapture) => "它既不是 pcapng，也不是 pcap。".into(),
        CaptureFileError::Bad(DecodeError::Nothing) => "里面没有 TCP 连接的报文。".into(),
        CaptureFileError::Bad(DecodeError::TooLong) => format!("它超过了 {} MiB。", MAX_FILE >> 20),
        CaptureFileError::Bad(DecodeError::Broken(at)) => format!("它从字节 {at} 起是坏的。"),
        // The others are said of packets, and those are skipped.
        CaptureFileError::Bad(_) => "读不了它。".into(),
    }
}

fn field(key: Key) -> &'static str {
    match key {
        Key::MacDestination => "目的 MAC",
        Key::MacSource => "源 MAC",
        Key::EtherType => "类型",
        Key::AddressFamily => "地址族",
        Key::PacketType => "报文类型",
        Key::HardwareType => "硬件类型",
        Key::AddressLength => "地址长度",
        Key::HardwareAddress => "硬件地址",
        Key::InterfaceIndex => "网络接口",
        Key::Version => "版本",
        Key::HeaderLength => "首部长度",
        Key::TrafficClass => "流量类别",
        Key::FlowLabel => "流标签",
        Key::TotalLength => "总长度",
        Key::PayloadLength => "载荷长度",
        Key::Identification => "标识",
        Key::FragmentFlags => "分片标志",
        Key::FragmentOffset => "分片偏移",
        Key::TimeToLive => "生存时间",
        Key::Protocol => "协议",
        Key::HeaderChecksum => "首部校验和",
        Key::Source => "源地址",
        Key::Destination => "目的地址",
        Key::SourcePort => "源端口",
        Key::DestinationPort => "目的端口",
        Key::Sequence => "序列号",
        Key::Acknowledgment => "确认号",
        Key::Flags => "标志",
        Key::Window => "窗口",
        Key::Checksum => "校验和",
        Key::UrgentPointer => "紧急指针",
        Key::EndOfOptions => "选项结束",
        Key::NoOperation => "空操作",
        Key::MaximumSegmentSize => "最大报文段（MSS）",
        Key::WindowScale => "窗口扩大",
        Key::SackPermitted => "允许 SACK",
        Key::Sack => "SACK",
        Key::Timestamps => "时间戳",
        Key::OtherOption => "其他选项",
        Key::Payload => "载荷",
    }
}
