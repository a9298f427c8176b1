//! The secrets of one session's TLS connection, for the client that captures its packets.

use std::fmt::{self, Write as _};
use std::sync::{Mutex, PoisonError};

/// The most bytes of lines that are kept of one connection. A handshake has five lines of at most
/// 200 bytes.
const MAX_LINES: usize = 2048;

/// A key log that keeps its lines, in the format of `SSLKEYLOGFILE` (RFC 9850), for one reader.
#[derive(Default)]
pub(super) struct KeyLog(Mutex<String>);

impl KeyLog {
    /// Takes the lines that were logged so far.
    pub(super) fn take(&self) -> String {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl rustls::KeyLog for KeyLog {
    fn log(&self, label: &str, client_random: &[u8], secret: &[u8]) {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.len() < MAX_LINES {
            // Writing to a String cannot fail.
            let _ = writeln!(lines, "{label} {} {}", Hex(client_random), Hex(secret));
        }
    }
}

impl fmt::Debug for KeyLog {
    /// Writes no secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyLog")
    }
}

/// Bytes as lower-case hexadecimal digits.
pub(super) struct Hex<'a>(pub(super) &'a [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use rustls::KeyLog as _;

    use super::*;

    #[test]
    fn a_line_is_that_of_a_key_log_file_and_is_taken_once() {
        let log = KeyLog::default();
        log.log("CLIENT_RANDOM", &[0x0a, 0xff], &[0x00, 0x12]);
        assert_eq!(log.take(), "CLIENT_RANDOM 0aff 0012\n");
        assert_eq!(log.take(), "");
    }

    #[test]
    fn secrets_are_not_printed() {
        let log = KeyLog::default();
        log.log("CLIENT_RANDOM", &[0x0a], &[0x12]);
        assert_eq!(format!("{log:?}"), "KeyLog");
    }
}
