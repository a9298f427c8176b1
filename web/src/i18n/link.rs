//! The texts about links.

use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::setup::{MAX_MESSAGE, TooLong};

/// Returns the label of the button that copies a link.
pub fn copy(lang: Lang) -> &'static str {
    match lang {
        En => "Copy link",
        Zh => "复制链接",
    }
}

/// Returns the text that says what does not fit into a link.
pub fn too_long(lang: Lang, what: TooLong) -> String {
    match (lang, what) {
        (En, TooLong::Message) => {
            format!("The message is too long for a link: {MAX_MESSAGE} bytes are the most.")
        }
        (Zh, TooLong::Message) => format!("消息太长，放不进链接：最多 {MAX_MESSAGE} 个字节。"),
        (En, TooLong::Attachment) => "A link cannot carry an attached file.".into(),
        (Zh, TooLong::Attachment) => "链接不能携带附加的文件。".into(),
        (En, TooLong::Expected) => "The expected bytes are too long for a link.".into(),
        (Zh, TooLong::Expected) => "期望收回的字节太长，放不进链接。".into(),
        (En, TooLong::Target) => "The target is too long for a link.".into(),
        (En, TooLong::Rules) => "The rules are too long for a link.".into(),
        (Zh, TooLong::Rules) => "规则太长，放不进链接。".into(),
        (Zh, TooLong::Target) => "目标太长，放不进链接。".into(),
    }
}

/// Returns the text that says that the link that was opened has a value that is not understood.
pub fn invalid(lang: Lang, key: &str, value: &str) -> String {
    match lang {
        En => {
            format!("The link says {key}={value}, which means nothing here: left at its default.")
        }
        Zh => format!("链接中的 {key}={value} 无法识别，已改用默认值。"),
    }
}
