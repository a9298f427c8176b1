//! Commands that talk to a server.

use std::fmt;

use echo_core::shell::word;

use super::{join, printf, write_pipe};
use crate::protocol::Protocol;

/// A command that talks to a server.
#[derive(Clone, Copy, Debug)]
pub enum ClientCommand<'a> {
    /// Sends a message and prints the reply.
    Send {
        /// The program.
        client: Netcat,
        /// The server's host.
        host: &'a str,
        /// Its port.
        port: u16,
        /// The message.
        message: &'a [u8],
    },
    /// Connects, sends what is typed and prints what comes.
    Connect {
        /// The server's host.
        host: &'a str,
        /// Its port.
        port: u16,
    },
    /// Sends a message over TLS by `openssl`, and prints the reply.
    OpenSsl {
        /// The server's host.
        host: &'a str,
        /// Its port.
        port: u16,
        /// The message.
        message: &'a [u8],
    },
    /// Speaks another protocol than plain TCP.
    Speak {
        /// The protocol.
        protocol: Protocol,
        /// The server's host.
        host: &'a str,
        /// Its port.
        port: u16,
    },
}

/// A program that sends its input over TCP, and prints what comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Netcat {
    /// Nmap's.
    Ncat,
    /// The same, over TLS. It does not ask who the server is.
    NcatTls,
    /// OpenBSD's. With `-N` it sends FIN at the end of its input; without, it waits for the server.
    OpenBsd,
}

impl Netcat {
    fn name(self) -> &'static str {
        match self {
            Self::Ncat => "ncat",
            Self::NcatTls => "ncat --ssl",
            Self::OpenBsd => "nc -N",
        }
    }
}

impl fmt::Display for ClientCommand<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Send { client, host, port, message } => {
                write_pipe(f, &printf(message), client.name(), host, *port)
            }
            Self::Connect { host, port } => write!(f, "nc {} {port}", word(host)),
            Self::OpenSsl { host, port, message } => {
                let (input, target) = (printf(message), join(host, *port));
                // `-quiet` prints the reply alone, but has the end of the input ignored.
                write!(
                    f,
                    "({input}; sleep 1) | openssl s_client -quiet -no_ign_eof -connect {}",
                    word(&target)
                )
            }
            Self::Speak { protocol, host, port } => speak(f, *protocol, host, *port),
        }
    }
}

fn speak(f: &mut fmt::Formatter<'_>, protocol: Protocol, host: &str, port: u16) -> fmt::Result {
    let target = join(host, port);
    match protocol {
        Protocol::Tls => write!(f, "openssl s_client -connect {}", word(&target)),
        Protocol::Http => write!(f, "curl -v {}", word(&format!("http://{target}/"))),
        Protocol::Ssh => write!(f, "ssh -v -p {port} {}", word(host)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_protocol_comes_with_the_command_that_speaks_it() {
        for (protocol, command) in [
            (Protocol::Tls, "openssl s_client -connect '[::1]:443'"),
            (Protocol::Http, "curl -v 'http://[::1]:443/'"),
            (Protocol::Ssh, "ssh -v -p 443 ::1"),
        ] {
            let speak = ClientCommand::Speak { protocol, host: "::1", port: 443 };
            assert_eq!(speak.to_string(), command);
        }
    }
}
