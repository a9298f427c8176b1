//! The message in a terminal: `printf`, and a client of TCP.

use std::fmt::Write as _;

use echo_core::hexdump::{Unit, units};
use echo_core::payload::is_invisible;

use crate::terminal_command::{split, word};

/// The longest message that a command is shown for, in bytes.
const MAX_SHOWN: usize = 60;

/// The command that sends `message` to `target`, where it is short enough to be read.
#[must_use]
pub fn shown(target: &str, message: &[u8]) -> Option<String> {
    let (host, port) = split(target)?;
    (message.len() <= MAX_SHOWN).then(|| command("ncat", host, port, message))
}

/// A command that sends `message` with a client that is told host and port.
pub(super) fn command(client: &str, host: &str, port: u16, message: &[u8]) -> String {
    format!("{} | {client} {} {port}", printf(message), word(host))
}

/// A command that prints exactly these bytes, in every shell that POSIX describes.
pub(super) fn printf(bytes: &[u8]) -> String {
    let mut format = String::new();
    for Unit { range, character } in units(bytes) {
        match character {
            // printf would take it for an option.
            Some('-') if range.start == 0 => format.push_str("\\055"),
            Some('%') => format.push_str("%%"),
            Some('\\') => format.push_str("\\\\"),
            Some('\n') => format.push_str("\\n"),
            Some('\r') => format.push_str("\\r"),
            Some('\t') => format.push_str("\\t"),
            Some(c) if c != '\'' && !is_invisible(c) => format.push(c),
            // Three digits always, so that a digit that follows is none of them.
            _ => bytes[range].iter().for_each(|byte| {
                let _ = write!(format, "\\{byte:03o}");
            }),
        }
    }
    format!("printf '{format}'")
}
