//! The sentences of the tutorial's client, word for word.

use std::fmt;

use crate::exchange::Outcome;
use crate::payload::printable;

/// The message of the tutorial's client, which has a sentence of its own.
pub const TUTORIAL_MESSAGE: &[u8] = b"Hello!";

/// What `read_exact` says when the connection ends before it has its bytes: the words of
/// `std::io::ErrorKind::UnexpectedEof` as `Read::read_exact` reports it.
pub const EARLY_END: &str = "failed to fill whole buffer";

/// One line that the tutorial's client prints; its [`Display`](fmt::Display) is that line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// The connection stands; the number is the target's port, or 0 where it has none.
    Connected(u16),
    /// The message has been written.
    Sent(Vec<u8>),
    /// Exactly the bytes sent came back.
    ReplyOk,
    /// As many bytes came back, but these others.
    Unexpected(Vec<u8>),
    /// The connection ended or failed before enough bytes came.
    FailedToReceive(String),
    /// There was no connection.
    FailedToConnect(String),
    /// The last line, always.
    Terminated,
}

impl Line {
    /// The line for an outcome; `error` says why the reply is incomplete, where it is.
    #[must_use]
    pub fn verdict(outcome: Outcome, error: &str) -> Self {
        match outcome {
            Outcome::Same => Self::ReplyOk,
            Outcome::Different { reply } => Self::Unexpected(reply),
            Outcome::Incomplete { .. } => Self::FailedToReceive(error.to_owned()),
        }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connected(0) => f.write_str("Successfully connected to server"),
            Self::Connected(port) => write!(f, "Successfully connected to server in port {port}"),
            // The tutorial's own sentence leaves out the exclamation mark.
            Self::Sent(message) if message == TUTORIAL_MESSAGE => {
                f.write_str("Sent Hello, awaiting reply...")
            }
            Self::Sent(message) => match message.len() {
                1 => f.write_str("Sent 1 byte, awaiting reply..."),
                count => write!(f, "Sent {count} bytes, awaiting reply..."),
            },
            Self::ReplyOk => f.write_str("Reply is ok!"),
            Self::Unexpected(reply) => write!(f, "Unexpected reply: {}", printable(reply)),
            Self::FailedToReceive(error) => write!(f, "Failed to receive data: {error}"),
            Self::FailedToConnect(error) => write!(f, "Failed to connect: {error}"),
            Self::Terminated => f.write_str("Terminated."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentences_are_the_tutorials() {
        let lines = [
            (Line::Connected(8888), "Successfully connected to server in port 8888"),
            (Line::Connected(0), "Successfully connected to server"),
            (Line::Sent(b"Hello!".to_vec()), "Sent Hello, awaiting reply..."),
            (Line::Sent(b"Hello, world".to_vec()), "Sent 12 bytes, awaiting reply..."),
            (Line::ReplyOk, "Reply is ok!"),
            (Line::Unexpected(b"HELLO!".to_vec()), "Unexpected reply: HELLO!"),
            (
                Line::FailedToReceive(EARLY_END.into()),
                "Failed to receive data: failed to fill whole buffer",
            ),
            (
                Line::FailedToConnect("Connection refused (os error 111)".into()),
                "Failed to connect: Connection refused (os error 111)",
            ),
            (Line::Terminated, "Terminated."),
        ];
        for (line, sentence) in lines {
            assert_eq!(line.to_string(), sentence);
        }
    }

    #[test]
    fn a_reply_that_is_no_utf8_is_escaped() {
        let line = Line::verdict(Outcome::Different { reply: vec![b'H', 0xff] }, EARLY_END);
        assert_eq!(line.to_string(), "Unexpected reply: H\\xff");
    }

    #[test]
    fn an_early_end_is_told_in_the_words_of_std() {
        let mut buffer = [0; 6];
        let error = std::io::Read::read_exact(&mut &b"Hel"[..], &mut buffer).unwrap_err();
        assert_eq!(error.to_string(), EARLY_END);
    }
}
