//! The flags that say who may come in, and how much one client may take.

use std::fmt;
use std::net::{AddrParseError, IpAddr};
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::str::FromStr;

use axum::http::HeaderName;
use clap::Args;
use clap::error::ErrorKind;
use ipnet::IpNet;

/// The most that [`PerClient`] can be, as for `--max-sessions`.
const MAX_COUNT: u32 = 1_000_000;

/// Who may come in, and how much one client may take.
#[derive(Clone, Debug, Default, Args)]
pub struct AccessFlags {
    /// Who may come in: "off" is everybody who reaches the bridge, "token" who has the token of the
    /// URL that it prints, "header:NAME" whom a --trusted-proxy names in this header. The default
    /// is "token", and "off" if --listen is on loopback and there is no --public-host
    #[arg(long, env = "BRIDGE_AUTH", value_name = "off|token|header:NAME")]
    pub auth: Option<Auth>,

    /// File with the token, which only its owner and group may read, in place of one that is made
    /// at the start; it implies "--auth token"
    #[arg(long, env = "BRIDGE_TOKEN_FILE", value_name = "FILE")]
    pub token_file: Option<PathBuf>,

    /// Most sessions at once of one client: of an IPv4 address, or of an IPv6 network of 64 bits.
    /// The default is 64, and "off" for loopback and Unix sockets, but for a --trusted-proxy there
    #[arg(long, env = "BRIDGE_MAX_SESSIONS_PER_CLIENT", value_name = "COUNT|off")]
    pub max_sessions_per_client: Option<PerClient>,

    /// Most sessions that one client opens in a second. The default is 64, and "off" for loopback
    /// and Unix sockets, but for a --trusted-proxy there
    #[arg(long, env = "BRIDGE_MAX_OPENS_PER_CLIENT", value_name = "COUNT|off")]
    pub max_opens_per_client: Option<PerClient>,

    /// Network of reverse proxies, or the address of one: from there, and from nowhere else, the
    /// bridge believes the PROXY protocol, Forwarded, X-Forwarded-For, -Proto and -Host, and the
    /// header of --auth; repeatable
    #[arg(long, env = "BRIDGE_TRUSTED_PROXY", value_name = "CIDR", value_delimiter = ',')]
    pub trusted_proxy: Vec<ProxyNetwork>,
}

impl AccessFlags {
    /// Checks that the flags fit together.
    ///
    /// # Errors
    /// Returns the kind of the error, and a sentence that says what to write instead.
    pub(super) fn check(&self) -> Result<(), (ErrorKind, String)> {
        match &self.auth {
            Some(Auth::Header(name)) if self.trusted_proxy.is_empty() => Err((
                ErrorKind::MissingRequiredArgument,
                format!(
                    "--auth header:{name} needs --trusted-proxy CIDR: without it anybody could \
                     send that header. Give the address of the proxy that sets it, such as \
                     --trusted-proxy 127.0.0.1"
                ),
            )),
            Some(auth @ (Auth::Off | Auth::Header(_))) if self.token_file.is_some() => Err((
                ErrorKind::ArgumentConflict,
                format!(
                    "--token-file cannot be used with --auth {auth}, which asks for no token: \
                     write --auth token, or leave --token-file out"
                ),
            )),
            _ => Ok(()),
        }
    }
}

/// What lets a request in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Auth {
    /// Everybody comes in who reaches the bridge.
    Off,
    /// The bridge's token.
    Token,
    /// A header that a trusted proxy sets for those whom it has let in.
    Header(HeaderName),
}

impl FromStr for Auth {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match (text, text.split_once(':')) {
            ("off", _) => Ok(Self::Off),
            ("token", _) => Ok(Self::Token),
            (_, Some(("header", name))) => name.parse().map(Self::Header).map_err(|_| {
                format!("{name:?} is not the name of a header: write header:X-Remote-User")
            }),
            _ => Err("write off, token, or header:NAME, such as header:X-Remote-User".into()),
        }
    }
}

impl fmt::Display for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Off => f.write_str("off"),
            Self::Token => f.write_str("token"),
            Self::Header(name) => write!(f, "header:{name}"),
        }
    }
}

/// How much of something one client may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PerClient {
    /// At most so many.
    AtMost(NonZeroU32),
    /// Any number.
    Off,
}

impl PerClient {
    /// Returns the bound, if there is one.
    pub(crate) fn limit(self) -> Option<NonZeroU32> {
        match self {
            Self::AtMost(limit) => Some(limit),
            Self::Off => None,
        }
    }
}

impl FromStr for PerClient {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "off" {
            return Ok(Self::Off);
        }
        match text.parse::<NonZeroU32>() {
            Ok(count) if count.get() <= MAX_COUNT => Ok(Self::AtMost(count)),
            _ => Err(format!("write a number from 1 to {MAX_COUNT}, or \"off\" for no bound")),
        }
    }
}

/// The addresses of one `--trusted-proxy`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProxyNetwork(pub IpNet);

impl FromStr for ProxyNetwork {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let network = text.parse().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
        let network: IpNet = network.map_err(|_: AddrParseError| {
            "write an address or a network, such as 10.0.0.7, 10.0.0.0/8 or fd00::/8".to_owned()
        })?;
        if network.prefix_len() == 0 {
            return Err("it is every address, so anybody could claim to be a proxy: write the \
                        network of the proxies alone"
                .into());
        }
        Ok(Self(network))
    }
}
