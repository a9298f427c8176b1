//! How candidates are started.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;

use tokio::time::{Duration, Instant, sleep};

use crate::candidate::{BEFORE, Candidate, ECHO, ECHO_OVER_TLS, TO_TLS_TARGET, index_of};
use crate::options::Options;
use crate::process::Process;
use crate::programs::{self, Program};
use crate::wire::Wire;
use crate::{certificates, check};

/// How long a candidate gets to answer its first message.
const START: Duration = Duration::from_secs(15);

/// The candidates that are wanted and installed, bare TCP first.
pub(crate) async fn start_all(options: &Options) -> io::Result<Vec<Candidate>> {
    let address = free_address()?;
    let process = Process::start(&mut programs::echo(address))?;
    let (wire, path) = (Wire::Tcp, "");
    let tcp = Candidate { name: ECHO, wire, tls: None, path, address, target: address, process };
    let mut candidates = vec![answering(tcp, None).await?];
    if options.tls {
        certificates::write()?;
    }
    let is_wanted = |program: &&Program| options.without.iter().all(|name| name != program.name);
    for program in programs::all(options).iter().filter(is_wanted) {
        let target = target_of(program, &candidates)?;
        match start(program.name, options, target, &[]).await {
            Ok(Some(candidate)) => candidates.push(candidate),
            Ok(None) => {}
            Err(error) if program.install.is_empty() => return Err(error),
            Err(error) => {
                eprintln!("without {}: {error}; `{}` installs it", program.name, program.install);
            }
        }
    }
    Ok(candidates)
}

/// The echo server in front of which a program is put.
fn target_of(program: &Program, candidates: &[Candidate]) -> io::Result<SocketAddr> {
    let name = if program.name == TO_TLS_TARGET { ECHO_OVER_TLS } else { ECHO };
    let at = index_of(name, candidates).ok_or_else(|| {
        io::Error::other(format!("{} cannot be measured without {name}", program.name))
    })?;
    Ok(candidates[at].address)
}

/// A fresh process of the candidate of this name, in front of `target`, with these variables in its
/// environment; none if there is no such program in this run.
pub(crate) async fn start(
    name: &'static str,
    options: &Options,
    target: SocketAddr,
    environment: &[(&str, &str)],
) -> io::Result<Option<Candidate>> {
    let mut programs = programs::all(options).iter();
    let program = programs.find(|program| program.name == name).ok_or(io::ErrorKind::NotFound)?;
    if name == BEFORE && options.before.is_none() {
        return Ok(None);
    }
    let address = free_address()?;
    let mut command = (program.command)(options, address, target);
    let process = Process::start(command.envs(environment.iter().copied()))?;
    let Program { wire, path, .. } = *program;
    let candidate = Candidate { name, wire, tls: None, path, address, target, process };
    answering(candidate, program.certificate).await.map(Some)
}

/// Waits until a message comes back through it, unchanged, by a client that trusts `certificate`,
/// which the candidate may write at its start.
async fn answering(
    mut candidate: Candidate,
    certificate: Option<fn() -> PathBuf>,
) -> io::Result<Candidate> {
    let end = Instant::now() + START;
    loop {
        let tls = certificate.map(|file| certificates::trusting(&file())).transpose();
        let answered = match tls {
            Ok(tls) => {
                candidate.tls = tls;
                check::answers(&candidate).await
            }
            Err(error) => Err(error),
        };
        match answered {
            Err(_) if Instant::now() < end => sleep(Duration::from_millis(50)).await,
            done => return done.map(|()| candidate),
        }
    }
}

fn free_address() -> io::Result<SocketAddr> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()
}
