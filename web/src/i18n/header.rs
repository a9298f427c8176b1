//! The texts of the header.

use page_model::Lang;
use page_model::Lang::{En, Zh};

/// Returns the accessible name of the language switch.
pub fn languages(lang: Lang) -> &'static str {
    match lang {
        En => "Language",
        Zh => "语言",
    }
}

/// Returns the label of the button that skips the header.
pub fn skip(lang: Lang) -> &'static str {
    match lang {
        En => "Skip to To and Message",
        Zh => "跳到目标和消息",
    }
}

/// Returns the label of the button that leaves the presentation mode.
pub fn leave(lang: Lang) -> &'static str {
    match lang {
        En => "Leave presentation",
        Zh => "退出演示",
    }
}
