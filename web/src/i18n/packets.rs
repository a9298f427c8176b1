//! The texts of the packets.

pub mod detail;
pub mod fields;
pub mod panel;
pub mod source;

use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::packets::view::list::Column;

use super::count;
use super::format::thousands;

/// Formats a number of packets.
pub fn packets(lang: Lang, count: usize) -> String {
    match lang {
        En => count::count(count as u64, "packet"),
        Zh => format!("{} 个报文", thousands(count as u64)),
    }
}

/// Formats a number of bytes.
pub fn bytes(lang: Lang, count: usize) -> String {
    match lang {
        En => count::count(count as u64, "byte"),
        Zh => format!("{} 个字节", thousands(count as u64)),
    }
}

/// Returns the head of a column of the list.
pub fn head(lang: Lang, column: Column) -> &'static str {
    match (lang, column) {
        (En, Column::Number) => "No.",
        (Zh, Column::Number) => "序号",
        (En, Column::Time) => "Time",
        (Zh, Column::Time) => "时间",
        (En, Column::Ports) => "Ports",
        (Zh, Column::Ports) => "端口",
        (En, Column::Flags) => "Flags",
        (Zh, Column::Flags) => "标志",
        (_, Column::Seq) => "Seq",
        (_, Column::Ack) => "Ack",
        (En, Column::Window) => "Window",
        (Zh, Column::Window) => "窗口",
        (En, Column::Length) => "Length",
        (Zh, Column::Length) => "长度",
        (En, Column::Info) => "Info",
        (Zh, Column::Info) => "说明",
    }
}
