//! Whom the bridge trusts to say who a server is.

use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use tokio::sync::OnceCell;
use tokio::task::spawn_blocking;

use super::pem::pem_certificates;

/// A file of certificates in PEM, as `--tls-ca` names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaFile {
    /// Where it is.
    pub path: PathBuf,
    /// Its certificates, at least one.
    pub certificates: Vec<CertificateDer<'static>>,
}

impl FromStr for CaFile {
    type Err = String;

    /// Reads the file at a path.
    fn from_str(path: &str) -> Result<Self, Self::Err> {
        let certificates = pem_certificates(path.as_ref())?;
        let mut store = RootCertStore::empty();
        for (index, certificate) in certificates.iter().enumerate() {
            store
                .add(certificate.clone())
                .map_err(|error| format!("certificate {} of it is none: {error}", index + 1))?;
        }
        Ok(Self { path: path.into(), certificates })
    }
}

/// The certificates that are trusted: the platform's, and those of `--tls-ca`.
#[derive(Debug, Default)]
pub struct Trust {
    own: Vec<CertificateDer<'static>>,
    /// Read when the first target is asked for over TLS, since that takes some milliseconds.
    roots: OnceCell<Arc<Roots>>,
}

/// The certificates that are trusted, once they are read.
#[derive(Debug)]
pub(super) struct Roots {
    /// Who may have issued a server's certificate.
    pub(super) store: RootCertStore,
    /// Certificates that are trusted as a server's own, too: those of `--tls-ca`.
    pub(super) own: Vec<CertificateDer<'static>>,
}

impl Trust {
    /// Trusts these files beside the platform's store.
    #[must_use]
    pub fn new(files: &[CaFile]) -> Self {
        let own = files.iter().flat_map(|file| file.certificates.clone()).collect();
        Self { own, roots: OnceCell::new() }
    }

    /// Trusts this certificate alone, and not the platform's store.
    #[must_use]
    pub fn only(certificate: CertificateDer<'static>) -> Self {
        let roots = OnceCell::new_with(Some(Arc::new(Roots::of(vec![certificate]))));
        Self { own: Vec::new(), roots }
    }

    /// Returns what is trusted, which is read once.
    pub(super) async fn roots(&self) -> Arc<Roots> {
        let load = async || {
            let own = self.own.clone();
            let loading = spawn_blocking(move || Arc::new(Roots::load(own)));
            loading.await.unwrap_or_else(|_| Arc::new(Roots::of(self.own.clone())))
        };
        self.roots.get_or_init(load).await.clone()
    }
}

impl Roots {
    /// Reads the platform's store. What cannot be read is logged and left out.
    fn load(own: Vec<CertificateDer<'static>>) -> Self {
        let found = rustls_native_certs::load_native_certs();
        for error in &found.errors {
            tracing::warn!("the platform's trust store: {error}");
        }
        let mut roots = Self::of(own);
        roots.store.add_parsable_certificates(found.certs);
        roots
    }

    /// Trusts these certificates alone.
    fn of(own: Vec<CertificateDer<'static>>) -> Self {
        let mut store = RootCertStore::empty();
        store.add_parsable_certificates(own.iter().cloned());
        Self { store, own }
    }
}
