//! What proxies say of their clients, as strangers may say it, too.

use std::net::SocketAddr;

use axum::http::HeaderValue;
use bridge::fuzzing;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, duplex};

/// The longest header of the PROXY protocol that is read, in bytes.
const MAX_HEADER: usize = 4 * 1024;
/// What version 2 begins with.
const SIGNATURE: &[u8] = b"\r\n\r\n\0\r\nQUIT\n";

/// What was read: whether there was a header, whom it named, and what was behind it.
type Read = Result<(bool, Option<fuzzing::Named>, Vec<u8>), String>;

/// The header of a connection means the same however it is cut; without one, or behind it, no byte
/// is lost; and whom one names, a header of version 1 that names the same does, too.
///
/// The input's first byte is the length of the pieces. The second says what is built of the rest:
/// bytes as they are, a line of version 1, or a header of version 2 with its length and what
/// follows.
pub fn proxy_protocol(bytes: &[u8]) {
    let [length, kind, rest @ ..] = bytes else { return };
    let bytes = match kind % 3 {
        0 => rest.to_vec(),
        1 => [b"PROXY ", rest].concat(),
        _ => version_2(rest),
    };
    let whole = preface(&bytes, bytes.len().max(1));
    assert_eq!(preface(&bytes, usize::from(*length).max(1)), whole);
    let Ok((has_header, named, behind)) = whole else { return };
    assert!(bytes.ends_with(&behind));
    let header = bytes.len() - behind.len();
    assert!(header <= MAX_HEADER && has_header == (header > 0));
    assert!(has_header || named.is_none());
    let Some((source, destination, _)) = named else { return };
    let family = if source.is_ipv4() { "TCP4" } else { "TCP6" };
    assert_eq!(source.is_ipv4(), destination.is_ipv4());
    let (from, to) = (source.ip(), destination.ip());
    let line = format!("PROXY {family} {from} {to} {} {}\r\n", source.port(), destination.port());
    let expected = Some((source, destination, false));
    assert_eq!(preface(line.as_bytes(), line.len()), Ok((true, expected, Vec::new())));
}

/// A header of version 2: its command and family are the first two bytes, the third is the length
/// of what it holds of the rest.
fn version_2(bytes: &[u8]) -> Vec<u8> {
    let [command, family, length, rest @ ..] = bytes else { return SIGNATURE.to_vec() };
    let length = usize::from(*length).min(rest.len());
    let announced = u16::try_from(length).unwrap_or_default().to_be_bytes();
    [SIGNATURE, &[*command, *family], &announced, rest].concat()
}

/// Reads what comes in pieces of this length.
fn preface(bytes: &[u8], length: usize) -> Read {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let (mut proxy, mut stream) = duplex(length);
        let writing = async {
            // A header that is refused is not read to its end.
            let _ = proxy.write_all(bytes).await;
            drop(proxy);
        };
        let reading = async {
            let (has_header, named, mut rest) = fuzzing::preface(&mut stream).await?;
            stream.read_to_end(&mut rest).await.expect("it is memory");
            drop(stream);
            Ok((has_header, named, rest))
        };
        tokio::join!(reading, writing).0
    })
}

/// The proxies' network.
const TRUSTED: &str = "10.0.0.0/8";
const PEER: &str = "10.0.0.1:50000";
/// The headers that a line of the input may be, by its first byte.
const HEADERS: [(u8, &str); 4] = [
    (b'f', "x-forwarded-for"),
    (b'p', "x-forwarded-proto"),
    (b'h', "x-forwarded-host"),
    (b'F', "forwarded"),
];

/// The client that a trusted proxy names is that proxy, or an address that stands in the headers;
/// and where it is no proxy, nothing that a client put in front changes it. Each line of the input is
/// one of a header, which its first byte names.
pub fn forwarded(bytes: &[u8]) {
    let lines: Vec<_> = bytes.split(|byte| *byte == b'\n').filter_map(line).collect();
    let trusted = TRUSTED.parse().expect("a network");
    let peer: SocketAddr = PEER.parse().expect("an address");
    let (client, is_https, host) = fuzzing::forwarded(&lines, peer, trusted);
    let is_said = |name: &str| lines.iter().any(|(of, _)| *of == name || *of == "forwarded");
    assert!(client == peer || is_said("x-forwarded-for"));
    assert!(!is_https || is_said("x-forwarded-proto"));
    assert!(host.is_none() || is_said("x-forwarded-host"));
    if fuzzing::is_proxy(trusted, client.ip()) {
        return;
    }
    let mut in_front: Vec<(&'static str, &[u8])> = Vec::new();
    for (name, value) in [("x-forwarded-for", &b"6.6.6.6"[..]), ("forwarded", b"for=6.6.6.6")] {
        if lines.iter().any(|(of, _)| *of == name) {
            in_front.push((name, value));
        }
    }
    in_front.extend(&lines);
    let (again, ..) = fuzzing::forwarded(&in_front, peer, trusted);
    assert_eq!(again, client);
}

/// Returns a header's name and value, if the line is one that hyper would let pass.
fn line(line: &[u8]) -> Option<(&'static str, &[u8])> {
    let (first, value) = line.split_first()?;
    let (_, name) = HEADERS.iter().find(|(of, _)| of == first)?;
    HeaderValue::from_bytes(value).is_ok().then_some((name, value))
}
