//! Files of certificates in PEM (RFC 7468).

use std::path::Path;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;

/// Reads the certificates of a file, of which there is at least one.
///
/// # Errors
/// Returns a sentence that says what is wrong with the file, which it does not name.
pub(super) fn pem_certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let certificates = CertificateDer::pem_file_iter(path)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| format!("cannot read certificates in PEM from it: {error}"))?;
    if certificates.is_empty() {
        return Err("it has no certificate in PEM (-----BEGIN CERTIFICATE-----)".into());
    }
    Ok(certificates)
}
