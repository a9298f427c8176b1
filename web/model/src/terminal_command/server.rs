//! Commands that start a server.

use std::fmt;

use echo_core::shell::word;

/// The command that starts Nmap's `ncat` as an echo server on a port: the tutorial's own.
#[derive(Clone, Copy, Debug)]
pub struct NcatServer {
    /// The port, which is free.
    pub port: u16,
    /// Whether it speaks TLS, with a certificate that it makes for itself.
    pub is_tls: bool,
}

/// A command that starts the bridge's echo server alone, with what starts its program.
#[derive(Clone, Copy, Debug)]
pub enum ServerCommand<'a> {
    /// Without a fault.
    Echo {
        /// What starts the bridge's program.
        program: &'a str,
        /// Where it listens, as `host:port`, which is free.
        listen: &'a str,
    },
    /// With a fault. It listens on a port that the system chooses, and prints it: no other port is
    /// sure to be free.
    Fault {
        /// What starts the bridge's program.
        program: &'a str,
        /// The fault, such as `truncate:3`.
        fault: &'a str,
    },
}

impl fmt::Display for NcatServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tls = if self.is_tls { "--ssl " } else { "" };
        write!(f, "ncat {tls}-v -l {} --keep-open --exec /bin/cat", self.port)
    }
}

impl fmt::Display for ServerCommand<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Echo { program, listen } => {
                write!(f, "{program} echo --listen {}", word(listen))
            }
            Self::Fault { program, fault } => {
                write!(f, "{program} echo --fault {} --listen localhost:0", word(fault))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_where_a_shell_would_take_them_apart() {
        let program = "'/my tools/tcp-bridge'";
        let fault = ServerCommand::Fault { program, fault: r"banner:It's me\r\n" };
        assert_eq!(
            fault.to_string(),
            r"'/my tools/tcp-bridge' echo --fault 'banner:It'\''s me\r\n' --listen localhost:0"
        );
        let echo = ServerCommand::Echo { program, listen: "[::1]:7" };
        assert!(echo.to_string().ends_with("echo --listen '[::1]:7'"));
    }
}
