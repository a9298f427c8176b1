//! The command that prints bytes.

use std::fmt::Write as _;

use echo_core::hexdump::{Unit, units};
use echo_core::payload::is_invisible;

/// Returns a command that prints exactly these bytes, in every POSIX shell.
#[must_use]
pub(crate) fn printf(bytes: &[u8]) -> String {
    let mut format = String::new();
    for Unit { range, character } in units(bytes) {
        match character {
            // An argument that starts with a hyphen would be an option.
            Some('-') if range.start == 0 => format.push_str("\\055"),
            Some('%') => format.push_str("%%"),
            Some('\\') => format.push_str("\\\\"),
            Some('\n') => format.push_str("\\n"),
            Some('\r') => format.push_str("\\r"),
            Some('\t') => format.push_str("\\t"),
            Some(c) if c != '\'' && !is_invisible(c) => format.push(c),
            // Always three octal digits, so that a digit that follows is not part of the escape.
            _ => bytes[range].iter().for_each(|byte| {
                let _ = write!(format, "\\{byte:03o}");
            }),
        }
    }
    format!("printf '{format}'")
}
