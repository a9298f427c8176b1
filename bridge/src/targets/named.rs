//! Targets with a name, as `--target` gives them.
//!
//! A name allows exactly what it stands for, and only when it is asked for by that name: the bridge
//! may tell such a target who its client is, and nobody else can, unless `--allow` or another name
//! permits the same address.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use echo_core::wire::{self, ECHO_TARGET};

use super::TcpTarget;

/// The longest name, in characters.
const MAX_NAME: usize = 32;

/// A target with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedTarget {
    /// The name, which a client asks for.
    pub name: TargetName,
    /// What it stands for.
    pub address: TargetAddress,
    /// Whether the target is told who its client is, by a header of the PROXY protocol.
    pub proxy_protocol: Option<ProxyVersion>,
}

/// A target's name: lower-case letters, digits, `-`, `_` and `.`, a letter or digit first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TargetName(String);

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TargetAddress {
    /// A host and a port, over TCP, perhaps with TLS.
    Tcp(TcpTarget),
    /// A Unix socket at this path.
    Unix(PathBuf),
}

/// A version of the PROXY protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProxyVersion {
    /// Version 2, the binary one.
    V2,
}

impl FromStr for NamedTarget {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let Some((name, rest)) = text.split_once('=') else {
            return Err(format!(
                "{text:?} has no name: write NAME=host:port or NAME=unix:/path, as in \
                 vnc=localhost:5900"
            ));
        };
        let (address, options) = rest.split_once(',').map_or((rest, None), |(it, o)| (it, Some(o)));
        Ok(Self {
            name: name.parse()?,
            address: address.parse()?,
            proxy_protocol: options.map(proxy_version).transpose()?,
        })
    }
}

/// Parses what may follow the address.
fn proxy_version(options: &str) -> Result<ProxyVersion, String> {
    match options {
        "proxy-protocol=v2" => Ok(ProxyVersion::V2),
        _ => Err(format!(
            "{options:?} is not an option of a target: write proxy-protocol=v2, or nothing, \
             behind the address"
        )),
    }
}

impl FromStr for TargetName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_letter_or_digit = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        let is_name = text.starts_with(is_letter_or_digit)
            && text.chars().all(|c| is_letter_or_digit(c) || "-_.".contains(c))
            && text.len() <= MAX_NAME;
        if !is_name {
            return Err(format!(
                "{text:?} is not a target's name: write at most {MAX_NAME} lower-case letters, \
                 digits, \"-\", \"_\" and \".\", a letter or digit first"
            ));
        }
        if text == ECHO_TARGET {
            return Err(format!(
                "the name {ECHO_TARGET:?} is the echo server's: write another one, or say where \
                 the echo server is with --echo"
            ));
        }
        Ok(Self(text.to_owned()))
    }
}

impl Borrow<str> for TargetName {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TargetName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for TargetAddress {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some(path) = unix_path(text) {
            return path.map(Self::Unix);
        }
        let target: TcpTarget = text.parse()?;
        // Without the dot of the root, the host `unix.` would be printed as a path is.
        match unix_path(&target.to_string()) {
            None => Ok(Self::Tcp(target)),
            Some(_) => Err(format!(
                "{text:?} has a host that is called unix: write its IP address, or unix:/PATH for a \
                 Unix socket"
            )),
        }
    }
}

impl fmt::Display for TargetAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(target) => target.fmt(f),
            Self::Unix(path) => write!(f, "unix:{}", path.display()),
        }
    }
}

/// Parses the path of a Unix socket behind `unix:`, or returns `None` if the text does not begin so.
/// Like a URL's scheme (RFC 3986, section 3.1), `unix:` may be in capitals: `UNIX:7` is not the port
/// of a host, whose name would be printed in small letters and read as a path.
pub(crate) fn unix_path(text: &str) -> Option<Result<PathBuf, String>> {
    let (scheme, path) = text.split_once(':')?;
    scheme.eq_ignore_ascii_case("unix").then(|| socket_path(path))
}

/// Returns the path of a Unix socket.
///
/// # Errors
/// Returns a sentence that says what is wrong with it, also on systems that have no such sockets.
fn socket_path(text: &str) -> Result<PathBuf, String> {
    #[cfg(not(unix))]
    return Err(format!("unix:{text}: this system has no Unix sockets; write an address"));
    #[cfg(unix)]
    {
        let path = PathBuf::from(text);
        if !path.is_absolute() {
            return Err(format!(
                "{text:?} is not an absolute path: write it as unix:/run/name.sock"
            ));
        }
        if text.contains(char::is_whitespace) {
            return Err(format!("{text:?} has a space in it: write a path without one"));
        }
        match std::os::unix::net::SocketAddr::from_pathname(&path) {
            Ok(_) => Ok(path),
            Err(error) => {
                Err(format!("{text:?} cannot be a socket's path: {error}; write a shorter one"))
            }
        }
    }
}

/// The targets that have a name, each with another one.
#[derive(Clone, Debug, Default)]
pub struct NamedTargets(BTreeMap<TargetName, NamedTarget>);

