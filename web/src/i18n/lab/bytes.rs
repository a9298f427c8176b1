//! Numbers of bytes.

use std::fmt::Display;

use page_model::Lang;
use page_model::Lang::{En, Zh};

/// Returns a number of bytes; `count` is a decimal number.
pub(super) fn bytes(lang: Lang, count: impl Display) -> String {
    match (lang, &*count.to_string()) {
        (En, "1") => "1 byte".into(),
        (En, count) => format!("{count} bytes"),
        (Zh, count) => format!("{count} 个字节"),
    }
}
