//! The shell command that sends the message of a run, where it is short enough to be shown.

use crate::terminal_command::{ClientCommand, Netcat, TcpTarget};

/// The longest message for which a command is shown next to the result, in bytes: longer commands
/// are hard to read.
const MAX_SHOWN: usize = 60;

/// Returns the command that sends `message` to `target`. Returns `None` if `target` is neither
/// `host:port` nor `tls://host:port`, and if the message is too long for a readable command.
#[must_use]
pub fn shown(target: &str, message: &[u8]) -> Option<String> {
    let TcpTarget { host, port, is_tls } = TcpTarget::of(target)?;
    let client = if is_tls { Netcat::NcatTls } else { Netcat::Ncat };
    let command = ClientCommand::Send { client, host, port, message };
    (message.len() <= MAX_SHOWN).then(|| command.to_string())
}
