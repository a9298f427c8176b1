//! The certificates of a TLS server, and what is shown of the connection that they secure.

use std::rc::Rc;

use echo_core::wire::{Certificate, Kind, LAB_PREFIX, TlsSession};

use crate::format;
use crate::terminal_command::TcpTarget;

/// The most bytes that are recorded of a server's certificates, about as they are written.
const MAX_CHAIN_BYTES: usize = 8 * 1024;
/// The longest text of a certificate that is recorded, in characters.
const MAX_TEXT: usize = 200;
/// About how many bytes a certificate takes without its texts.
const CERTIFICATE_BYTES: usize = 128;

/// What is shown of a TLS connection.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// Whom the server was to be: the host of the target.
    pub host: String,
    /// What is known of the connection.
    pub session: Rc<TlsSession>,
    /// When it was made, in seconds since 1970 (UTC).
    pub at: i64,
    /// Whether the certificates are shown.
    pub is_open: bool,
}

impl View {
    /// Creates the view of a connection to `target`, which was made `at_ms` milliseconds after 1970.
    #[must_use]
    pub fn new(target: &str, session: &Rc<TlsSession>, at_ms: f64, is_open: bool) -> Self {
        #[allow(clippy::cast_possible_truncation, reason = "`as` saturates")]
        let at = (at_ms / 1_000.0) as i64;
        let host = match TcpTarget::of(target) {
            Some(it) => it.host,
            // The bridge asks the lab's servers for a certificate of its own machine.
            None if target.starts_with(LAB_PREFIX) => "localhost",
            None => target,
        };
        Self { host: host.to_owned(), session: Rc::clone(session), at, is_open }
    }

    /// Returns the version of the protocol, as its RFC names it: `TLS 1.3`.
    #[must_use]
    pub fn version(&self) -> String {
        self.session.version.replace("TLSv", "TLS ")
    }

    /// Returns the server's own certificate, if it sent any.
    #[must_use]
    pub fn certificate(&self) -> Option<&Certificate> {
        self.session.chain.first()
    }

    /// Returns what is wrong with the certificate at `index` of the chain, if anything is: with the
    /// server's own one what the bridge said, and with any whose time it is not.
    #[must_use]
    pub fn problem(&self, index: usize) -> Option<Kind> {
        if index == 0
            && let Some(problem) = self.session.problem
        {
            return Some(problem);
        }
        let certificate = self.session.chain.get(index)?;
        match self.at {
            at if at < certificate.not_before => Some(Kind::NotYetValid),
            at if at > certificate.not_after => Some(Kind::Expired),
            _ => None,
        }
    }

    /// Returns how much of the time for which a certificate is valid had passed, in percent: below 0
    /// if it was not valid yet, above 100 if it had expired, and 0 if it is valid for no time at all.
    #[must_use]
    pub fn elapsed(&self, certificate: &Certificate) -> i64 {
        let length = i128::from(certificate.not_after) - i128::from(certificate.not_before);
        let passed = i128::from(self.at) - i128::from(certificate.not_before);
        match passed {
            _ if length <= 0 => 0,
            // The percentage of less than 1 % would be rounded to the nearest end of the bar.
            ..0 => -1,
            _ if passed > length => 101,
            _ => i64::try_from(passed * 100 / length).unwrap_or_default(),
        }
    }
}

/// Returns the name in a distinguished name (RFC 4514) by which people know whom it means: its
/// common name, or else its organization, or else all of it.
#[must_use]
pub fn name(distinguished: &str) -> &str {
    let value = |key: &str| {
        let found = parts(distinguished).find_map(|part| part.trim_start().strip_prefix(key))?;
        (!found.is_empty()).then_some(found)
    };
    value("CN=").or_else(|| value("O=")).unwrap_or(distinguished)
}

/// Splits a distinguished name at those commas that are not escaped.
fn parts(distinguished: &str) -> impl Iterator<Item = &str> {
    let mut is_escaped = false;
    distinguished.split(move |c: char| {
        let is_end = matches!(c, ',' | '+') && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        is_end
    })
}

/// Returns the beginning of a server's chain of certificates, with a bound for what is recorded.
#[must_use]
pub fn bounded(chain: &[Certificate]) -> Vec<Certificate> {
    let mut room = MAX_CHAIN_BYTES;
    let mut kept = Vec::new();
    for certificate in chain.iter().map(|certificate| bounded_one(certificate, MAX_CHAIN_BYTES / 2))
    {
        let Some(rest) = room.checked_sub(size(std::slice::from_ref(&certificate))) else { break };
        room = rest;
        kept.push(certificate);
    }
    kept
}

/// Returns a certificate whose names take at most `room` bytes.
fn bounded_one(certificate: &Certificate, mut room: usize) -> Certificate {
    let text = |text: &str| format::shortened(text.to_owned(), MAX_TEXT);
    let fits = |name: &String| {
        let rest = room.checked_sub(name.len());
        room = rest.unwrap_or(0);
        rest.is_some()
    };
    let names = certificate.names.iter().map(|name| text(name)).take_while(fits).collect();
    Certificate {
        subject: text(&certificate.subject),
        issuer: text(&certificate.issuer),
        names,
        key: text(&certificate.key),
        sha256: text(&certificate.sha256),
        ..*certificate
    }
}

