//! The texts of the Bytes view.

use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::inspector::BytesMode;
use page_model::inspector::bytes_view::{ByteDescription, ByteMeaning, DirectionTotal, KeptBytes};
use page_model::transcript::Direction;

use super::count::count;
use super::format::{self, grouped, thousands};

/// Returns the text that says how many bytes went one way, and how many of them are kept, if not
/// all.
pub fn total(lang: Lang, total: DirectionTotal) -> String {
    let DirectionTotal { direction, bytes, kept } = total;
    let moved = match (lang, direction) {
        (En, Direction::Sent) => format!("{} sent", count(bytes, "byte")),
        (En, Direction::Received) => format!("{} received", count(bytes, "byte")),
        (Zh, Direction::Sent) => format!("发出 {} 个字节", thousands(bytes)),
        (Zh, Direction::Received) => format!("收回 {} 个字节", thousands(bytes)),
    };
    match (lang, kept) {
        (_, KeptBytes::All) => moved,
        (En, KeptBytes::First(kept)) => format!("{moved}, the first {} kept", format::size(kept)),
        (Zh, KeptBytes::First(kept)) => format!("{moved}，只保留开头的 {}", format::size(kept)),
        (En, KeptBytes::Newest(kept)) => format!("{moved}, the newest {} kept", format::size(kept)),
        (Zh, KeptBytes::Newest(kept)) => format!("{moved}，只保留最新的 {}", format::size(kept)),
    }
}

/// Returns the name of the choice of how the bytes are shown.
pub fn modes(lang: Lang) -> &'static str {
    match lang {
        En => "Show bytes as",
        Zh => "字节的显示方式",
    }
}

/// Returns the label of the button that shows the bytes so.
pub fn mode(lang: Lang, mode: BytesMode) -> &'static str {
    match (lang, mode) {
        (En, BytesMode::Hex) => "Hex",
        (Zh, BytesMode::Hex) => "十六进制",
        (En, BytesMode::Text) => "Text",
        (Zh, BytesMode::Text) => "文本",
        (En, BytesMode::Follow) => "Follow",
        (Zh, BytesMode::Follow) => "按时间交错",
    }
}

/// Returns the text that says that there are no bytes yet.
pub fn no_bytes(lang: Lang) -> &'static str {
    match lang {
        En => "No bytes yet.",
        Zh => "还没有字节。",
    }
}

/// Returns the name of the bytes, for screen readers.
pub fn grid(lang: Lang) -> &'static str {
    match lang {
        En => "Bytes, sent and received",
        Zh => "发出和收回的字节",
    }
}

/// Returns the description of a byte, as in `0a · line feed · byte 6 of 6`.
pub fn description(lang: Lang, described: &ByteDescription) -> String {
    let ByteDescription { byte, meaning, position, total, .. } = described;
    let meaning = self::meaning(lang, *byte, meaning);
    let (position, total) = (grouped(*position), grouped(*total));
    match lang {
        En => format!("{byte:02x} · {meaning} · byte {position} of {total}"),
        Zh => format!("{byte:02x} · {meaning} · 第 {position} 个字节，共 {total} 个"),
    }
}

fn meaning(lang: Lang, byte: u8, meaning: &ByteMeaning) -> String {
    match (lang, meaning) {
        (En, ByteMeaning::Named(name)) => (*name).to_owned(),
        (Zh, ByteMeaning::Named(_)) => control_zh(byte).to_owned(),
        (_, ByteMeaning::Character(character)) => character.to_string(),
        (En, ByteMeaning::Part { index, total, glyph }) => {
            format!("byte {index} of {glyph}'s {total}")
        }
        (Zh, ByteMeaning::Part { index, total, glyph }) => {
            format!("「{glyph}」{total} 个字节中的第 {index} 个")
        }
        (En, ByteMeaning::Invalid) => "no part of a character".into(),
        (Zh, ByteMeaning::Invalid) => "不属于任何字符".into(),
    }
}

/// Returns the Chinese name of a control character, by GB/T 1988, or of the space.
fn control_zh(byte: u8) -> &'static str {
    const NAMES: [&str; 33] = [
        "空",
        "标题开始",
        "正文开始",
        "正文结束",
        "传输结束",
        "询问",
        "确认",
        "响铃",
        "退格",
        "横向制表",
        "换行",
        "纵向制表",
        "换页",
        "回车",
        "移出",
        "移入",
        "数据链路转义",
        "设备控制 1",
        "设备控制 2",
        "设备控制 3",
        "设备控制 4",
        "否认",
        "同步空转",
        "传输块结束",
        "作废",
        "媒体结束",
        "替换",
        "转义",
        "文卷分隔",
        "群分隔",
        "记录分隔",
        "单元分隔",
        "空格",
    ];
    NAMES.get(usize::from(byte)).copied().unwrap_or("删除")
}
