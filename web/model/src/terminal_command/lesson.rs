//! Commands of the lesson.

use std::fmt;

use echo_core::shell::word;

use super::{join, write_pipe};

/// A command that only the lesson shows. They are apart from the other clients so that the page
/// loads them with the lesson.
#[derive(Clone, Copy, Debug)]
pub enum LessonCommand<'a> {
    /// Sends `Hello` and a line feed, as the tutorial does, and prints the reply.
    Hello {
        /// The server's host.
        host: &'a str,
        /// Its port.
        port: u16,
    },
    /// Sends a text, and prints the bytes of the reply.
    Bytes {
        /// The server's host.
        host: &'a str,
        /// Its port.
        port: u16,
        /// The text, of letters alone.
        text: &'a str,
    },
    /// Runs the tutorial's client, as the bridge's program has it.
    Check {
        /// What starts the bridge's program.
        program: &'a str,
        /// The server's host.
        host: &'a str,
        /// Its port.
        port: u16,
    },
    /// Compiles and runs the tutorial's client, `client.rs`.
    Rust {
        /// Whether it is typed in PowerShell.
        is_powershell: bool,
    },
    /// Prints the bytes of a text in PowerShell, without a server.
    Hex {
        /// The text, of letters alone.
        text: &'a str,
    },
}

/// `nc`, whichever it is. With `-w 1` OpenBSD's ends after a second of silence, and the traditional
/// one a second after the end of its input; to `ncat`, which is `nc` on some systems, it is the limit
/// of the wait for the connection.
const ANY_NC: &str = "nc -w 1";

impl fmt::Display for LessonCommand<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hello { host, port } => write_pipe(f, "echo \"Hello\"", ANY_NC, host, *port),
            Self::Bytes { host, port, text } => {
                write_pipe(f, &format!("printf {text}"), ANY_NC, host, *port)?;
                f.write_str(" | od -An -tx1")
            }
            Self::Check { program, host, port } => {
                write!(f, "{program} check {} Hello", word(&join(host, *port)))
            }
            Self::Rust { is_powershell: true } => f.write_str(r"rustc client.rs; .\client"),
            Self::Rust { is_powershell: false } => f.write_str("rustc client.rs && ./client"),
            Self::Hex { text } => write!(f, "'{text}' | Format-Hex -Encoding utf8"),
        }
    }
}
