//! The texts of the panel below the packets: what the kernel says, or what a file's ends said.

use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::packets::conversation::MAX_CONVERSATION_BYTES;
use page_model::packets::view::kernel::KernelValue;

use super::bytes;
use crate::i18n::count::count;
use crate::i18n::format::{limit, micros, thousands};

/// Returns the heading of the kernel's panel.
pub fn kernel(lang: Lang) -> &'static str {
    match lang {
        En => "What the kernel says",
        Zh => "内核怎么说",
    }
}

/// Returns the text that says that the kernel reported nothing.
pub fn no_kernel(lang: Lang) -> &'static str {
    match lang {
        En => "Nothing was told: the bridge asks only Linux, and only while there is a connection.",
        Zh => "没有消息：桥接程序只能问 Linux，而且要有连接。",
    }
}

/// Returns the name of a number that the kernel reports.
pub fn kernel_name(lang: Lang, value: KernelValue) -> &'static str {
    match (lang, value) {
        (_, KernelValue::Rtt(_)) => "RTT",
        (En, KernelValue::RttVariance(_)) => "RTT variance",
        (Zh, KernelValue::RttVariance(_)) => "RTT 偏差",
        (_, KernelValue::Rto(_)) => "RTO",
        (En, KernelValue::CongestionWindow(_)) => "Congestion window",
        (Zh, KernelValue::CongestionWindow(_)) => "拥塞窗口",
        (_, KernelValue::Mss(_)) => "MSS",
        (En, KernelValue::Retransmits(_)) => "Retransmits",
        (Zh, KernelValue::Retransmits(_)) => "重传",
        (En, KernelValue::SegmentsIn(_)) => "Segments in",
        (Zh, KernelValue::SegmentsIn(_)) => "收到的报文段",
        (En, KernelValue::SegmentsOut(_)) => "Segments out",
        (Zh, KernelValue::SegmentsOut(_)) => "发出的报文段",
        (En, KernelValue::Unacknowledged(_)) => "Unacknowledged",
        (Zh, KernelValue::Unacknowledged(_)) => "未确认",
    }
}

/// Returns a number that the kernel reports, with its unit.
pub fn kernel_value(lang: Lang, value: KernelValue) -> String {
    match value {
        KernelValue::Rtt(us) | KernelValue::RttVariance(us) | KernelValue::Rto(us) => {
            micros(us.into())
        }
        KernelValue::CongestionWindow(count) => segments(lang, count),
        KernelValue::Mss(count) => bytes(lang, count as usize),
        KernelValue::Retransmits(count)
        | KernelValue::SegmentsIn(count)
        | KernelValue::SegmentsOut(count)
        | KernelValue::Unacknowledged(count) => thousands(count.into()),
    }
}

fn segments(lang: Lang, segments: u32) -> String {
    match lang {
        En => count(segments.into(), "segment"),
        Zh => format!("{segments} 个报文段"),
    }
}

/// Returns the text that says what a number that the kernel reports means.
pub fn kernel_meaning(lang: Lang, value: KernelValue) -> &'static str {
    match (lang, value) {
        (En, KernelValue::Rtt(_)) => {
            "round trip: how long until what was sent is acknowledged, smoothed"
        }
        (Zh, KernelValue::Rtt(_)) => "往返时间：从发出到得到确认要多久（平滑值）",
        (En, KernelValue::RttVariance(_)) => "how much that varies",
        (Zh, KernelValue::RttVariance(_)) => "往返时间的波动",
        (En, KernelValue::Rto(_)) => "how long it waits for that before it sends again",
        (Zh, KernelValue::Rto(_)) => "等多久没有确认就重传",
        (En, KernelValue::CongestionWindow(_)) => {
            "how much it has under way at most, so that the network is not flooded"
        }
        (Zh, KernelValue::CongestionWindow(_)) => "最多有多少在途中，以免压垮网络",
        (En, KernelValue::Mss(_)) => "the most payload in a segment",
        (Zh, KernelValue::Mss(_)) => "一个报文段最多带多少数据",
        (En, KernelValue::Retransmits(_)) => "segments that were sent again",
        (Zh, KernelValue::Retransmits(_)) => "重新发送的报文段",
        (En, KernelValue::SegmentsIn(_)) => "how many came",
        (Zh, KernelValue::SegmentsIn(_)) => "一共来了多少",
        (En, KernelValue::SegmentsOut(_)) => "how many were sent",
        (Zh, KernelValue::SegmentsOut(_)) => "一共发了多少",
        (En, KernelValue::Unacknowledged(_)) => "segments sent that nobody has acknowledged yet",
        (Zh, KernelValue::Unacknowledged(_)) => "已经发出、还没有得到确认的报文段",
    }
}

/// Returns the heading of the conversation's panel.
pub fn conversation(lang: Lang) -> &'static str {
    match lang {
        En => "Conversation",
        Zh => "对话",
    }
}

/// Returns the text that says that `count` bytes before a turn of the conversation were not
/// captured.
pub fn missing(lang: Lang, count: u32) -> String {
    match lang {
        En => format!("{} before this were not captured", bytes(lang, count as usize)),
        Zh => format!("这之前有 {}没有抓到", bytes(lang, count as usize)),
    }
}

/// Returns the text that says that only the beginning of the conversation is shown.
pub fn beginning(lang: Lang) -> String {
    let limit = limit(MAX_CONVERSATION_BYTES as u64);
    match lang {
        En => format!("Only the first {limit} are shown."),
        Zh => format!("只列出前 {limit}。"),
    }
}

/// Returns the text that says that neither end sent anything.
pub fn silence(lang: Lang) -> &'static str {
    match lang {
        En => "Neither end said anything.",
        Zh => "双方都没有说话。",
    }
}
