//! The failures of TLS, by names that a user can act on.

use std::fmt::{self, Write as _};
use std::io::{self, ErrorKind};
use std::time::{Duration, SystemTime};

use echo_core::payload::printable;
use echo_core::wire::{Failure, Kind, Stage};
use rustls::{AlertDescription, CertificateError, Error, HandshakeType};

use super::certificate::describe;
use super::verify::Verifier;

/// The most names of a certificate in a message.
const MAX_NAMES: usize = 5;
/// The first of the two bytes of a record's version, in every version of TLS (RFC 8446, section
/// 5.1).
const RECORD_VERSION: u8 = 3;
/// The types of TLS's records (RFC 8446, appendix B.1).
const RECORD_TYPES: std::ops::RangeInclusive<u8> = 20..=24;

/// Returns the failure of a handshake: `first` are the first bytes that the server sent.
pub(super) fn of_handshake(error: &io::Error, first: &[u8], verifier: &Verifier) -> Failure {
    if !is_tls(first) {
        let said = printable(first);
        return failure(Kind::NotTls, format_args!("the server speaks no TLS: it said `{said}`"));
    }
    match (rustls_error(error), error.kind()) {
        (Some(error), _) => of_tls(error, verifier),
        (None, ErrorKind::UnexpectedEof) if first.is_empty() => failure(
            Kind::Handshake,
            "the server ended the connection when the handshake began; it may speak no TLS",
        ),
        (None, ErrorKind::UnexpectedEof) => {
            failure(Kind::Handshake, "the server ended the connection during the handshake")
        }
        (None, _) => failure(Kind::Handshake, error),
    }
}

/// Returns the failure of a handshake that took too long.
pub(super) fn timeout(limit: Duration) -> Failure {
    let message =
        format!("the server did not finish the handshake within {:.1} s", limit.as_secs_f32());
    failure(Kind::Timeout, message)
}

/// Returns the failure of a handshake with a host whose name TLS cannot ask for.
pub(super) fn no_server_name(host: impl fmt::Display) -> Failure {
    failure(Kind::Malformed, format_args!("{host} is no name of a server in TLS"))
}

/// Returns the failure of a configuration, which is the bridge's own fault.
pub(super) fn internal(error: &Error) -> Failure {
    failure(Kind::Internal, error)
}

/// Returns what is wrong with a server that was not verified, as far as there is a kind for it.
pub(super) fn kind_of(error: &Error) -> Kind {
    use CertificateError as Certificate;
    let Error::InvalidCertificate(error) = error else { return Kind::Handshake };
    match error {
        Certificate::Expired | Certificate::ExpiredContext { .. } => Kind::Expired,
        Certificate::NotValidYet | Certificate::NotValidYetContext { .. } => Kind::NotYetValid,
        Certificate::NotValidForName | Certificate::NotValidForNameContext { .. } => {
            Kind::WrongName
        }
        problem if is_of_issuer(problem) => Kind::UnknownIssuer,
        _ => Kind::Handshake,
    }
}

/// Returns what a user can do about a failure of this kind in the stage `tls`.
#[must_use]
pub fn next_step(kind: Kind) -> &'static str {
    match kind {
        Kind::UnknownIssuer => {
            "Trust its issuer with --tls-ca FILE, a file of certificates in PEM."
        }
        Kind::Expired => "Have the server's certificate renewed.",
        Kind::NotYetValid => "Check the clocks of this machine and of the server's.",
        Kind::WrongName => "Ask for one of the names of the certificate, or have it name this one.",
        Kind::NotTls => "Leave tls:// out: the server may speak plain TCP.",
        Kind::Timeout => "Check that the server speaks TLS at this port.",
        _ => "Check the server's versions and ciphers, and whether it asks for a certificate.",
    }
}

/// Returns a time, in seconds since 1970, as text in UTC.
#[must_use]
pub fn at(seconds: i64) -> String {
    u64::try_from(seconds).map_or_else(|_| "before 1970".into(), |seconds| At(seconds).to_string())
}

