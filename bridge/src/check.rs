//! The tutorial's client in a terminal: it connects, perhaps over TLS, sends, reads exactly as many
//! bytes back, and compares.

use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr};

use echo_core::lines::EARLY_END;
use echo_core::wire::{Failure, TlsSession};
use echo_core::{Exchange, Line};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::{Duration, Instant, timeout, timeout_at};

use crate::config::Check;
use crate::dial;
use crate::resolve::{self, Resolver};
use crate::stream::Stream;
use crate::targets::Target;
use crate::tls::{self, Connector, Handshake, Trust, Verification};

/// Writes the client's lines to `out`, each as it happens. Returns whether the reply was `Reply is
/// ok!`.
///
/// # Errors
/// Fails if `out` cannot be written to.
pub async fn run(check: &Check, out: &mut impl Write) -> io::Result<bool> {
    let message = check.message.as_bytes();
    let target = &check.target.target;
    let mut next_step = None;
    let verdict = match connect(target, check.timeout).await {
        Err(failure) => Line::FailedToConnect(failure.message),
        Ok(stream) => {
            writeln!(out, "{}", Line::Connected(target.port))?;
            match secure(stream, check).await {
                Err(failure) => {
                    next_step = Some(tls::next_step(failure.kind));
                    Line::FailedToConnect(format!("TLS: {}", failure.message))
                }
                Ok((stream, session)) => {
                    if let Some(session) = &session {
                        write_session(session, out)?;
                    }
                    exchange(stream, message, check.timeout, out).await?
                }
            }
        }
    };
    writeln!(out, "{verdict}")?;
    if let Some(next_step) = next_step {
        writeln!(out, "{next_step}")?;
    }
    writeln!(out, "{}", Line::Terminated)?;
    Ok(verdict == Line::ReplyOk)
}

/// Connects to the first of the target's addresses that takes a connection, within `limit`.
async fn connect(target: &Target, limit: Duration) -> Result<Stream, Failure> {
    let deadline = Instant::now() + limit;
    let here = IpAddr::from(Ipv4Addr::LOCALHOST).into();
    let mut last = resolve::no_address();
    for address in Resolver::default().resolve(target, here, deadline).await? {
        match dial::connect(address, None, deadline).await {
            Err(failure) => last = failure,
            Ok((stream, _)) => return Ok(stream.into()),
        }
    }
    Err(last)
}

/// Does TLS's handshake if that is asked for.
async fn secure(stream: Stream, check: &Check) -> Result<(Stream, Option<TlsSession>), Failure> {
    if !check.target.is_tls {
        return Ok((stream, None));
    }
    let handshake = Handshake {
        verification: Verification::Required,
        wants_secrets: false,
        limit: check.timeout,
    };
    let connector = Connector::new(Trust::new(&check.trust.ca));
    let host = check.target.target.host.server_name();
    let (stream, session) = connector.connect(stream, &host, handshake).await.secured?;
    Ok((Stream::Tls(Box::new(stream)), Some(session)))
}

/// Writes what is known of a TLS connection.
fn write_session(session: &TlsSession, out: &mut impl Write) -> io::Result<()> {
    let TlsSession { version, cipher, handshake_us, chain, .. } = session;
    let took = Duration::from_micros(*handshake_us);
    writeln!(out, "{version} with {cipher}, after {took:.1?}")?;
    if let Some(own) = chain.first() {
        let (subject, issuer) = (&own.subject, &own.issuer);
        let until = tls::at(own.not_after);
        writeln!(out, "Verified: {subject}, issued by {issuer}, valid until {until}")?;
    }
    Ok(())
}

/// Sends `message`, and returns the verdict on the reply.
async fn exchange(
    mut stream: Stream,
    message: &[u8],
    limit: Duration,
    out: &mut impl Write,
) -> io::Result<Line> {
    // A write to a target that does not read may never end.
    let writing = async {
        stream.write_all(message).await?;
        stream.flush().await
    };
    let written = timeout(limit, writing).await;
    if let Err(error) = written.map_err(io::Error::from).flatten() {
        return Ok(Line::FailedToReceive(error.to_string()));
    }
    writeln!(out, "{}", Line::Sent(message.to_vec()))?;
    Ok(receive(stream, message, limit).await)
}

/// Reads until the reply is as long as the message, within `limit`, and returns the verdict.
async fn receive(mut stream: Stream, message: &[u8], limit: Duration) -> Line {
    let mut exchange = Exchange::new(message.to_vec());
    let mut buffer = vec![0; message.len()];
    let deadline = Instant::now() + limit;
    let error = loop {
        if let Some(outcome) = exchange.outcome() {
            return Line::verdict(outcome, EARLY_END);
        }
        match timeout_at(deadline, stream.read(&mut buffer)).await {
            Ok(Ok(0)) => break EARLY_END.to_owned(),
            Ok(Ok(count)) => exchange.receive(&buffer[..count]),
            Ok(Err(error)) => break error.to_string(),
            Err(_) => {
                let (came, wanted) = (exchange.reply().len(), message.len());
                let limit = humantime::format_duration(limit);
                break format!("{came} of {wanted} bytes came within {limit}");
            }
        }
    };
    Line::verdict(exchange.finish(), &error)
}