/// Returns about how many bytes a chain of certificates takes.
#[must_use]
pub fn size(chain: &[Certificate]) -> usize {
    let one = |certificate: &Certificate| {
        let Certificate { subject, issuer, key, sha256, names, .. } = certificate;
        let names: usize = names.iter().map(String::len).sum();
        CERTIFICATE_BYTES + names + subject.len() + issuer.len() + key.len() + sha256.len()
    };
    chain.iter().map(one).sum()
}

/// Returns what the bridge reports of a connection over TLS 1.3 to a server with these certificates,
/// whose problem is this one.
#[cfg(test)]
pub(crate) fn session(problem: Option<Kind>, chain: Vec<Certificate>) -> TlsSession {
    TlsSession {
        version: "TLSv1.3".into(),
        cipher: "TLS_AES_128_GCM_SHA256".into(),
        alpn: None,
        handshake_us: 1_900,
        verified: problem.is_none(),
        problem,
        chain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 86_400;

    fn certificate(subject: &str, names: &[&str]) -> Certificate {
        Certificate {
            subject: subject.into(),
            issuer: "CN=Test CA,O=Tests".into(),
            names: names.iter().map(|&name| name.to_owned()).collect(),
            not_before: 10 * DAY,
            not_after: 20 * DAY,
            key: "ECDSA P-256".into(),
            sha256: "ab".repeat(32),
        }
    }

    fn view(days: i64, problem: Option<Kind>) -> View {
        view_at(days * DAY, problem)
    }

    fn view_at(at: i64, problem: Option<Kind>) -> View {
        let chain = vec![certificate("CN=localhost", &["localhost"]), certificate("CN=CA", &[])];
        #[allow(clippy::cast_precision_loss, reason = "a few days")]
        let at_ms = at as f64 * 1_000.0;
        View::new("tls://localhost:8443", &Rc::new(session(problem, chain)), at_ms, false)
    }

    #[test]
    fn a_name_is_the_part_by_which_people_know_whom_it_means() {
        for (distinguished, known) in [
            ("CN=localhost", "localhost"),
            ("C=DE,O=Tests,CN=Test CA", "Test CA"),
            ("C=DE, O=Tests\\, Inc., OU=Unit", "Tests\\, Inc."),
            ("OU=Unit", "OU=Unit"),
            ("O=CN\\,CN=1", "CN\\,CN=1"),
            ("", ""),
        ] {
            assert_eq!(name(distinguished), known, "{distinguished}");
        }
    }

    #[test]
    fn the_host_of_the_target_and_the_version_are_told() {
        let view = view(15, None);
        assert_eq!((view.host.as_str(), view.version().as_str()), ("localhost", "TLS 1.3"));
        assert_eq!(view.at, 15 * DAY);
    }

    #[test]
    fn what_the_bridge_found_wrong_is_told_of_the_servers_own_certificate() {
        let wrong = view(15, Some(Kind::WrongName));
        assert_eq!(
            (wrong.problem(0), wrong.problem(1), wrong.problem(2)),
            (Some(Kind::WrongName), None, None)
        );
        let late = view(25, Some(Kind::Expired));
        assert_eq!((late.problem(0), late.problem(1)), (Some(Kind::Expired), Some(Kind::Expired)));
        assert_eq!(view(5, None).problem(1), Some(Kind::NotYetValid));
    }

    #[test]
    fn the_time_of_the_connection_is_a_part_of_the_time_for_which_a_certificate_is_valid() {
        for (days, elapsed) in [(5, -1), (10, 0), (15, 50), (20, 100), (900, 101)] {
            let view = view(days, None);
            assert_eq!(view.elapsed(&view.session.chain[0]), elapsed, "{days}");
        }
        // A second is less than a hundredth of that time.
        for (at, elapsed) in [
            (10 * DAY - 1, -1),
            (10 * DAY + 1, 0),
            (20 * DAY - 1, 99),
            (20 * DAY, 100),
            (20 * DAY + 1, 101),
        ] {
            let view = view_at(at, None);
            assert_eq!(view.elapsed(&view.session.chain[0]), elapsed, "{at}");
        }
        let mut instant = certificate("CN=x", &[]);
        instant.not_after = instant.not_before;
        assert_eq!(view(15, None).elapsed(&instant), 0);
    }

    #[test]
    fn what_is_recorded_of_a_chain_is_bounded_and_the_beginning_is_kept() {
        let names: Vec<_> = (0..10_000).map(|number| format!("{number}.example")).collect();
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        let long = certificate(&"好".repeat(10_000), &names);
        let chain = bounded(&vec![long; 50]);
        assert!(!chain.is_empty() && size(&chain) <= MAX_CHAIN_BYTES);
        assert_eq!(chain[0].names[..2], ["0.example", "1.example"]);
        let short = vec![certificate("CN=localhost", &["localhost"]); 3];
        assert_eq!(bounded(&short), short);
    }
}
