//! What the lines of the tutorial's client mean, which are English in every language.

use echo_core::Line;
use page_model::Lang;

/// Returns what a line means, if it has to be explained in this language.
pub fn translation(lang: Lang, line: &Line) -> Option<String> {
    if lang == Lang::En {
        return None;
    }
    Some(match line {
        Line::Connected(_) => "连上了：三次握手完成".into(),
        Line::Sent(message) => format!("已发出 {} 个字节，等待回应", message.len()),
        Line::ReplyOk => "回复正确：收回的字节与发出的完全相同".into(),
        Line::Unexpected(_) => "字节数够了，内容却不同".into(),
        Line::FailedToReceive(_) => "没收够字节，连接就断了".into(),
        Line::FailedToConnect(_) => "没连上".into(),
        Line::Terminated => "程序结束".into(),
    })
}
