//! Whether a server is who was asked for.

use std::sync::{Arc, Mutex, PoisonError};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{verify_server_cert_signed_by_trust_anchor, verify_server_name};
use rustls::crypto::{WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, DigitallySignedStruct, Error, SignatureScheme};

use super::certificate;
use super::trust::Roots;
use super::verification::Verification;

/// Verifies the server of one session, and remembers what it was shown. Whether certificates have
/// been revoked is not asked.
#[derive(Debug)]
pub(super) struct Verifier {
    roots: Arc<Roots>,
    algorithms: WebPkiSupportedAlgorithms,
    verification: Verification,
    shown: Mutex<Shown>,
}

/// What a server showed of itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Shown {
    /// Its certificates, its own first.
    pub(super) chain: Vec<CertificateDer<'static>>,
    /// What is wrong with them.
    pub(super) problem: Option<Error>,
}

impl Verifier {
    pub(super) fn new(
        roots: Arc<Roots>,
        algorithms: WebPkiSupportedAlgorithms,
        verification: Verification,
    ) -> Self {
        Self { roots, algorithms, verification, shown: Mutex::default() }
    }

    /// Returns what the server showed.
    pub(super) fn shown(&self) -> Shown {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns whether anybody is trusted.
    pub(super) fn trusts_nobody(&self) -> bool {
        self.roots.store.is_empty()
    }

    /// Verifies that someone who is trusted says that the server is `name`, now.
    fn verify(
        &self,
        own: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        now: UnixTime,
    ) -> Result<(), Error> {
        let parsed = ParsedCertificate::try_from(own)?;
        let signed = verify_server_cert_signed_by_trust_anchor(
            &parsed,
            &self.roots.store,
            others,
            now,
            self.algorithms.all,
        );
        match signed {
            // An authority's certificate is no server's. But `openssl req -x509` makes one that is
            // both, and whoever names it with `--tls-ca` trusts exactly it. What depends on the
            // certificate alone, as its validity, was verified before.
            Err(Error::InvalidCertificate(CertificateError::Other(_)))
                if certificate::is_authority(own) =>
            {
                if !self.roots.own.iter().any(|trusted| trusted == own) {
                    return Err(CertificateError::UnknownIssuer.into());
                }
            }
            signed => signed?,
        }
        verify_server_name(&parsed, name)
    }

    /// Records a problem. It ends the handshake, unless the server need not be verified.
    fn record(&self, problem: Error) -> Result<(), Error> {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        shown.problem.get_or_insert_with(|| problem.clone());
        if self.verification == Verification::Required { Err(problem) } else { Ok(()) }
    }

    /// Records the outcome of verifying a signature.
    fn signed(
        &self,
        verified: Result<HandshakeSignatureValid, Error>,
    ) -> Result<HandshakeSignatureValid, Error> {
        verified
            .or_else(|problem| self.record(problem).map(|()| HandshakeSignatureValid::assertion()))
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let all = std::iter::once(end_entity).chain(intermediates);
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).chain =
            all.map(|certificate| certificate.clone().into_owned()).collect();
        if let Err(problem) = self.verify(end_entity, intermediates, server_name, now) {
            self.record(problem)?;
        }
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.signed(verify_tls12_signature(message, cert, dss, &self.algorithms))
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.signed(verify_tls13_signature(message, cert, dss, &self.algorithms))
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}
