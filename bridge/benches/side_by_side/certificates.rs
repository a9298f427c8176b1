//! Certificates for `--tls`: what HAProxy and the bridge serve with, and what their clients trust.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::client::Resumption;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use tokio_rustls::TlsConnector;

/// Whom the certificates are for: every candidate is at this address.
const HOST: &str = "127.0.0.1";
/// The file in [`folder`] with the certificate and its key, both of which HAProxy wants in one.
pub(crate) const CERTIFICATE_AND_KEY: &str = "both.pem";

/// Where the files are, which each run writes anew.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("side_by_side")
}

/// The certificate that candidates serve with.
pub(crate) fn certificate() -> PathBuf {
    folder().join("certificate.pem")
}

/// The key of that certificate.
pub(crate) fn key() -> PathBuf {
    folder().join("key.pem")
}

/// The issuer of the echo server's certificate, which it writes at its start.
pub(crate) fn echo_issuer() -> PathBuf {
    folder().join("echo.pem")
}

/// Writes the files for candidates that serve.
pub(crate) fn write() -> io::Result<()> {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed([HOST.to_owned()]).map_err(io::Error::other)?;
    let (cert, signing_key) = (cert.pem(), signing_key.serialize_pem());
    fs::create_dir_all(folder())?;
    fs::write(certificate(), &cert)?;
    fs::write(key(), &signing_key)?;
    fs::write(folder().join(CERTIFICATE_AND_KEY), format!("{cert}{signing_key}"))
}

/// How a client speaks TLS that trusts the certificate in this file.
pub(crate) fn trusting(file: &Path) -> io::Result<TlsConnector> {
    let mut roots = RootCertStore::empty();
    let certificate = CertificateDer::from_pem_file(file).map_err(io::Error::other)?;
    roots.add(certificate).map_err(io::Error::other)?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    // Each handshake is a whole one, whoever would take an earlier one's ticket.
    config.resumption = Resumption::disabled();
    Ok(TlsConnector::from(Arc::new(config)))
}
