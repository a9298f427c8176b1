//! What a session is to be.

use echo_core::wire::ECHO_TARGET;

/// What a client asked for when it opened its WebSocket, not yet parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// A connection to this target; empty for the echo server.
    Target(String),
    /// The connection with this id, which came in at a listener.
    Claim(String),
    /// A listener.
    Listener {
        /// The address.
        address: String,
        /// By what the client does not count as on the bridge's own machine, as a clause, unless it
        /// does.
        elsewhere: Option<String>,
    },
    /// More than one of these.
    Several,
}

impl Wanted {
    /// Returns what logs and operators read in the place of the target.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Target(target) if target.is_empty() => ECHO_TARGET,
            Self::Target(target) => target,
            Self::Claim(_) => "accept",
            Self::Listener { .. } => "listen",
            Self::Several => "several",
        }
    }

    /// Returns what a sentence calls the other end of the connection, or the address of a listener.
    pub(super) fn subject(&self) -> &str {
        match self {
            Self::Target(target) if target.is_empty() => "the echo server",
            Self::Target(target) => target,
            Self::Claim(_) => "the program that connected",
            Self::Listener { address, .. } => address,
            Self::Several => "this",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logs_and_sentences_have_a_word_for_whatever_was_asked_for() {
        let listener = Wanted::Listener { address: "127.0.0.1:80".into(), elsewhere: None };
        for (wanted, name, subject) in [
            (Wanted::Target(String::new()), "echo", "the echo server"),
            (Wanted::Target("db:5432".into()), "db:5432", "db:5432"),
            (Wanted::Claim("7".into()), "accept", "the program that connected"),
            (listener, "listen", "127.0.0.1:80"),
        ] {
            assert_eq!((wanted.name(), wanted.subject()), (name, subject));
        }
    }
}
