//! An authority that certifies servers, and servers that speak TLS.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use echo_core::wire::{BridgeMessage, TlsSession};
use rcgen::{BasicConstraints, Certificate, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::pki_types::{PrivateKeyDer, ServerName};
use rustls::{ClientConfig, RootCertStore, ServerConfig};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio_rustls::server::TlsStream;
use tokio_rustls::{TlsAcceptor, TlsConnector, client};

use super::client::{Client, Received};
use super::{Bridge, soon, target};

/// An authority of certificates, and a folder for them that goes with it.
pub(crate) struct Authority {
    folder: PathBuf,
    issuer: Issuer<'static, KeyPair>,
    certificate: Certificate,
}

/// A server's certificate and its key.
pub(crate) struct Identity {
    pub(crate) certificate: Certificate,
    pub(crate) key: KeyPair,
}

impl Authority {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("tls-{}-{}", std::process::id(), COUNT.fetch_add(1, Relaxed));
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).unwrap();
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "A test's authority");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        let authority = Self { folder, issuer: Issuer::new(params, key), certificate };
        authority.write("ca.pem", &authority.certificate.pem());
        authority
    }

    /// The file to trust it by.
    pub(crate) fn file(&self) -> String {
        self.path("ca.pem").to_str().unwrap().to_owned()
    }

    /// The flags that trust it.
    pub(crate) fn trusted(&self) -> [String; 2] {
        ["--tls-ca".into(), self.file()]
    }

    /// A certificate for `localhost` and 127.0.0.1.
    pub(crate) fn localhost(&self) -> Identity {
        self.certify(&["localhost", "127.0.0.1"], |_| {})
    }

    /// A certificate for these names, with what `adapt` makes of it.
    pub(crate) fn certify(
        &self,
        names: &[&str],
        adapt: impl FnOnce(&mut CertificateParams),
    ) -> Identity {
        let mut params =
            CertificateParams::new(names.iter().map(|&name| name.into()).collect::<Vec<_>>())
                .unwrap();
        params.distinguished_name.push(DnType::CommonName, "A test's server");
        adapt(&mut params);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        Identity { certificate, key }
    }

    /// A client over TLS of `localhost` at this address, which trusts this authority alone.
    pub(crate) async fn connect(&self, address: SocketAddr) -> Box<client::TlsStream<TcpStream>> {
        let mut roots = RootCertStore::empty();
        roots.add(self.certificate.der().clone()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let stream = TcpStream::connect(address).await.unwrap();
        let name = ServerName::try_from("localhost").unwrap();
        let connecting = TlsConnector::from(Arc::new(config)).connect(name, stream);
        Box::new(soon(connecting).await.unwrap())
    }

    /// A place in its folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Writes a file into its folder, and returns its path.
    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, text).unwrap();
        path
    }

    /// Writes certificate and key of `identity` into its folder, and returns their paths.
    pub(crate) fn files(&self, identity: &Identity) -> (PathBuf, PathBuf) {
        let certificate = self.write("server.pem", &identity.certificate.pem());
        (certificate, self.write("server.key", &identity.key.serialize_pem()))
    }
}

impl Drop for Authority {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Identity {
    /// A certificate that certifies itself, for `localhost` and 127.0.0.1.
    pub(crate) fn self_signed() -> Self {
        Self::self_signed_with(|_| {})
    }

    /// The same, with what `adapt` makes of it.
    pub(crate) fn self_signed_with(adapt: impl FnOnce(&mut CertificateParams)) -> Self {
        let names = ["localhost".to_owned(), "127.0.0.1".to_owned()];
        let mut params = CertificateParams::new(names).unwrap();
        params.distinguished_name.push(DnType::CommonName, "Nobody");
        adapt(&mut params);
        let key = KeyPair::generate().unwrap();
        Self { certificate: params.self_signed(&key).unwrap(), key }
    }

    /// What does the server's end of handshakes.
    pub(crate) fn acceptor(&self) -> TlsAcceptor {
        self.acceptor_with_chain(1)
    }

    /// The same, which sends the certificate so often.
    pub(crate) fn acceptor_with_chain(&self, length: usize) -> TlsAcceptor {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let key = PrivateKeyDer::try_from(self.key.serialize_der()).unwrap();
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![self.certificate.der().clone(); length], key);
        Arc::new(config.unwrap()).into()
    }
}

/// A server for one connection over TLS, which behaves as `behave` does once the handshake is done,
/// and its port.
pub(crate) async fn tls_target<F, R>(identity: &Identity, behave: F) -> (u16, JoinHandle<R::Output>)
where
    F: FnOnce(TlsStream<TcpStream>) -> R + Send + 'static,
    R: Future<Output: Send + 'static> + Send + 'static,
{
    let acceptor = identity.acceptor();
    let (address, task) =
        target(async move |stream| behave(acceptor.accept(stream).await.unwrap()).await).await;
    (port(&address), task)
}

/// A bridge that may dial `localhost` at this port and trusts `authority`.
pub(crate) async fn trusting_bridge(port: u16, authority: &Authority) -> Bridge {
    let [flag, file] = authority.trusted();
    Bridge::start(&["--allow", &format!("localhost:{port}"), &flag, &file]).await
}

/// Reads until `secured`.
pub(crate) async fn secured(client: &mut Client) -> TlsSession {
    loop {
        match client.next().await {
            Received::Control(BridgeMessage::Secured(session)) => return session,
            Received::Control(
                BridgeMessage::Connecting { .. } | BridgeMessage::Connected { .. },
            ) => {}
            heard => panic!("{heard:?}"),
        }
    }
}

/// The port of an address.
pub(crate) fn port(address: &str) -> u16 {
    address.rsplit_once(':').unwrap().1.parse().unwrap()
}

/// The path as the value of a flag.
pub(crate) fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}
