//! The certificates of a TLS server, and what is shown of the handshake in which it sent them.

use echo_core::wire::{BridgeMessage, Certificate, Failure, Kind, LAB_PREFIX, TlsSession};

use crate::cause::Cause;
use crate::format;
use crate::terminal_command::TcpTarget;

/// The most bytes that are recorded of a server's certificates, about as they are written.
const MAX_CHAIN_BYTES: usize = 8 * 1024;
/// The longest text of a certificate that is recorded, in characters.
const MAX_TEXT: usize = 200;
/// About how many bytes a certificate takes without its texts.
const CERTIFICATE_BYTES: usize = 128;

/// What came of a TLS handshake.
#[derive(Clone, Debug, PartialEq)]
pub enum Handshake {
    /// The connection is encrypted.
    Done(TlsSession),
    /// It failed, after the server had sent certificates.
    Failed(Failure),
}

impl Handshake {
    /// Returns what a message of the bridge tells of the handshake.
    #[must_use]
    pub fn of(message: &BridgeMessage) -> Option<Self> {
        match message {
            BridgeMessage::Secured(session) => Some(Self::Done(session.clone())),
            BridgeMessage::Failed(failure) if !failure.chain.is_empty() => {
                Some(Self::Failed(failure.clone()))
            }
            _ => None,
        }
    }

    /// Returns the certificates that the server sent, its own first.
    #[must_use]
    pub fn chain(&self) -> &[Certificate] {
        match self {
            Self::Done(session) => &session.chain,
            Self::Failed(failure) => &failure.chain,
        }
    }

    /// Returns what the bridge found wrong with the certificates.
    fn problem(&self) -> Option<Kind> {
        match self {
            Self::Done(session) => session.problem,
            // A handshake may fail although nothing is wrong with them.
            Self::Failed(failure) => {
                let is_theirs = Cause::Failed(failure.stage, failure.kind).is_unverified();
                is_theirs.then_some(failure.kind)
            }
        }
    }
}

/// What is shown of a TLS connection, or of a handshake that failed.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// Whom the server was to be: the host of the target.
    pub host: String,
    /// What is known of the handshake.
    pub handshake: Handshake,
    /// When it was made, in seconds since 1970 (UTC).
    pub at: i64,
    /// Whether the certificates are shown.
    pub is_open: bool,
}

impl View {
    /// Creates the view of a connection to `target`, which was made `at_ms` milliseconds after 1970.
    #[must_use]
    pub fn new(target: &str, handshake: Handshake, at_ms: f64, is_open: bool) -> Self {
        #[allow(clippy::cast_possible_truncation, reason = "`as` saturates")]
        let at = (at_ms / 1_000.0) as i64;
        let host = match TcpTarget::of(target) {
            Some(it) => it.host,
            // The bridge asks the lab's servers for a certificate of its own machine.
            None if target.starts_with(LAB_PREFIX) => "localhost",
            None => target,
        };
        Self { host: host.to_owned(), handshake, at, is_open }
    }

    /// Returns the server's own certificate, if it sent any.
    #[must_use]
    pub fn certificate(&self) -> Option<&Certificate> {
        self.handshake.chain().first()
    }

    /// Returns what is wrong with the certificate at `index` of the chain, if anything is: with the
    /// [`culprit`](Self::culprit) what the bridge said, and with any whose time it is not.
    #[must_use]
    pub fn problem(&self, index: usize) -> Option<Kind> {
        let told = self.handshake.problem().filter(|_| index == self.culprit());
        told.or_else(|| self.untimely(self.handshake.chain().get(index)?))
    }

    /// Returns the place in the chain of the certificate with which something is wrong. The bridge
    /// says what it is, and not with which one.
    #[must_use]
    pub fn culprit(&self) -> usize {
        let chain = self.handshake.chain();
        match self.handshake.problem() {
            Some(kind @ (Kind::Expired | Kind::NotYetValid)) => {
                chain.iter().position(|it| self.untimely(it) == Some(kind)).unwrap_or(0)
            }
            // The next certificate is the issuer's, up to the one whose issuer is not known.
            Some(Kind::UnknownIssuer) => {
                let is_issued = |pair: &&[Certificate]| {
                    pair[0].issuer == pair[1].subject && pair[0].issuer != pair[0].subject
                };
                chain.windows(2).take_while(is_issued).count()
            }
            _ => 0,
        }
    }

    /// Returns whether a certificate was not valid yet, or no longer.
    fn untimely(&self, certificate: &Certificate) -> Option<Kind> {
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

/// Returns the version of the protocol, as its RFC names it: `TLS 1.3`.
#[must_use]
pub fn version(session: &TlsSession) -> String {
    session.version.replace("TLSv", "TLS ")
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
mod tests;
