//! What a certificate says, as text.

use std::fmt::Write as _;
use std::net::IpAddr;

use echo_core::payload::printable;
use echo_core::wire::Certificate;
use rustls::pki_types::CertificateDer;
use sha2::{Digest as _, Sha256};
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::GeneralName;
use x509_parser::objects::{oid_registry, oid2abbrev};
use x509_parser::oid_registry::{
    OID_EC_P256, OID_NIST_EC_P384, OID_NIST_EC_P521, OID_SIG_ED448, OID_SIG_ED25519,
};
use x509_parser::prelude::FromDer as _;
use x509_parser::public_key::PublicKey;
use x509_parser::x509::{AttributeTypeAndValue, SubjectPublicKeyInfo, X509Name};

use super::key_log::Hex;

/// The most certificates of a chain that are told.
const MAX_CERTIFICATES: usize = 10;
/// The most names of a certificate that are told.
const MAX_NAMES: usize = 100;
/// The longest text of a certificate, in bytes.
const MAX_TEXT: usize = 512;

/// Returns what the certificates of a chain say, the server's own first.
pub(super) fn describe_chain(chain: &[CertificateDer<'_>]) -> Vec<Certificate> {
    chain.iter().take(MAX_CERTIFICATES).map(|der| describe(der)).collect()
}

/// Returns what a certificate says. Of one that cannot be read, only the SHA-256 is told.
pub(super) fn describe(der: &[u8]) -> Certificate {
    let sha256 = Hex(&Sha256::digest(der)).to_string();
    let Ok((_, certificate)) = X509Certificate::from_der(der) else {
        let (subject, issuer, key) = (String::new(), String::new(), String::new());
        let names = Vec::new();
        return Certificate { subject, issuer, names, not_before: 0, not_after: 0, key, sha256 };
    };
    Certificate {
        subject: distinguished_name(certificate.subject()),
        issuer: distinguished_name(certificate.issuer()),
        names: names(&certificate),
        not_before: certificate.validity().not_before.timestamp(),
        not_after: certificate.validity().not_after.timestamp(),
        key: key(certificate.public_key()),
        sha256,
    }
}

/// Returns whether a certificate says that it is one of an authority.
pub(super) fn is_authority(der: &[u8]) -> bool {
    X509Certificate::from_der(der).is_ok_and(|(_, certificate)| certificate.is_ca())
}

/// Returns the DNS names and IP addresses for which a certificate is valid.
fn names(certificate: &X509Certificate<'_>) -> Vec<String> {
    let Ok(Some(names)) = certificate.subject_alternative_name() else { return Vec::new() };
    let told = names.value.general_names.iter().filter_map(|name| match name {
        GeneralName::DNSName(name) => Some(text(name)),
        GeneralName::IPAddress(address) => ip_address(address).map(|ip| ip.to_string()),
        _ => None,
    });
    told.take(MAX_NAMES).collect()
}

fn ip_address(bytes: &[u8]) -> Option<IpAddr> {
    let v4 = |bytes: &[u8]| <[u8; 4]>::try_from(bytes).map(IpAddr::from);
    v4(bytes).or_else(|_| <[u8; 16]>::try_from(bytes).map(IpAddr::from)).ok()
}

/// Returns a distinguished name as text (RFC 4514): the most specific part first.
fn distinguished_name(name: &X509Name<'_>) -> String {
    let mut parts: Vec<String> = Vec::new();
    for part in name.iter_rdn() {
        let attributes: Vec<_> = part.iter().map(attribute).collect();
        parts.push(attributes.join("+"));
    }
    parts.reverse();
    text(&parts.join(","))
}

fn attribute(attribute: &AttributeTypeAndValue<'_>) -> String {
    let kind = attribute.attr_type();
    let name = oid2abbrev(kind, oid_registry()).map_or_else(|_| kind.to_id_string(), str::to_owned);
    let value = match attribute.as_str() {
        Ok(value) => escaped(value),
        Err(_) => format!("#{}", Hex(attribute.as_slice())),
    };
    format!("{name}={value}")
}

/// Escapes what has a meaning in a distinguished name (RFC 4514, section 2.4).
fn escaped(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    let last = value.chars().count().saturating_sub(1);
    for (index, c) in value.chars().enumerate() {
        let is_special = "\"+,;<>\\".contains(c)
            || (index == 0 && (c == ' ' || c == '#'))
            || (index == last && c == ' ');
        if is_special {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Returns the kind of a public key.
fn key(key: &SubjectPublicKeyInfo<'_>) -> String {
    let algorithm = &key.algorithm.algorithm;
    match key.parsed() {
        Ok(PublicKey::RSA(rsa)) => format!("RSA {}", bits(rsa.modulus)),
        Ok(PublicKey::EC(point)) => {
            let curve = key.algorithm.parameters.as_ref().and_then(|curve| curve.as_oid().ok());
            match curve {
                Some(curve) if curve == OID_EC_P256 => "ECDSA P-256".into(),
                Some(curve) if curve == OID_NIST_EC_P384 => "ECDSA P-384".into(),
                Some(curve) if curve == OID_NIST_EC_P521 => "ECDSA P-521".into(),
                _ => format!("ECDSA {}", point.key_size()),
            }
        }
        _ if *algorithm == OID_SIG_ED25519 => "Ed25519".into(),
        _ if *algorithm == OID_SIG_ED448 => "Ed448".into(),
        _ => text(&algorithm.to_id_string()),
    }
}

/// Returns how many bits a number has, which is not negative.
fn bits(number: &[u8]) -> usize {
    let zeroes = number.iter().take_while(|byte| **byte == 0).count();
    let first = number.get(zeroes).map_or(0, |first| first.leading_zeros() as usize);
    (number.len() - zeroes) * 8 - first
}

/// Returns one line of at most [`MAX_TEXT`] bytes.
fn text(value: &str) -> String {
    const MORE: &str = "…";
    let mut text = printable(value.as_bytes());
    if text.len() > MAX_TEXT {
        text.truncate(text.floor_char_boundary(MAX_TEXT - MORE.len()));
        let _ = write!(text, "{MORE}");
    }
    text
}
