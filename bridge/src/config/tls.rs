//! The flags about TLS.

use std::path::PathBuf;

use clap::Args;

use crate::tls::CaFile;

/// Whom TLS trusts.
#[derive(Clone, Debug, Default, Args)]
pub struct TrustFlags {
    /// A file of certificates in PEM that are trusted beside those of this machine, for targets over
    /// TLS (<tls://host:port>); repeatable
    #[arg(id = "tls_ca", long = "tls-ca", env = "BRIDGE_TLS_CA", value_name = "FILE")]
    pub ca: Vec<CaFile>,
}

/// What the bridge serves HTTPS with.
#[derive(Clone, Debug, Default, Args)]
pub struct ServingFlags {
    /// The bridge's certificate and those of its issuers, in PEM: it serves HTTPS and nothing else
    /// on its TCP addresses. SIGHUP has it read both files again
    #[arg(long = "tls-cert", env = "BRIDGE_TLS_CERT", value_name = "FILE", requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,

    /// The key of --tls-cert, in PEM
    #[arg(long = "tls-key", env = "BRIDGE_TLS_KEY", value_name = "FILE", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,
}
