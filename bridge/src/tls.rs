//! TLS (RFC 8446 and RFC 5246): to targets, and from clients.
//!
//! - [`Connector`]: the handshake with a target, and what is told of it; [`verify`]: whether the
//!   server is who was asked for; [`trust`]: whom this bridge trusts to say so; `problem`: failures
//!   by their names;
//! - [`Acceptor`]: the handshake with clients, and the bridge's certificate;
//! - [`Authority`]: certificates for the bridge's own servers;
//! - `certificate`: what a certificate says; `pem`: files of certificates; `key_log`: the
//!   secrets of a session that captures;
//! - [`Secured`]: a stream of bytes over TLS; `wire`: the bytes below it.

mod acceptor;
mod authority;
mod certificate;
mod connector;
mod key_log;
mod pem;
mod problem;
mod secured;
mod trust;
mod verification;
mod verify;
mod wire;

use std::io;
use std::sync::{Arc, LazyLock};

use rustls::ServerConfig;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsAcceptor;

pub use acceptor::Acceptor;
pub(crate) use acceptor::HANDSHAKE;
pub use authority::{Authority, ServerTls};
pub use connector::{Connector, Handshake, Outcome};
pub use problem::{at, next_step};
pub use secured::Secured;
pub use trust::{CaFile, Trust};
pub use verification::Verification;

/// Returns the cryptography that TLS uses here: that of ring.
fn provider() -> Arc<CryptoProvider> {
    static PROVIDER: LazyLock<Arc<CryptoProvider>> =
        LazyLock::new(|| Arc::new(rustls::crypto::ring::default_provider()));
    PROVIDER.clone()
}

/// Returns a configuration of a server with this certificate, which asks clients for none.
///
/// # Errors
/// Fails if the key is not that of the certificate.
fn server_config(
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> Result<ServerConfig, rustls::Error> {
    ServerConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)
}

/// Does the server's part of the handshake with a client, of which `unread` was read already. Its
/// time is not bounded here.
///
/// # Errors
/// Fails if the handshake does.
pub(crate) async fn accept<S>(stream: S, unread: Vec<u8>, tls: ServerTls) -> io::Result<Secured<S>>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let wire = wire::Wire::with_unread(stream, unread);
    let accepted = TlsAcceptor::from(tls).accept(wire).await?;
    Ok(Secured::new(accepted.into()))
}
