//! The texts of an attachment, and of the changes of a message.

use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::attachment::MAX_ATTACHMENT;
use page_model::composer::{ComposerNote, FileError, MAX_TEXT};

use super::format::{limit, thousands};

/// Returns how many bytes a file has, and that the settings of a message do not hold for it.
pub fn size(lang: Lang, bytes: usize) -> String {
    let count = thousands(bytes as u64);
    match lang {
        En if bytes == 1 => "1 byte, sent as it is".into(),
        En => format!("{count} bytes, sent as they are"),
        Zh => format!("{count} 个字节，按原样发送"),
    }
}

/// Returns the label of the button that removes an attachment.
pub fn remove(lang: Lang) -> &'static str {
    match lang {
        En => "Remove",
        Zh => "移除",
    }
}

/// Returns the text that says that the file is gone after a reload.
pub fn not_kept(lang: Lang) -> &'static str {
    match lang {
        En => "Too large to be kept when the page is reloaded.",
        Zh => "文件太大，刷新页面后不会保留。",
    }
}

/// Returns the text that says that a message of this length was refused.
pub fn long_message(lang: Lang, length: usize) -> String {
    let (count, limit) = (thousands(length as u64), limit(MAX_TEXT as u64));
    match lang {
        En => format!(
            "The message would have {count} bytes; the field takes {limit}. It stays as it was."
        ),
        Zh => format!("这样消息会有 {count} 个字节，而输入框最多容纳 {limit}。消息没有改变。"),
    }
}

/// Returns the label of the button that attaches what was refused.
pub fn attach(lang: Lang) -> &'static str {
    match lang {
        En => "Attach it as a file",
        Zh => "改为附加成文件",
    }
}

/// Returns the text that says how long a file may be.
pub fn longest(lang: Lang) -> String {
    let limit = limit(MAX_ATTACHMENT as u64);
    match lang {
        En => format!("A file may have {limit}."),
        Zh => format!("文件最多 {limit}。"),
    }
}

/// Returns the text that says the result of the last change of the message.
pub fn note(lang: Lang, note: &ComposerNote) -> String {
    let limit = limit(MAX_TEXT as u64);
    match (lang, note) {
        (En, ComposerNote::NoText) => {
            "These bytes have no form as Text: a text field could not keep them.".into()
        }
        (Zh, ComposerNote::NoText) => "这些字节无法写成文本：文本框保存不了它们。".into(),
        (En, ComposerNote::LongNotation) => {
            format!("Written that way, the text would be longer than the {limit} of a field.")
        }
        (Zh, ComposerNote::LongNotation) => {
            format!("改用这种写法，文本会超过输入框的上限 {limit}。")
        }
        (_, ComposerNote::NoFile { name, why }) => file_error(lang, name, *why),
        (_, ComposerNote::LongMessage { length, .. }) => long_message(lang, *length),
        // It is told under the field for the expected bytes.
        (_, ComposerNote::LongExpected) => String::new(),
    }
}

fn file_error(lang: Lang, name: &str, error: FileError) -> String {
    match (lang, error) {
        (En, FileError::TooBig(bytes)) => {
            let count = thousands(bytes);
            format!("{name} has {count} bytes. {} The message stays as it was.", longest(lang))
        }
        (Zh, FileError::TooBig(bytes)) => {
            format!("{name} 有 {} 个字节。{}消息没有改变。", thousands(bytes), longest(lang))
        }
        (En, FileError::Unreadable) => {
            format!("{name} could not be read: is it a folder? The message stays as it was.")
        }
        (Zh, FileError::Unreadable) => {
            format!("无法读取 {name}：它是文件夹吗？消息没有改变。")
        }
        (En, FileError::Empty) => format!("{name} is empty. The message stays as it was."),
        (Zh, FileError::Empty) => format!("{name} 是空的。消息没有改变。"),
    }
}
