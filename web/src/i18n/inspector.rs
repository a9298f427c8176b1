//! The texts of the inspector: its tabs and what is said beside them.

use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::inspector::Tab;

use super::format::grouped;

/// Returns the name of the tabs, for screen readers.
pub fn tabs(lang: Lang) -> &'static str {
    match lang {
        En => "Views",
        Zh => "视图",
    }
}

/// Returns the name of a view.
pub fn tab(lang: Lang, tab: Tab) -> &'static str {
    match (lang, tab) {
        (En, Tab::Timeline) => "Sequence",
        (En, Tab::Bytes) => "Bytes",
        (En, Tab::Packets) => "Packets",
        (Zh, Tab::Timeline) => "时序",
        (Zh, Tab::Bytes) => "字节",
        (Zh, Tab::Packets) => "报文",
    }
}

/// Returns the text that says which event of how many is replayed, and that it is not happening
/// now.
pub fn replay(lang: Lang, event: usize, total: usize) -> String {
    let (event, total) = (grouped(event), grouped(total));
    match lang {
        En => format!("event {event} of {total} · replay, not live"),
        Zh => format!("第 {event}/{total} 个事件 · 回放，非实时"),
    }
}