/// Returns an error of a read with a message that says what happened.
pub(super) fn of_read(error: io::Error) -> io::Error {
    match rustls_error(&error) {
        Some(tls) => io::Error::new(ErrorKind::InvalidData, sentence(tls)),
        None if error.kind() == ErrorKind::UnexpectedEof => {
            io::Error::new(ErrorKind::UnexpectedEof, "the end came without close_notify")
        }
        None => error,
    }
}

fn of_tls(error: &Error, verifier: &Verifier) -> Failure {
    match error {
        Error::InvalidCertificate(problem) => {
            failure(kind_of(error), of_certificate(problem, verifier))
        }
        Error::InappropriateHandshakeMessage { got_type: HandshakeType::ClientHello, .. } => {
            failure(Kind::NotTls, "the server sends back what it gets: it speaks no TLS")
        }
        error => failure(Kind::Handshake, sentence(error)),
    }
}

/// Says what is wrong with the server's certificate.
fn of_certificate(problem: &CertificateError, verifier: &Verifier) -> String {
    use CertificateError as Certificate;
    let chain = verifier.shown().chain;
    let own = describe(chain.first().map(AsRef::as_ref).unwrap_or_default());
    match problem {
        Certificate::ExpiredContext { not_after, .. } => {
            format!("a certificate of the server was valid until {}", At(not_after.as_secs()))
        }
        Certificate::NotValidYetContext { not_before, .. } => {
            format!("a certificate of the server is valid from {}", At(not_before.as_secs()))
        }
        Certificate::NotValidForNameContext { expected, .. } => {
            format!("the certificate is for {}, not for {}", list(&own.names), expected.to_str())
        }
        problem if is_of_issuer(problem) => {
            let mut message = if own.issuer == own.subject {
                format!("the certificate is self-signed: {}", own.subject)
            } else {
                format!(
                    "nobody who is trusted issued the certificate; its issuer is {}",
                    own.issuer
                )
            };
            if verifier.trusts_nobody() {
                message += " (this machine's trust store is empty)";
            }
            message
        }
        problem => format!("the certificate cannot be used: {problem}"),
    }
}

/// Returns whether nobody who is trusted issued a certificate: its issuer is not known, or has only
/// the name of one who is, and another key.
fn is_of_issuer(problem: &CertificateError) -> bool {
    matches!(
        problem,
        CertificateError::UnknownIssuer
            | CertificateError::BadSignature
            | CertificateError::UnsupportedSignatureAlgorithmForPublicKeyContext { .. }
    )
}

fn sentence(error: &Error) -> String {
    match error {
        Error::AlertReceived(alert) => format!("the server sent the alert {}", Alert(*alert)),
        Error::PeerIncompatible(why) => format!("server and bridge have no TLS in common: {why:?}"),
        error => error.to_string(),
    }
}

fn list(names: &[String]) -> String {
    let told = names.iter().take(MAX_NAMES).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len() {
        0 => "no name".into(),
        count if count > MAX_NAMES => format!("{told} and {} others", count - MAX_NAMES),
        _ => told,
    }
}

/// An alert by its name in RFC 8446, section 6, and its number.
struct Alert(AlertDescription);

impl fmt::Display for Alert {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = u8::from(self.0);
        let Some(name) = self.0.as_str() else { return write!(f, "{number}") };
        let mut was_lower = false;
        for c in name.chars() {
            if was_lower && c.is_ascii_uppercase() {
                f.write_char('_')?;
            }
            was_lower = !c.is_ascii_uppercase();
            f.write_char(c.to_ascii_lowercase())?;
        }
        write!(f, " ({number})")
    }
}

/// A time, in seconds since 1970, as text in UTC.
struct At(u64);

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(self.0));
        match time {
            Some(time) => humantime::format_rfc3339_seconds(time).fmt(f),
            None => f.write_str("a time that no clock has"),
        }
    }
}

/// Returns whether a server that began so may speak TLS.
fn is_tls(first: &[u8]) -> bool {
    first.first().is_none_or(|kind| RECORD_TYPES.contains(kind))
        && first.get(1).is_none_or(|version| *version == RECORD_VERSION)
}

fn rustls_error(error: &io::Error) -> Option<&Error> {
    error.get_ref()?.downcast_ref()
}

fn failure(kind: Kind, message: impl fmt::Display) -> Failure {
    Failure::new(Stage::Tls, kind, message.to_string())
}
