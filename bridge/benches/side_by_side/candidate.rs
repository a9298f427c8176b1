//! Who is compared: each a process that passes bytes on to the same echo server.

use std::io;
use std::net::SocketAddr;

use rustls::pki_types::{IpAddr, ServerName};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::process::Process;
use crate::wire::Wire;

/// The echo server by itself: what every other candidate stands in front of.
pub(crate) const ECHO: &str = "bare TCP";
/// The relay to which all others are compared.
pub(crate) const BASE: &str = "HAProxy";
pub(crate) const OURS: &str = "bridge";
/// The bridge, whose client speaks `tcp-bridge.v1`.
pub(crate) const CONTROL: &str = "tcp-bridge.v1";
/// An earlier build of the bridge.
pub(crate) const BEFORE: &str = "before";
/// The same echo server over TLS.
pub(crate) const ECHO_OVER_TLS: &str = "bare TLS";
/// The bridge as it is without TLS, beside what it is with it.
pub(crate) const PLAIN: &str = "without TLS";
/// The bridge in front of the echo server over TLS.
pub(crate) const TO_TLS_TARGET: &str = "to a TLS target";
/// It has a process for each connection.
pub(crate) const PROCESS_EACH: &str = "websockify";

pub(crate) struct Candidate {
    pub(crate) name: &'static str,
    pub(crate) wire: Wire,
    /// How its clients speak TLS, where they do.
    pub(crate) tls: Option<TlsConnector>,
    /// What a client of HTTP asks for, where there is an upgrade.
    pub(crate) path: &'static str,
    pub(crate) address: SocketAddr,
    /// The echo server in front of which it stands.
    pub(crate) target: SocketAddr,
    pub(crate) process: Process,
}

/// A connection to a candidate, over TLS or not.
pub(crate) trait Connection: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Connection for T {}

impl Candidate {
    /// Connects to it, and does TLS's handshake where its clients speak TLS.
    pub(crate) async fn connect(&self) -> io::Result<Box<dyn Connection>> {
        let stream = TcpStream::connect(self.address).await?;
        stream.set_nodelay(true)?;
        let Some(tls) = &self.tls else { return Ok(Box::new(stream)) };
        let name = ServerName::IpAddress(IpAddr::from(self.address.ip()));
        Ok(Box::new(tls.connect(name, stream).await?))
    }
}

/// Where among the candidates the one of this name is.
pub(crate) fn index_of(name: &str, candidates: &[Candidate]) -> Option<usize> {
    candidates.iter().position(|candidate| candidate.name == name)
}
