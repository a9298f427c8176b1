//! The flags about TLS.

use clap::Args;

use crate::tls::CaFile;

/// Whom TLS trusts.
#[derive(Clone, Debug, Default, Args)]
pub struct TlsFlags {
    /// A file of certificates in PEM that are trusted beside those of this machine, for targets over
    /// TLS (<tls://host:port>); repeatable
    #[arg(id = "tls_ca", long = "tls-ca", env = "BRIDGE_TLS_CA", value_name = "FILE")]
    pub ca: Vec<CaFile>,
}
