//! The texts of the buttons that copy something.

use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::copy::CopyState;

/// Returns the label of the button that copies the command beside it.
pub fn copy(lang: Lang) -> &'static str {
    match lang {
        En => "Copy",
        Zh => "复制",
    }
}

/// Returns the label of a button that copies: `label`, or the result for a while after it was
/// pressed.
pub fn button(lang: Lang, label: &'static str, state: CopyState) -> &'static str {
    match (lang, state) {
        (_, CopyState::Idle) => label,
        (En, CopyState::Copied) => "Copied",
        (En, CopyState::Failed) => "Not copied",
        (Zh, CopyState::Copied) => "已复制",
        (Zh, CopyState::Failed) => "未能复制",
    }
}
