//! The texts of the settings of a message: how it is written, and the expected reply.

use echo_core::payload::{LineEnding, Notation};
use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::attachment::MAX_ATTACHMENT;
use page_model::composer::MAX_TEXT;
use page_model::expected_reply::ExpectedReplyKind;
use page_model::modes::once::QUIET_MS;

use super::format;

/// Returns the label of the notation.
pub fn notations(lang: Lang) -> &'static str {
    match lang {
        En => "Written as",
        Zh => "写法",
    }
}

/// Returns the name of a notation.
pub fn notation(lang: Lang, notation: Notation) -> &'static str {
    match (lang, notation) {
        (En, Notation::Text) => "Text",
        (En, Notation::Escapes) => "Escapes",
        (En, Notation::Hex) => "Hex",
        (Zh, Notation::Text) => "文本",
        (Zh, Notation::Escapes) => "转义",
        (Zh, Notation::Hex) => "十六进制",
    }
}

/// Returns the label of the line ending.
pub fn endings(lang: Lang) -> &'static str {
    match lang {
        En => "Line ending",
        Zh => "行尾",
    }
}

/// Returns the name of a line ending, under its label.
pub fn ending(lang: Lang, ending: LineEnding) -> &'static str {
    match (lang, ending) {
        (En, LineEnding::None) => "none",
        (Zh, LineEnding::None) => "无",
        (_, LineEnding::Lf) => "LF",
        (_, LineEnding::CrLf) => "CRLF",
    }
}

/// Returns the name of a line ending, where no label says what it is.
pub fn ending_alone(lang: Lang, it: LineEnding) -> &'static str {
    match (lang, it) {
        (En, LineEnding::None) => "no ending",
        (Zh, LineEnding::None) => "无行尾",
        _ => ending(lang, it),
    }
}

/// Returns the text that says that there is a mistake in the message, so that it has no number of
/// bytes.
pub fn a_mistake(lang: Lang) -> &'static str {
    match lang {
        En => "a mistake",
        Zh => "有一处错误",
    }
}

/// Returns the label of the button that attaches a file.
pub fn attach_file(lang: Lang) -> &'static str {
    match lang {
        En => "Attach a file…",
        Zh => "附加文件……",
    }
}

/// Returns the text that says how else a file is given, and how long it may be.
pub fn drop_file(lang: Lang) -> String {
    let limit = format::limit(MAX_ATTACHMENT as u64);
    match lang {
        En => format!("or drop one here, up to {limit}"),
        Zh => format!("或把文件拖到这里，不超过 {limit}"),
    }
}

/// Returns the label of the expected reply.
pub fn expected(lang: Lang) -> &'static str {
    match lang {
        En => "Expect",
        Zh => "期望收回",
    }
}

/// Returns the text that says what is expected, as a word of the line of settings.
pub fn expected_reply(lang: Lang, expected_kind: ExpectedReplyKind) -> &'static str {
    match (lang, expected_kind) {
        (En, ExpectedReplyKind::Same) => "expect same",
        (En, ExpectedReplyKind::Bytes) => "expect these bytes",
        (En, ExpectedReplyKind::Anything) => "expect anything",
        (Zh, ExpectedReplyKind::Same) => "期望相同",
        (Zh, ExpectedReplyKind::Bytes) => "期望指定字节",
        (Zh, ExpectedReplyKind::Anything) => "期望任意内容",
    }
}

/// Returns the label of the expected bytes.
pub fn expected_bytes(lang: Lang) -> &'static str {
    match lang {
        En => "Expected bytes",
        Zh => "期望收回的字节",
    }
}

/// Returns the text that says that there are no expected bytes.
pub fn no_expected_bytes(lang: Lang) -> &'static str {
    match lang {
        En => "Say which bytes should come back.",
        Zh => "请填写应当收回哪些字节。",
    }
}

/// Returns the text that says that the expected bytes would be longer than their field takes.
pub fn long_expected_bytes(lang: Lang) -> String {
    let limit = format::limit(MAX_TEXT as u64);
    match lang {
        En => format!("The field takes {limit}. It stays as it was."),
        Zh => format!("输入框最多容纳 {limit}。内容没有改变。"),
    }
}

/// Returns the text that says for what the choice holds, and when anything is complete.
pub fn expected_hint(lang: Lang) -> String {
    match lang {
        En => {
            format!("Remembered for each target. Anything: to the end, or {QUIET_MS} ms of quiet")
        }
        Zh => format!("每个目标各自记住。任意内容：收到结束，或安静 {QUIET_MS} 毫秒为止"),
    }
}

/// Returns the hint about the key that adds a line, and about what is sent after each.
pub fn keys(lang: Lang, ending: LineEnding) -> String {
    let after = match (lang, ending) {
        (En, LineEnding::None) => "Lines are separated by LF; nothing follows the last one.",
        (Zh, LineEnding::None) => "行与行之间是 LF，最后一行之后没有。",
        (En, LineEnding::Lf) => "LF is sent after every line.",
        (Zh, LineEnding::Lf) => "每一行之后都发送 LF。",
        (En, LineEnding::CrLf) => "CRLF is sent after every line.",
        (Zh, LineEnding::CrLf) => "每一行之后都发送 CRLF。",
    };
    match lang {
        En => format!("Shift+Enter: new line. {after}"),
        Zh => format!("Shift+Enter 换行。{after}"),
    }
}
