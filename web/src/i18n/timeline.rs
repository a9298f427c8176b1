//! The texts of the Timeline.

use echo_core::Line;
use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::copy::CopyState;
use page_model::inspector::bridge_clock::{RowTime, TimeUnit};
use page_model::inspector::view::TimeOrigin;
use page_model::modes::once::REPLY_LIMIT_MS;
use page_model::role::Role;
use page_model::transcript::{Direction, Note, StoppedBy};
use page_model::verdict::Reason;

use super::format::grouped;
use super::{copy, format, reason};

/// Returns the time of a row by the bridge's clock: an offset from the row before.
pub fn time(unit: TimeUnit, time: RowTime) -> String {
    let (sign, offset) = match time {
        RowTime::First => ("", 0),
        RowTime::After(offset) => ("+", offset.0),
        RowTime::Before(offset) => ("−", offset.0),
    };
    format!("{sign}{}", format::exact(unit, offset))
}

/// Returns when the page learned of something, by its own clock, whose step is `clock_step`
/// milliseconds.
pub fn page_time(lang: Lang, ms: f64, clock_step: f64, origin: TimeOrigin) -> String {
    let time = format::millis(ms, clock_step);
    match (lang, origin) {
        (En, TimeOrigin::Send) => format!("{time} after Send, by this page's clock"),
        (En, TimeOrigin::Connect) => format!("{time} after the start, by this page's clock"),
        (Zh, TimeOrigin::Send) => format!("按下「发送」后 {time}，以本页时钟计"),
        (Zh, TimeOrigin::Connect) => format!("开始连接后 {time}，以本页时钟计"),
    }
}

/// Returns the translation of a line of the program, if it is not in the page's language.
pub fn translation(lang: Lang, line: &Line) -> Option<String> {
    let translation = match (lang, line) {
        (En, _) => return None,
        (Zh, Line::Connected(0)) => "连上了".into(),
        (Zh, Line::Connected(_)) => "连上了：三次握手完成".into(),
        (Zh, Line::Sent(message)) => {
            format!("已发出 {} 个字节，等待回应", grouped(message.len()))
        }
        (Zh, Line::ReplyOk) => "回复正确：收回的字节与发出的完全相同".into(),
        (Zh, Line::Unexpected(_)) => "字节数够了，内容却不同".into(),
        (Zh, Line::FailedToReceive(_)) => "没收够字节，连接就断了".into(),
        (Zh, Line::FailedToConnect(_)) => "没连上".into(),
        (Zh, Line::Terminated) => "程序结束".into(),
    };
    Some(translation)
}

/// Returns the text of a row that is neither bytes nor a line of the program.
pub fn note(lang: Lang, role: Role, note: &Note) -> String {
    use Direction::{Received, Sent};
    match (lang, note) {
        (_, Note::Printed(line)) => line.to_string(),
        (_, Note::Stopped(StoppedBy::Limit)) => {
            reason::reason(lang, &Reason::TimeLimit(REPLY_LIMIT_MS / 1_000))
        }
        (_, Note::Stopped(StoppedBy::User)) => reason::reason(lang, &Reason::StoppedByUser),
        (En, Note::Connected(peer)) => format!("Connected to {peer}"),
        (En, Note::Accepted(peer)) => format!("{peer} has connected"),
        (En, Note::Secured(took)) => format!("TLS handshake {}", format::micros(took.0)),
        (Zh, Note::Secured(took)) => format!("TLS 握手 {}", format::micros(took.0)),
        (En, Note::Finished(Sent)) => "You finished (FIN); replies may still come".into(),
        (En, Note::Finished(Received)) if role == Role::Server => {
            "The client finished (FIN)".into()
        }
        (En, Note::Reset(Received)) if role == Role::Server => {
            "The client broke the connection off (RST)".into()
        }
        (Zh, Note::Finished(Received)) if role == Role::Server => "客户端发完了（FIN）".into(),
        (Zh, Note::Reset(Received)) if role == Role::Server => "客户端强制断开了连接（RST）".into(),
        (En, Note::Finished(Received)) => "The server finished (FIN)".into(),
        (En, Note::Reset(Sent)) => "You broke the connection off (RST)".into(),
        (En, Note::Reset(Received)) => "The server broke the connection off (RST)".into(),
        (En, Note::Failed(error)) => format!("Failed: {error}"),
        (En, Note::Disconnected) => "Disconnected".into(),
        (Zh, Note::Connected(peer)) => format!("已连接 {peer}"),
        (Zh, Note::Accepted(peer)) => format!("{peer} 连上来了"),
        (Zh, Note::Finished(Sent)) => "你发完了（FIN），仍可接收".into(),
        (Zh, Note::Finished(Received)) => "服务器发完了（FIN）".into(),
        (Zh, Note::Reset(Sent)) => "你强制断开了连接（RST）".into(),
        (Zh, Note::Reset(Received)) => "服务器强制断开了连接（RST）".into(),
        (Zh, Note::Failed(error)) => format!("失败：{error}"),
        (Zh, Note::Disconnected) => "已断开".into(),
    }
}

