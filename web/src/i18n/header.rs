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
