//! The texts of the buttons that copy something.

use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::copy::CopyState;

/// The button that copies the command beside it.
pub fn copy(lang: Lang) -> &'static str {
    match lang {
        En => "Copy",
        Zh => "复制",
    }
}

/// What a button says: `label`, or for a while that the text was copied, or was not.
pub fn button(lang: Lang, label: &'static str, state: CopyState) -> &'static str {
    match (lang, state) {
        (_, CopyState::Idle) => label,
        (En, CopyState::Copied) => "Copied",
        (En, CopyState::Failed) => "Not copied",
        (Zh, CopyState::Copied) => "已复制",
        (Zh, CopyState::Failed) => "未能复制",
    }
}
