//! Who is compared: each a process that passes bytes on to the same echo server.

use std::net::SocketAddr;

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
/// It has a process for each connection.
pub(crate) const PROCESS_EACH: &str = "websockify";

#[derive(Debug)]
pub(crate) struct Candidate {
    pub(crate) name: &'static str,
    pub(crate) wire: Wire,
    pub(crate) address: SocketAddr,
    /// The echo server in front of which it stands.
    pub(crate) target: SocketAddr,
    pub(crate) process: Process,
}

/// Where among the candidates the one of this name is.
pub(crate) fn index_of(name: &str, candidates: &[Candidate]) -> Option<usize> {
    candidates.iter().position(|candidate| candidate.name == name)
}
