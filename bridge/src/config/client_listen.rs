//! The flag that says where clients may listen.

use std::str::FromStr;

use clap::Args;
use clap::error::ErrorKind;

use crate::targets::Pattern;

/// The value that lets nobody listen.
const OFF: &str = "off";

/// Where clients may listen.
#[derive(Clone, Debug, Default, Args)]
pub struct ClientListenFlags {
    /// Another address on which clients may listen: localhost:port, address:port, CIDR:port, with a
    /// port or a range; repeatable. Without it, clients on the bridge's own machine may listen on
    /// loopback addresses, at ports from 1024 on, and others nowhere; "off" lets nobody listen
    #[arg(
        id = "allow_listen",
        long = "allow-listen",
        env = "BRIDGE_ALLOW_LISTEN",
        value_name = "PATTERN|off",
        value_delimiter = ','
    )]
    pub allow_listen: Vec<AllowListen>,
}

impl ClientListenFlags {
    /// Checks that the values fit together.
    ///
    /// # Errors
    /// Returns the kind of the error, and a sentence that says what to write instead.
    pub(super) fn check(&self) -> Result<(), (ErrorKind, String)> {
        if self.allow_listen.contains(&AllowListen::Off) && self.allow_listen.len() > 1 {
            let sentence = "--allow-listen off lets nobody listen: leave the other --allow-listen \
                            out, or this one";
            return Err((ErrorKind::ArgumentConflict, sentence.into()));
        }
        Ok(())
    }
}

/// What one `--allow-listen` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AllowListen {
    /// Nobody may listen.
    Off,
    /// Whoever has come in may listen where one of the patterns allows it.
    At {
        /// The patterns as they were written.
        text: String,
        /// The patterns.
        patterns: Vec<Pattern>,
    },
}

impl FromStr for AllowListen {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == OFF {
            return Ok(Self::Off);
        }
        let patterns = Pattern::parse(text)?;
        if patterns.iter().any(Pattern::is_of_name) {
            return Err(format!(
                "{text:?} has a name: write localhost, an address or a network, or \"{OFF}\""
            ));
        }
        Ok(Self::At { text: text.into(), patterns })
    }
}
