//! An authority that certifies the bridge's own servers, made anew by each process.

use std::io;
use std::sync::Arc;

use echo_core::fault::Fault;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::server_config;

/// The names of the servers that are certified.
const NAMES: [&str; 3] = ["localhost", "127.0.0.1", "::1"];
/// The name of a server that is not the one that was asked for.
const OTHER_NAME: &str = "somebody-else.example";

/// An authority, which nobody trusts unless told to.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: CertificateDer<'static>,
    pem: String,
}

/// How a server of the bridge's own speaks TLS.
pub type ServerTls = Arc<ServerConfig>;

impl Authority {
    /// Makes an authority with a key of its own.
    ///
    /// # Errors
    /// Fails if the system has no random numbers.
    pub fn new() -> io::Result<Self> {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "tcp-bridge echo");
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let key = KeyPair::generate().map_err(io::Error::other)?;
        let certificate = params.self_signed(&key).map_err(io::Error::other)?;
        let (pem, der) = (certificate.pem(), certificate.der().clone());
        Ok(Self { issuer: Issuer::new(params, key), certificate: der, pem })
    }

    /// Returns its certificate.
    #[must_use]
    pub fn certificate(&self) -> &CertificateDer<'static> {
        &self.certificate
    }

    /// Returns its certificate in PEM, for `--tls-ca`.
    #[must_use]
    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// Certifies a server for `localhost`, the loopback addresses and `further` names, or not for
    /// these, as the fault has it.
    ///
    /// # Errors
    /// Fails if a name is none, or if the system has no random numbers.
    pub fn certify(&self, fault: Option<&Fault>, further: &[String]) -> io::Result<ServerTls> {
        let names: Vec<String> = match fault {
            Some(Fault::WrongName) => vec![OTHER_NAME.into()],
            _ => NAMES.map(String::from).into_iter().chain(further.iter().cloned()).collect(),
        };
        let mut params = CertificateParams::new(names).map_err(io::Error::other)?;
        params.distinguished_name.push(DnType::CommonName, "localhost");
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        if fault == Some(&Fault::Expired) {
            params.not_before = date_time_ymd(2020, 1, 1);
            params.not_after = date_time_ymd(2021, 1, 1);
        }
        let key = KeyPair::generate().map_err(io::Error::other)?;
        let certificate = match fault {
            Some(Fault::SelfSigned) => params.self_signed(&key),
            _ => params.signed_by(&key, &self.issuer),
        };
        let chain = vec![certificate.map_err(io::Error::other)?.der().clone()];
        let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
        let config = server_config(chain, key).map_err(io::Error::other)?;
        Ok(Arc::new(config))
    }
}
