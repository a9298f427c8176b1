//! The handshake with a target.

use std::net::IpAddr;
use std::sync::Arc;

use echo_core::wire::{Failure, TlsSession};
use rustls::client::Resumption;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, ProtocolVersion};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::{Duration, Instant, timeout};
use tokio_rustls::TlsConnector;

use super::certificate::describe_chain;
use super::key_log::KeyLog;
use super::secured::Secured;
use super::trust::Trust;
use super::verification::Verification;
use super::verify::Verifier;
use super::wire::Wire;
use super::{problem, provider};
use crate::micros::micros;

/// How a handshake is to be done.
#[derive(Clone, Copy, Debug)]
pub struct Handshake {
    /// Whether the server has to prove who it is.
    pub verification: Verification,
    /// Whether the connection's secrets are wanted.
    pub wants_secrets: bool,
    /// How long the handshake may take.
    pub limit: Duration,
}

/// What came of a handshake.
#[derive(Debug)]
pub struct Outcome<S> {
    /// The stream, and what is told of it.
    pub secured: Result<(Secured<S>, TlsSession), Failure>,
    /// Lines of a key log file: the connection's secrets, if they are wanted. A handshake that
    /// failed may have some, too.
    pub secrets: String,
}

/// Does handshakes with targets.
#[derive(Debug, Default)]
pub struct Connector {
    trust: Trust,
}

impl Connector {
    /// Trusts whom `trust` does.
    #[must_use]
    pub fn new(trust: Trust) -> Self {
        Self { trust }
    }

    /// Does the handshake with the server at the other end of `stream`, which was asked for as
    /// `host`: a name, or an IP address.
    pub async fn connect<S>(&self, stream: S, host: &str, handshake: Handshake) -> Outcome<S>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let key_log = Arc::new(KeyLog::default());
        let secured = self.secure(stream, host, handshake, key_log.clone()).await;
        Outcome { secured, secrets: key_log.take() }
    }

    /// Does the handshake. Secrets go to `key_log` if they are wanted.
    async fn secure<S>(
        &self,
        stream: S,
        host: &str,
        handshake: Handshake,
        key_log: Arc<KeyLog>,
    ) -> Result<(Secured<S>, TlsSession), Failure>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let name = server_name(host).ok_or_else(|| problem::no_server_name(host))?;
        let provider = provider();
        let algorithms = provider.signature_verification_algorithms;
        let roots = self.trust.roots().await;
        let verifier = Arc::new(Verifier::new(roots, algorithms, handshake.verification));
        let mut config =
            client_config(provider, verifier.clone()).map_err(|error| problem::internal(&error))?;
        if handshake.wants_secrets {
            config.key_log = key_log;
        }
        let connector = TlsConnector::from(Arc::new(config));
        let start = Instant::now();
        let connecting = connector.connect(name, Wire::new(stream)).into_fallible();
        let failure = match timeout(handshake.limit, connecting).await {
            Ok(Ok(tls)) => {
                let session = session(tls.get_ref().1, &verifier, start.elapsed());
                return Ok((Secured::new(tls.into()), session));
            }
            Ok(Err((error, wire))) => problem::of_handshake(&error, wire.first(), &verifier),
            Err(_) => problem::timeout(handshake.limit),
        };
        Err(Failure { chain: describe_chain(&verifier.shown().chain), ..failure })
    }
}

/// Returns the name by which TLS asks for a host, if it is a name or an IP address.
fn server_name(host: &str) -> Option<ServerName<'static>> {
    match host.parse::<IpAddr>() {
        Ok(ip) => Some(ip.into()),
        Err(_) => host.to_owned().try_into().ok(),
    }
}

/// Returns a configuration for one session, which is to show a whole handshake and the server's
/// certificate, and so resumes none.
///
/// # Errors
/// Fails if the provider lacks a version of TLS, which ring does not.
fn client_config(
    provider: Arc<CryptoProvider>,
    verifier: Arc<Verifier>,
) -> Result<ClientConfig, rustls::Error> {
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth();
    config.resumption = Resumption::disabled();
    Ok(config)
}

/// Returns what is told of a connection whose handshake is done.
fn session(tls: &ClientConnection, verifier: &Verifier, took: Duration) -> TlsSession {
    let shown = verifier.shown();
    TlsSession {
        version: version(tls.protocol_version()),
        cipher: tls.negotiated_cipher_suite().map(cipher).unwrap_or_default(),
        alpn: tls.alpn_protocol().map(|name| String::from_utf8_lossy(name).into_owned()),
        handshake_us: micros(took),
        verified: shown.problem.is_none(),
        problem: shown.problem.as_ref().map(problem::kind_of),
        chain: describe_chain(&shown.chain),
    }
}

/// Returns a version's name as OpenSSL writes it.
fn version(version: Option<ProtocolVersion>) -> String {
    match version {
        Some(ProtocolVersion::TLSv1_2) => "TLSv1.2".into(),
        Some(ProtocolVersion::TLSv1_3) => "TLSv1.3".into(),
        _ => String::new(),
    }
}

/// Returns a cipher suite's name in IANA's registry.
fn cipher(suite: rustls::SupportedCipherSuite) -> String {
    let name = suite.suite().as_str().unwrap_or_default();
    // rustls sets those of TLS 1.3 apart.
    name.strip_prefix("TLS13_").map_or_else(|| name.to_owned(), |rest| format!("TLS_{rest}"))
}