impl NamedTargets {
    /// Collects targets.
    ///
    /// # Errors
    /// Returns the first name that two of them have.
    pub fn new(targets: impl IntoIterator<Item = NamedTarget>) -> Result<Self, TargetName> {
        let mut named = BTreeMap::new();
        for target in targets {
            if let Some(other) = named.insert(target.name.clone(), target) {
                return Err(other.name);
            }
        }
        Ok(Self(named))
    }

    /// Returns the target with this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&NamedTarget> {
        self.0.get(name)
    }

    /// Returns the targets as messages to clients have them, in the order of their names.
    pub fn to_wire(&self) -> impl Iterator<Item = wire::NamedTarget> {
        self.0.values().map(|NamedTarget { name, address, .. }| wire::NamedTarget {
            name: name.to_string(),
            address: address.to_string(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_has_a_name_an_address_and_perhaps_the_proxy_protocol() {
        for (text, name, address, proxy_protocol) in [
            ("vnc=localhost:5900", "vnc", "localhost:5900", None),
            ("pg-1.eu=DB.example.:5432", "pg-1.eu", "db.example:5432", None),
            ("6=[::1]:80,proxy-protocol=v2", "6", "[::1]:80", Some(ProxyVersion::V2)),
            ("web=tls://Shop.example:443", "web", "tls://shop.example:443", None),
        ] {
            let target: NamedTarget = text.parse().unwrap();
            assert_eq!(target.name.to_string(), name);
            assert_eq!(target.address.to_string(), address);
            assert_eq!(target.proxy_protocol, proxy_protocol);
        }
    }

    #[test]
    fn clients_are_told_of_all_targets_in_the_order_of_their_names() {
        let targets = ["vnc=localhost:5900", "db=tls://db.example:443"];
        let named = NamedTargets::new(targets.map(|text| text.parse().unwrap())).unwrap();
        let told: Vec<_> = named.to_wire().map(|target| (target.name, target.address)).collect();
        let expected = [("db", "tls://db.example:443"), ("vnc", "localhost:5900")];
        assert_eq!(told, expected.map(|(name, address)| (name.into(), address.into())));
    }

    #[cfg(unix)]
    #[test]
    fn a_target_may_be_a_unix_socket() {
        let target: NamedTarget = "pg=unix:/run/pg/.s.PGSQL.5432".parse().unwrap();
        assert_eq!(target.address, TargetAddress::Unix("/run/pg/.s.PGSQL.5432".into()));
        assert_eq!(target.address.to_string(), "unix:/run/pg/.s.PGSQL.5432");
    }

    #[test]
    fn a_target_that_is_none_is_refused_with_what_is_wrong_and_what_to_write() {
        for (text, part, advice) in [
            ("localhost:5900", "\"localhost:5900\"", "NAME=host:port"),
            ("=localhost:5900", "\"\"", "a letter or digit first"),
            ("Vnc=localhost:5900", "\"Vnc\"", "lower-case"),
            ("lab/upper=localhost:1", "\"lab/upper\"", "lower-case"),
            ("lab:upper=localhost:1", "\"lab:upper\"", "lower-case"),
            ("-v=localhost:1", "\"-v\"", "a letter or digit first"),
            ("echo=localhost:1", "\"echo\"", "--echo"),
            ("a=localhost", "\"localhost\"", "host:port"),
            ("a=", "\"\"", "host:port"),
            ("a=localhost:0", "\"0\"", "from 1 to 65535"),
            ("a=tls://localhost", "\"localhost\"", "host:port"),
            ("a=tls://unix:/run/a.sock", "\"/run/a.sock\"", "from 1 to 65535"),
            ("a=localhost:1,proxy-protocol=v1", "proxy-protocol=v1", "proxy-protocol=v2"),
            ("a=localhost:1,", "\"\"", "proxy-protocol=v2"),
            #[cfg(unix)]
            ("a=unix:relative.sock", "\"relative.sock\"", "unix:/run/name.sock"),
            #[cfg(unix)]
            ("a=unix:", "\"\"", "unix:/run/name.sock"),
            #[cfg(unix)]
            ("a=UniX:7", "\"7\"", "unix:/run/name.sock"),
            ("a=unix.:7", "\"unix.:7\"", "write its IP address"),
            #[cfg(unix)]
            ("a=unix:/run/a b", "\"/run/a b\"", "without one"),
        ] {
            let error = text.parse::<NamedTarget>().unwrap_err();
            assert!(error.contains(part) && error.contains(advice), "{text}: {error}");
        }
        let long = format!("{}=localhost:1", "a".repeat(MAX_NAME + 1));
        assert!(long.parse::<NamedTarget>().is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_path_that_the_system_cannot_take_is_refused() {
        let error = format!("a=unix:/{}", "x".repeat(200)).parse::<NamedTarget>().unwrap_err();
        assert!(error.contains("write a shorter one"), "{error}");
    }

    #[test]
    fn no_two_targets_have_one_name() {
        let target = |text: &str| text.parse::<NamedTarget>().unwrap();
        let twice = [target("a=localhost:1"), target("b=localhost:2"), target("a=localhost:3")];
        assert_eq!(NamedTargets::new(twice.clone()).unwrap_err().to_string(), "a");
        let targets = NamedTargets::new(twice.into_iter().take(2)).unwrap();
        assert!(targets.get("b").is_some() && targets.get("c").is_none());
    }
}
