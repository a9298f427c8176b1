//! Counted nouns in English.

use super::format::thousands;

/// Returns a number with a noun, in the plural unless it is one: `1 byte`, `12,345 bytes`.
pub(super) fn count(n: u64, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{} {noun}s", thousands(n)) }
}
