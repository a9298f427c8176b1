//! Commands that start a server.

use std::fmt;

use echo_core::shell::word;

use super::write_words;

/// The command that starts Nmap's `ncat` as an echo server on a port: the tutorial's own.
#[derive(Clone, Copy, Debug)]
pub struct NcatServer {
    /// The port, which is free.
    pub port: u16,
}

/// A command that starts the bridge's echo server alone, with the words that start its program.
#[derive(Clone, Copy, Debug)]
pub enum ServerCommand<'a> {
    /// Without a fault.
    Echo {
        /// The words that start the bridge's program.
        program: &'a [String],
        /// Where it listens, as `host:port`, which is free.
        listen: &'a str,
    },
    /// With a fault. It listens on a port that the system chooses, and prints it: no other port is
    /// sure to be free.
    Fault {
        /// The words that start the bridge's program.
        program: &'a [String],
        /// The fault, such as `truncate:3`.
        fault: &'a str,
    },
}

impl fmt::Display for NcatServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ncat -v -l {} --keep-open --exec /bin/cat", self.port)
    }
}

impl fmt::Display for ServerCommand<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Echo { program, listen } => {
                write_words(f, program)?;
                write!(f, " echo --listen {}", word(listen))
            }
            Self::Fault { program, fault } => {
                write_words(f, program)?;
                write!(f, " echo --fault {} --listen localhost:0", word(fault))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_where_a_shell_would_take_them_apart() {
        let program = ["/my tools/tcp-bridge".to_owned()];
        let fault = ServerCommand::Fault { program: &program, fault: r"banner:It's me\r\n" };
        assert_eq!(
            fault.to_string(),
            r"'/my tools/tcp-bridge' echo --fault 'banner:It'\''s me\r\n' --listen localhost:0"
        );
        let echo = ServerCommand::Echo { program: &program, listen: "[::1]:7" };
        assert!(echo.to_string().ends_with("echo --listen '[::1]:7'"));
    }
}
