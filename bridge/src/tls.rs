//! TLS (RFC 8446 and RFC 5246): to targets, and from clients.
//!
//! - [`Connector`]: the handshake with a target, and what is told of it; [`verify`]: whether the
//!   server is who was asked for; [`trust`]: whom this bridge trusts to say so; `problem`: failures
//!   by their names;
//! - `certificate`: what a certificate says; `key_log`: the secrets of a session that captures;
//! - [`Secured`]: a stream of bytes over TLS; `wire`: the bytes below it.

mod certificate;
mod connector;
mod key_log;
mod problem;
mod secured;
mod trust;
mod verify;
mod wire;

use std::sync::{Arc, LazyLock};

use rustls::crypto::CryptoProvider;

pub use connector::{Connector, Handshake, Outcome, Verification};
pub use secured::Secured;
pub use trust::{CaFile, Trust};

/// Returns the cryptography that TLS uses here: that of ring.
fn provider() -> Arc<CryptoProvider> {
    static PROVIDER: LazyLock<Arc<CryptoProvider>> =
        LazyLock::new(|| Arc::new(rustls::crypto::ring::default_provider()));
    PROVIDER.clone()
}
