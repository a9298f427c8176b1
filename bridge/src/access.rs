//! Who may come in, and how much one client may take.
//!
//! - [`entry`]: what lets a request in; [`token`]: the token, and the cookie that stands for it;
//!   [`token_file`]: reading one from a file;
//! - [`failures`]: how often one client may give a wrong one; [`limiter`]: counting so in bounded
//!   memory;
//! - [`clients`]: how many sessions one client may have, and open;
//! - [`proxies`]: whose word about a client is believed; [`proxy_protocol`]: what a proxy says at the
//!   beginning of a connection; [`forwarded`]: what it says in the headers of a request.

pub(crate) mod clients;
pub(crate) mod entry;
mod failures;
pub(crate) mod forwarded;
mod limiter;
pub(crate) mod proxies;
pub(crate) mod proxy_protocol;
mod token;
mod token_file;

use std::io;
use std::sync::Arc;

use crate::config::{Auth, Config};
use crate::listen::Listener;
use clients::Clients;
pub use entry::Entry;
pub(crate) use failures::Failures;
use proxies::Proxies;
pub use token::Token;

/// Returns whether others than this machine are meant to reach the bridge: it listens beyond
/// loopback and Unix sockets, or has a name by which it is reached.
///
/// # Errors
/// Fails if the address of a listener cannot be read.
pub(crate) fn is_exposed(config: &Config, listeners: &[Listener]) -> io::Result<bool> {
    for listener in listeners {
        if !listener.is_local()? {
            return Ok(true);
        }
    }
    Ok(!config.public_host.is_empty())
}

/// Decides how requests on `listeners` are let in, and reads or generates the token, unless that has
/// been done. [`run`](crate::run) does it; whoever wants to print the token does it before.
///
/// # Errors
/// Fails with a sentence for the user if the token cannot be read or generated.
pub fn prepare(config: &mut Config, listeners: &[Listener]) -> io::Result<()> {
    if config.entry.is_some() {
        return Ok(());
    }
    let flags = &config.access;
    let default = if flags.token_file.is_some() || is_exposed(config, listeners)? {
        Auth::Token
    } else {
        Auth::Off
    };
    config.entry = Some(match flags.auth.clone().unwrap_or(default) {
        Auth::Off => Entry::Open,
        Auth::Header(name) => Entry::Header(name),
        Auth::Token => match &flags.token_file {
            Some(path) => Entry::Token { token: token_file::read(path)?, is_generated: false },
            None => Entry::Token { token: Token::generate()?, is_generated: true },
        },
    });
    Ok(())
}

/// Who may come in, and how much one client may take.
#[derive(Debug)]
pub(crate) struct Access {
    pub(crate) entry: Entry,
    pub(crate) failures: Failures,
    pub(crate) proxies: Proxies,
    pub(crate) clients: Arc<Clients>,
}

impl Access {
    /// Creates it as the flags say. Where [`prepare`] has not been called, nobody comes in, since
    /// nobody knows the token.
    ///
    /// # Errors
    /// Fails if the system has no random numbers.
    pub(crate) fn new(config: &Config) -> io::Result<Self> {
        let entry = match &config.entry {
            Some(entry) => entry.clone(),
            None => Entry::Token { token: Token::generate()?, is_generated: true },
        };
        let flags = &config.access;
        Ok(Self {
            entry,
            failures: Failures::default(),
            proxies: Proxies::new(&flags.trusted_proxy),
            clients: Arc::new(Clients::new(flags)),
        })
    }
}
