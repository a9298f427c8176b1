//! The origin of a page, as a browser sends it and as `--origin` gives it.

use std::fmt;
use std::str::FromStr;

use axum::http::uri::Authority;

use super::authority;

/// An origin of the web: scheme, host and port (RFC 6454, section 4).
///
/// Besides `http` and `https` any scheme with a host will do, as browser extensions
/// (`moz-extension://ID`) and shells of apps (`tauri://localhost`) have one. Only `http` and
/// `https` have a default port; the others have none unless it is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    scheme: String,
    host: String,
    port: Option<u16>,
}

impl Origin {
    /// Returns whether this is the origin of a page that is served under `host`, over HTTP or, by a
    /// proxy in between, HTTPS.
    pub(super) fn is_served_under(&self, host: &Authority) -> bool {
        default_port(&self.scheme).is_some() && *self == Self::of(&self.scheme, host)
    }

    /// Returns whether `text` stands for an origin that its page shares with any number of others:
    /// that of files and sandboxed frames (RFC 6454, section 7.3).
    pub(super) fn is_opaque(text: &str) -> bool {
        text == "null" || text.starts_with("file:")
    }

    fn of(scheme: &str, authority: &Authority) -> Self {
        Self {
            scheme: scheme.to_owned(),
            host: authority.host().to_ascii_lowercase(),
            port: authority.port_u16().or_else(|| default_port(scheme)),
        }
    }
}

impl FromStr for Origin {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if Self::is_opaque(text) {
            return Err("files and sandboxed frames have no origin of their own: serve the page \
                        over HTTP, and give the origin that it has then"
                .into());
        }
        let Some((scheme, rest)) = text.split_once("://") else {
            return Err("write it as scheme://host:port, such as http://localhost:8081".into());
        };
        let scheme = scheme.to_ascii_lowercase();
        if !is_scheme(&scheme) {
            return Err(format!("{scheme:?} is not a scheme: write http, for instance"));
        }
        if let "ws" | "wss" = scheme.as_str() {
            return Err(
                "give the origin of the page, not the address of the WebSocket: it begins \
                        with http:// or https://"
                    .into(),
            );
        }
        if let Some((authority, _)) = rest.split_once(['/', '?', '#']) {
            return Err(format!("an origin ends before the path: write {scheme}://{authority}"));
        }
        if let Some((_, authority)) = rest.rsplit_once('@') {
            return Err(format!("an origin names no user: write {scheme}://{authority}"));
        }
        if rest.contains('*') {
            return Err("an origin has no wildcard: give each one, with --origin again".into());
        }
        match authority(rest) {
            Some(authority) => Ok(Self::of(&scheme, &authority)),
            None => Err(format!("{rest:?} is not a host, or host:port, in ASCII")),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { scheme, host, port } = self;
        match port {
            Some(port) if Some(*port) != default_port(scheme) => {
                write!(f, "{scheme}://{host}:{port}")
            }
            _ => write!(f, "{scheme}://{host}"),
        }
    }
}

fn default_port(scheme: &str) -> Option<u16> {
    match scheme {
        "http" => Some(80),
        "https" => Some(443),
        _ => None,
    }
}

/// RFC 3986, section 3.1, of a text in lower case.
fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "+-.".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_read_and_written_as_a_browser_sends_it() {
        for (text, origin) in [
            ("http://localhost:8081", "http://localhost:8081"),
            ("https://A.example:443", "https://a.example"),
            ("http://[::1]:80", "http://[::1]"),
            ("moz-extension://1b2c-3d", "moz-extension://1b2c-3d"),
            ("chrome-extension://abcdefghijklmnop", "chrome-extension://abcdefghijklmnop"),
            ("safari-web-extension://A1B2", "safari-web-extension://a1b2"),
            ("tauri://localhost", "tauri://localhost"),
            ("capacitor://localhost", "capacitor://localhost"),
            ("ionic://localhost:80", "ionic://localhost:80"),
        ] {
            let parsed: Origin = text.parse().unwrap();
            assert_eq!(parsed.to_string(), origin);
            assert_eq!(origin.parse(), Ok(parsed), "{origin}");
        }
    }

    #[test]
    fn what_is_no_origin_is_refused_with_what_to_write() {
        for (text, part) in [
            ("", "scheme://host:port"),
            ("localhost:8081", "scheme://host:port"),
            ("null", "over HTTP"),
            ("file://", "over HTTP"),
            ("file:///home/index.html", "over HTTP"),
            ("1http://a.example", "\"1http\""),
            ("ws://localhost:8080", "http://"),
            ("http://a.example/", "write http://a.example"),
            ("http://a.example:81/page?x#y", "write http://a.example:81"),
            ("http://user:secret@a.example", "write http://a.example"),
            ("https://*.a.example", "wildcard"),
            ("http://", "\"\""),
            ("http://:80", "\":80\""),
            ("http://a.example:80800", "\"a.example:80800\""),
            ("http://a b", "\"a b\""),
            ("http://$(reboot)", "\"$(reboot)\""),
            ("http://bücher.example", "ASCII"),
        ] {
            let error = text.parse::<Origin>().unwrap_err();
            assert!(error.contains(part), "{text}: {error}");
        }
    }
}
