//! Numbers of bytes.

use std::fmt::Display;

use page_model::Lang;
use page_model::Lang::{En, Zh};

use crate::i18n::format::thousands;

/// Returns a number of bytes; `count` is a decimal number.
pub(super) fn bytes(lang: Lang, count: impl Display) -> String {
    let count = count.to_string();
    let count = count.parse::<u64>().map_or(count, thousands);
    match (lang, &*count) {
        (En, "1") => "1 byte".into(),
        (En, count) => format!("{count} bytes"),
        (Zh, count) => format!("{count} 个字节"),
    }
}
