//! The texts of the inspector: its tabs and what is said beside them.

use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::inspector::Tab;
use page_model::inspector::view::TimeOrigin;

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
        (En, Tab::Timeline) => "Timeline",
        (En, Tab::Bytes) => "Bytes",
        (En, Tab::Packets) => "Packets",
        (Zh, Tab::Timeline) => "时间线",
        (Zh, Tab::Bytes) => "字节",
        (Zh, Tab::Packets) => "报文",
    }
}

/// Returns the text that says which event of how many is replayed, and that it is not happening
/// now.
pub fn replay(lang: Lang, event: usize, total: usize) -> String {
    match lang {
        En => format!("event {event} of {total} · replay, not live"),
        Zh => format!("第 {event}/{total} 个事件 · 回放，非实时"),
    }
}

/// Returns the text that says what the times count from, and by which clock.
pub fn time_origin(lang: Lang, origin: TimeOrigin) -> &'static str {
    match (lang, origin) {
        (En, TimeOrigin::Send) => "since Send, by this page's clock",
        (En, TimeOrigin::Connect) => "since the start, by this page's clock",
        (Zh, TimeOrigin::Send) => "自按下「发送」起，以本页时钟计",
        (Zh, TimeOrigin::Connect) => "自开始连接起，以本页时钟计",
    }
}
