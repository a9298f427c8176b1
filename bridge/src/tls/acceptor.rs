//! The bridge's end of HTTPS: its certificate, and the handshake with clients.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{SystemTime, UNIX_EPOCH};

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncRead, AsyncWrite};

use super::certificate::describe;
use super::pem::pem_certificates;
use super::problem::at;
use super::secured::Secured;
use super::{accept, server_config};

/// The first byte of a client that speaks TLS: the type of a record with a message of the handshake
/// (RFC 8446, section 5.1).
pub(crate) const HANDSHAKE: u8 = 22;
/// The application protocol that is agreed on (RFC 7301).
const HTTP: &[u8] = b"http/1.1";

/// The bridge's end of HTTPS.
pub struct Acceptor {
    certificate: PathBuf,
    key: PathBuf,
    config: RwLock<Arc<ServerConfig>>,
}

impl Acceptor {
    /// Reads a certificate and its key.
    ///
    /// # Errors
    /// Returns a sentence that names the flag and the file, and says what to do.
    pub fn load(certificate: &Path, key: &Path) -> io::Result<Self> {
        let config = RwLock::new(load(certificate, key)?);
        Ok(Self { certificate: certificate.into(), key: key.into(), config })
    }

    /// Reads both files again, for the connections that come from now on. What cannot be used is
    /// logged, and the certificate stays the one before.
    pub fn reload(&self) {
        match load(&self.certificate, &self.key) {
            Ok(config) => {
                *self.config.write().unwrap_or_else(PoisonError::into_inner) = config;
                tracing::info!("HTTPS has the certificate of {}", self.certificate.display());
            }
            Err(error) => tracing::error!("HTTPS keeps its certificate: {error}"),
        }
    }

    /// Does the handshake with a client, of which `unread` was read already. Its time is not
    /// bounded here.
    ///
    /// # Errors
    /// Fails if the handshake does.
    pub(crate) async fn accept<S>(&self, stream: S, unread: Vec<u8>) -> io::Result<Secured<S>>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let config = self.config.read().unwrap_or_else(PoisonError::into_inner).clone();
        accept(stream, unread, config).await
    }
}

impl fmt::Debug for Acceptor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Acceptor").field("certificate", &self.certificate).finish_non_exhaustive()
    }
}

fn load(certificate: &Path, key: &Path) -> io::Result<Arc<ServerConfig>> {
    let refuse = |flag: &str, file: &Path, why: &dyn fmt::Display| {
        io::Error::other(format!("{flag} {}: {why}", file.display()))
    };
    let chain = pem_certificates(certificate)
        .map_err(|sentence| refuse("--tls-cert", certificate, &sentence))?;
    let private = PrivateKeyDer::from_pem_file(key).map_err(|error| {
        let why = format!("{error}; it has to be a key in PEM (-----BEGIN PRIVATE KEY-----)");
        refuse("--tls-key", key, &why)
    })?;
    warn_of_validity(certificate, &chain[0]);
    let mut config = server_config(chain, private).map_err(|error| {
        let why = format!("it cannot be used with --tls-key {}: {error}", key.display());
        refuse("--tls-cert", certificate, &why)
    })?;
    config.alpn_protocols = vec![HTTP.to_vec()];
    Ok(Arc::new(config))
}

/// Logs that clients will not accept a certificate today.
fn warn_of_validity(file: &Path, certificate: &CertificateDer<'_>) {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let now = i64::try_from(now).unwrap_or(i64::MAX);
    let described = describe(certificate);
    if !(described.not_before..=described.not_after).contains(&now) {
        let (from, until) = (at(described.not_before), at(described.not_after));
        tracing::warn!("the certificate of {} is valid from {from} until {until}", file.display());
    }
}
