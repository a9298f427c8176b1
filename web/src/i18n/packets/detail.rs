//! The texts of the selected packet.

use echo_core::packets::{Checksum, Note};
use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::packets::view::detail::Meaning;

use super::bytes;
use crate::i18n::format::{grouped, thousands};

/// Returns the text that says what is notable about a packet.
pub fn note(lang: Lang, note: Note) -> &'static str {
    match (lang, note) {
        (En, Note::Retransmission) => "retransmission",
        (En, Note::OutOfOrder) => "out of order",
        (En, Note::Gap) => "after a gap",
        (En, Note::KeepAlive) => "keep-alive",
        (En, Note::DuplicateAck) => "duplicate ACK",
        (En, Note::ZeroWindow) => "zero window",
        (En, Note::WindowUpdate) => "window update",
        (Zh, Note::Retransmission) => "重传",
        (Zh, Note::OutOfOrder) => "乱序",
        (Zh, Note::Gap) => "之前有缺口",
        (Zh, Note::KeepAlive) => "保活",
        (Zh, Note::DuplicateAck) => "重复确认",
        (Zh, Note::ZeroWindow) => "零窗口",
        (Zh, Note::WindowUpdate) => "窗口更新",
    }
}

/// Returns the text that says what a [`note`] means.
pub fn note_meaning(lang: Lang, note: Note) -> &'static str {
    match (lang, note) {
        (En, Note::Retransmission) => "what it carries was seen before",
        (En, Note::OutOfOrder) => "others overtook it",
        (En, Note::Gap) => "bytes before it were not seen",
        (En, Note::KeepAlive) => "only asks whether the other end is there",
        (En, Note::DuplicateAck) => "something is missing at its sender",
        (En, Note::ZeroWindow) => "its sender takes nothing for now",
        (En, Note::WindowUpdate) => "its sender takes more again",
        (Zh, Note::Retransmission) => "它带的内容已经出现过",
        (Zh, Note::OutOfOrder) => "别的报文赶到了它前面",
        (Zh, Note::Gap) => "它之前有字节没有看到",
        (Zh, Note::KeepAlive) => "只是问对方还在不在",
        (Zh, Note::DuplicateAck) => "它的发送方缺了什么",
        (Zh, Note::ZeroWindow) => "它的发送方暂时收不下",
        (Zh, Note::WindowUpdate) => "它的发送方又能收了",
    }
}

/// Returns the number of the selected packet.
pub fn packet(lang: Lang, number: usize) -> String {
    let number = grouped(number);
    match lang {
        En => format!("Packet {number}"),
        Zh => format!("报文 {number}"),
    }
}

/// Returns the name of the client, as an end of the connection.
pub fn client(lang: Lang) -> &'static str {
    match lang {
        En => "client",
        Zh => "客户端",
    }
}

/// Returns the name of the server, as an end of the connection.
pub fn server(lang: Lang) -> &'static str {
    match lang {
        En => "server",
        Zh => "服务器",
    }
}

/// Returns the text that says that the packet was cut short: `captured` of its `length` bytes are
/// there.
pub fn cut_short(lang: Lang, captured: usize, length: u32) -> String {
    let (captured, length) = (grouped(captured), grouped(length));
    match lang {
        En => format!("the first {captured} of {length} bytes were captured"),
        Zh => format!("{length} 个字节中只抓到前 {captured} 个"),
    }
}

/// Returns the text that says what the value of a field means.
pub fn meaning(lang: Lang, meaning: &Meaning) -> String {
    match (lang, meaning) {
        (En, Meaning::Relative(number)) => format!("relative: {}", grouped(*number)),
        (Zh, Meaning::Relative(number)) => format!("相对值：{}", grouped(*number)),
        (En, Meaning::Scaled(bytes)) => format!("{} bytes", thousands((*bytes).into())),
        (Zh, Meaning::Scaled(bytes)) => format!("{} 个字节", thousands((*bytes).into())),
        (_, Meaning::Checksum(checksum)) => self::checksum(lang, *checksum).to_owned(),
        (_, Meaning::Protocol(name)) => (*name).to_owned(),
        (_, Meaning::Payload(length, text)) => {
            format!("{}: {text}", bytes(lang, *length as usize))
        }
    }
}

fn checksum(lang: Lang, checksum: Checksum) -> &'static str {
    match (lang, checksum) {
        (En, Checksum::Right) => "right",
        (En, Checksum::Wrong) => "wrong",
        (En, Checksum::Offloaded) => "left to the network card",
        (En, Checksum::Unknown) => "cannot be told",
        (Zh, Checksum::Right) => "正确",
        (Zh, Checksum::Wrong) => "错误",
        (Zh, Checksum::Offloaded) => "留给网卡计算",
        (Zh, Checksum::Unknown) => "无法判断",
    }
}

/// Returns the text that says that the marked field was made up.
pub fn made_up(lang: Lang) -> &'static str {
    match lang {
        En => "made up",
        Zh => "推断",
    }
}

/// Returns the offsets of the first and the last byte of the marked field.
pub fn place(lang: Lang, first: usize, last: usize) -> String {
    match lang {
        En if first == last => format!("byte {} of the packet", grouped(first)),
        En => format!("bytes {} to {} of the packet", grouped(first), grouped(last)),
        Zh if first == last => format!("报文的字节 {}", grouped(first)),
        Zh => format!("报文的字节 {} 到 {}", grouped(first), grouped(last)),
    }
}

/// Returns the name of the grid of bytes.
pub fn octets(lang: Lang) -> &'static str {
    match lang {
        En => "Bytes of the packet",
        Zh => "报文的字节",
    }
}

/// Returns the text that says that `count` more bytes of the packet are not shown.
pub fn more_octets(lang: Lang, count: usize) -> String {
    let count = bytes(lang, count);
    match lang {
        En => format!("{count} more; the view Bytes has all that was said."),
        Zh => format!("还有 {count}；「字节」视图里有双方说的全部内容。"),
    }
}
