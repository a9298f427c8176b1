//! Writes shell commands that send a message: `printf`, piped into a TCP client.

use std::fmt::Write as _;

use echo_core::hexdump::{Unit, units};
use echo_core::payload::is_invisible;

use crate::terminal_command::{split, word};

/// The longest message for which a command is shown next to the result, in bytes: longer commands
/// are hard to read.
const MAX_SHOWN: usize = 60;

/// Returns the command that sends `message` to `target`. Returns `None` if `target` is not
/// `host:port`, and if the message is too long for a readable command.
#[must_use]
pub fn shown(target: &str, message: &[u8]) -> Option<String> {
    let (host, port) = split(target)?;
    (message.len() <= MAX_SHOWN).then(|| command("ncat", host, port, message))
}

/// Returns the command that sends `message` with `client`, a command that takes host and port as
/// its last arguments.
pub(super) fn command(client: &str, host: &str, port: u16, message: &[u8]) -> String {
    format!("{} | {client} {} {port}", printf(message), word(host))
}

/// Returns a command that prints exactly these bytes, in every POSIX shell.
pub(super) fn printf(bytes: &[u8]) -> String {
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