/// Returns the text of a write of the bridge, with its number of bytes.
pub fn wrote(lang: Lang, bytes: u64) -> String {
    let size = format::size(bytes);
    match lang {
        En => format!("The bridge wrote {size}"),
        Zh => format!("桥接程序写出 {size}"),
    }
}

/// Returns the text of consecutive pieces in one direction: their number and their total of bytes.
/// `is_write` says that they are the bridge's writes.
pub fn folded(lang: Lang, direction: Direction, is_write: bool, count: u64, bytes: u64) -> String {
    let size = format::size(bytes);
    let pieces = match (lang, direction) {
        (En, Direction::Sent) if is_write => "writes",
        (En, Direction::Sent) => "messages",
        (En, Direction::Received) => "reads",
        (Zh, Direction::Sent) if is_write => "次写入",
        (Zh, Direction::Sent) => "条消息",
        (Zh, Direction::Received) => "次读取",
    };
    format!("{} {pieces} · {size}", grouped(count))
}

/// Returns the label of the filter by text.
pub fn filter(lang: Lang) -> &'static str {
    match lang {
        En => "Filter rows",
        Zh => "筛选",
    }
}

/// Returns the label of the filter by direction.
pub fn direction(lang: Lang) -> &'static str {
    match lang {
        En => "Direction",
        Zh => "方向",
    }
}

/// Returns the name of a choice of the filter by direction: one, or both.
pub fn direction_choice(lang: Lang, direction: Option<Direction>) -> &'static str {
    match (lang, direction) {
        (En, None) => "→ and ←",
        (En, Some(Direction::Sent)) => "→ sent",
        (En, Some(Direction::Received)) => "← received",
        (Zh, None) => "→ 和 ←",
        (Zh, Some(Direction::Sent)) => "→ 发出",
        (Zh, Some(Direction::Received)) => "← 收回",
    }
}

/// Returns the text that says that no row matches the filter.
pub fn no_match(lang: Lang) -> &'static str {
    match lang {
        En => "No row matches.",
        Zh => "没有符合条件的行。",
    }
}

/// Returns the text that says how many of the oldest rows are no longer kept.
pub fn dropped_rows(lang: Lang, rows: u64) -> String {
    match (lang, rows) {
        (En, 1) => "The oldest row is no longer kept.".into(),
        (En, _) => format!("The oldest {} rows are no longer kept.", grouped(rows)),
        (Zh, _) => format!("最早的 {} 行已不再保留。", grouped(rows)),
    }
}

/// Returns the label of the button that replays the event before.
pub fn step_back(lang: Lang) -> &'static str {
    match lang {
        En => "← Step",
        Zh => "← 上一步",
    }
}

/// Returns the label of the button that replays the next event.
pub fn step_on(lang: Lang) -> &'static str {
    match lang {
        En => "Step →",
        Zh => "下一步 →",
    }
}

/// Returns the label of the button that copies the selected row, or the result of copying.
pub fn copy_row(lang: Lang, state: CopyState) -> &'static str {
    let label = match lang {
        En => "Copy row",
        Zh => "复制此行",
    };
    copy::button(lang, label, state)
}

/// Returns the label of the button that copies all rows, or the result of copying.
pub fn copy_all(lang: Lang, state: CopyState) -> &'static str {
    let label = match lang {
        En => "Copy all rows",
        Zh => "复制所有行",
    };
    copy::button(lang, label, state)
}

/// Returns the label of the button that saves the Timeline as an SVG file.
pub fn save_picture(lang: Lang) -> &'static str {
    match lang {
        En => "Save as SVG",
        Zh => "保存为 SVG",
    }
}
