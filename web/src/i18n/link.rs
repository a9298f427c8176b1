//! The texts about links.

use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::link::MAX_MESSAGE;

/// Returns the label of the button that copies a link.
pub fn copy(lang: Lang) -> &'static str {
    match lang {
        En => "Copy link",
        Zh => "复制链接",
    }
}

/// Returns the text that says that the message does not fit into a link.
pub fn too_long(lang: Lang) -> String {
    match lang {
        En => {
            format!("The message is too long for a link: {MAX_MESSAGE} bytes are the most.")
        }
        Zh => format!("消息太长，放不进链接：最多 {MAX_MESSAGE} 个字节。"),
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
