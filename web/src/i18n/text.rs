//! The texts of bytes that are shown as text.

use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::text::document::{Kept, PassageKind};
use page_model::text::http::BodyEncoding;
use page_model::text::spans::LineEndings;
use page_model::text::view::TurnView;
use page_model::transcript::Direction;

use super::count::count;
use super::format::{grouped, thousands};

/// Returns the name of the text, for screen readers.
pub fn region(lang: Lang) -> &'static str {
    match lang {
        En => "Bytes as text",
        Zh => "以文本显示的字节",
    }
}

/// Returns the text that unfolds the bytes of an earlier run.
pub fn as_text(lang: Lang) -> &'static str {
    match lang {
        En => "As text",
        Zh => "文本",
    }
}

/// Returns the label of the field for what is searched for.
pub fn find(lang: Lang) -> &'static str {
    match lang {
        En => "Find",
        Zh => "查找",
    }
}

/// Returns the text that says how often it was found, and which place is shown.
pub fn found(lang: Lang, current: Option<usize>, count: usize, has_more: bool) -> String {
    let all = grouped(count) + if has_more { "+" } else { "" };
    match (lang, current) {
        (En, _) if count == 0 => "not found".into(),
        (Zh, _) if count == 0 => "没有找到".into(),
        (En, Some(index)) => format!("{} of {all}", grouped(index + 1)),
        (Zh, Some(index)) => format!("第 {} 处，共 {all} 处", grouped(index + 1)),
        (En, None) => format!("{all} found"),
        (Zh, None) => format!("共 {all} 处"),
    }
}

/// Returns the label of the button that goes to the place before.
pub fn previous_match(lang: Lang) -> &'static str {
    match lang {
        En => "Previous match",
        Zh => "上一处",
    }
}

/// Returns the label of the button that goes to the next place.
pub fn next_match(lang: Lang) -> &'static str {
    match lang {
        En => "Next match",
        Zh => "下一处",
    }
}

/// Returns the text that says which page is shown.
pub fn page(lang: Lang, number: usize, count: usize) -> String {
    match lang {
        En => format!("page {number} of {count}"),
        Zh => format!("第 {number} 页，共 {count} 页"),
    }
}

/// Returns the label of the button that goes to the page before.
pub fn previous_page(lang: Lang) -> &'static str {
    match lang {
        En => "Previous page",
        Zh => "上一页",
    }
}

/// Returns the label of the button that goes to the next page.
pub fn next_page(lang: Lang) -> &'static str {
    match lang {
        En => "Next page",
        Zh => "下一页",
    }
}

/// Returns the label of the button that switches between bytes laid out and as they came.
pub fn laid_out(lang: Lang) -> &'static str {
    match lang {
        En => "Laid out",
        Zh => "排版显示",
    }
}

/// Returns the label of the button that saves bytes.
pub fn save(lang: Lang) -> &'static str {
    match lang {
        En => "Save",
        Zh => "保存",
    }
}

/// Returns the label of the button that saves the body of a message.
pub fn save_body(lang: Lang) -> &'static str {
    match lang {
        En => "Save body",
        Zh => "保存正文",
    }
}

/// Returns the text that says how many bytes went which way, and how many of them are kept.
pub fn turn(lang: Lang, TurnView { direction, byte_count, kept, .. }: &TurnView) -> String {
    let bytes = *byte_count as u64;
    let (counted, digits) = (count(bytes, "byte"), thousands(bytes));
    let moved = match (lang, direction) {
        (En, Direction::Sent) => format!("{counted} sent"),
        (En, Direction::Received) => format!("{counted} received"),
        (Zh, Direction::Sent) => format!("发出 {digits} 个字节"),
        (Zh, Direction::Received) => format!("收回 {digits} 个字节"),
    };
    match (lang, kept) {
        (_, Kept::All) => moved,
        (En, Kept::First(all)) => format!("{moved}, the first of {}", thousands(*all)),
        (Zh, Kept::First(all)) => format!("{moved}（共 {} 个，只保留开头）", thousands(*all)),
        (En, Kept::Newest(all)) => format!("{moved}, the newest of {}", thousands(*all)),
        (Zh, Kept::Newest(all)) => format!("{moved}（共 {} 个，只保留最新的）", thousands(*all)),
    }
}

/// Returns the text that says how lines end.
pub fn line_endings(lang: Lang, endings: LineEndings) -> &'static str {
    match (lang, endings) {
        (En, LineEndings::CrLf) => "lines end in CRLF",
        (Zh, LineEndings::CrLf) => "行尾是 CRLF",
        (En, LineEndings::Lf) => "lines end in LF",
        (Zh, LineEndings::Lf) => "行尾是 LF",
        (En, LineEndings::Mixed) => "lines end in CRLF and in LF",
        (Zh, LineEndings::Mixed) => "行尾有 CRLF 也有 LF",
    }
}

/// Returns the name of a passage, if it needs one.
pub fn passage(lang: Lang, kind: PassageKind) -> Option<String> {
    Some(match (lang, kind) {
        (_, PassageKind::Text) => return None,
        (En, PassageKind::Json) => "JSON, laid out".into(),
        (Zh, PassageKind::Json) => "JSON，已排版".into(),
        (En, PassageKind::Head) => "HTTP head".into(),
        (Zh, PassageKind::Head) => "HTTP 头部".into(),
        (En, PassageKind::Body { encoding, is_json }) => {
            let chunks = if encoding.is_chunked { ", its chunks joined" } else { "" };
            format!("HTTP body{}{chunks}{}", json(lang, is_json), compressed(lang, encoding))
        }
        (Zh, PassageKind::Body { encoding, is_json }) => {
            let chunks = if encoding.is_chunked { "，分块已合并" } else { "" };
            format!("HTTP 正文{}{chunks}{}", json(lang, is_json), compressed(lang, encoding))
        }
    })
}

fn json(lang: Lang, is_json: bool) -> &'static str {
    match lang {
        _ if !is_json => "",
        En => ": JSON, laid out",
        Zh => "：JSON，已排版",
    }
}

fn compressed(lang: Lang, encoding: BodyEncoding) -> &'static str {
    match lang {
        _ if !encoding.is_compressed => "",
        En => ", compressed: save it to unpack it",
        Zh => "，已压缩：保存后可解压",
    }
}
