//! The PROXY protocol, versions 1 and 2: what a proxy says of a client before the first byte of the
//! connection that it forwards.

use std::io;
use std::net::SocketAddr;

use ppp::{v1, v2};
use tokio::io::{AsyncRead, AsyncReadExt as _};

/// The most bytes of a header. Version 1 has at most 107; of version 2, the addresses take 36 bytes,
/// and what proxies add some hundreds.
const MAX_HEADER: usize = 4 * 1024;
/// The length of what precedes the addresses in version 2, and where in it their length stands.
const V2_FIXED: usize = 16;
const V2_LENGTH: usize = 14;
/// The most bytes of a header of version 1.
const V1_MAX: usize = 107;
/// The bit of the TLV [`v2::Type::SSL`] that says that the client came by TLS.
const CLIENT_SSL: u8 = 1;

/// What a proxy said of the connection that it forwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Proxied {
    /// The client's address.
    pub(crate) source: SocketAddr,
    /// The address that the client connected to.
    pub(crate) destination: SocketAddr,
    /// Whether the client came by TLS.
    pub(crate) is_tls: bool,
}

/// Whether a connection begins with a header, and whom that names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Header {
    /// There is none.
    Absent,
    /// There is one that names nobody: the proxy speaks for itself, or does not know the client.
    Unnamed,
    /// There is one that names the client.
    Client(Proxied),
}

/// The beginning of a connection from a trusted proxy.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Preface {
    /// What the proxy said.
    pub(crate) header: Header,
    /// The bytes that follow, as far as they have been read.
    pub(crate) rest: Vec<u8>,
}

/// Reads the header, if the connection begins with one. It waits without a bound.
///
/// # Errors
/// Fails if the header is malformed or too long, or if reading does.
pub(crate) async fn read(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<Preface> {
    let mut bytes = Vec::new();
    loop {
        if let Some((header, length)) = parse(&bytes)? {
            return Ok(Preface { header, rest: bytes.split_off(length) });
        }
        let mut buffer = [0; 512];
        match stream.read(&mut buffer).await? {
            // What is incomplete now stays so; HTTP says what is wrong with it.
            0 => return Ok(Preface { header: Header::Absent, rest: bytes }),
            count => bytes.extend_from_slice(&buffer[..count]),
        }
    }
}

/// Parses the beginning of a connection: what the proxy said, and the length of the header, which is
/// 0 if there is none. Returns `None` if more bytes are needed to tell.
fn parse(bytes: &[u8]) -> io::Result<Option<(Header, usize)>> {
    let begins = |signature: &[u8]| {
        let common = bytes.len().min(signature.len());
        bytes[..common] == signature[..common]
    };
    let header = if begins(v2::PROTOCOL_PREFIX) {
        match v2_length(bytes) {
            Some(length @ ..=MAX_HEADER) => bytes.get(..length),
            Some(_) => return Err(malformed("it is too long")),
            None => None,
        }
    } else if begins(V1_SIGNATURE) {
        let end = bytes.iter().take(V1_MAX).position(|byte| *byte == b'\n');
        if end.is_none() && bytes.len() >= V1_MAX {
            return Err(malformed("it is too long"));
        }
        end.map(|end| &bytes[..=end])
    } else {
        return Ok(Some((Header::Absent, 0)));
    };
    let Some(header) = header else { return Ok(None) };
    let proxied = if begins(v2::PROTOCOL_PREFIX) { of_v2(header) } else { of_v1(header) }?;
    Ok(Some((proxied.map_or(Header::Unnamed, Header::Client), header.len())))
}

/// What version 1 begins with.
const V1_SIGNATURE: &[u8] = b"PROXY ";

/// Returns the length of a header of version 2, if as much of it is there.
fn v2_length(bytes: &[u8]) -> Option<usize> {
    let length = bytes.get(V2_LENGTH..V2_FIXED)?;
    Some(V2_FIXED + usize::from(u16::from_be_bytes([length[0], length[1]])))
}

fn of_v1(header: &[u8]) -> io::Result<Option<Proxied>> {
    let header = v1::Header::try_from(header).map_err(malformed)?;
    let (source, destination): (SocketAddr, SocketAddr) = match header.addresses {
        v1::Addresses::Unknown => return Ok(None),
        v1::Addresses::Tcp4(it) => (
            (it.source_address, it.source_port).into(),
            (it.destination_address, it.destination_port).into(),
        ),
        v1::Addresses::Tcp6(it) => (
            (it.source_address, it.source_port).into(),
            (it.destination_address, it.destination_port).into(),
        ),
    };
    Ok(Some(Proxied { source, destination, is_tls: false }))
}

fn of_v2(header: &[u8]) -> io::Result<Option<Proxied>> {
    let header = v2::Header::try_from(header).map_err(malformed)?;
    if header.command == v2::Command::Local {
        // The proxy speaks for itself, such as to see whether the bridge is alive.
        return Ok(None);
    }
    let (source, destination): (SocketAddr, SocketAddr) = match header.addresses {
        v2::Addresses::Unspecified | v2::Addresses::Unix(_) => return Ok(None),
        v2::Addresses::IPv4(it) => (
            (it.source_address, it.source_port).into(),
            (it.destination_address, it.destination_port).into(),
        ),
        v2::Addresses::IPv6(it) => (
            (it.source_address, it.source_port).into(),
            (it.destination_address, it.destination_port).into(),
        ),
    };
    let is_tls = header.tlvs().flatten().any(|tlv| {
        tlv.kind == v2::Type::SSL as u8
            && tlv.value.first().is_some_and(|client| client & CLIENT_SSL != 0)
    });
    Ok(Some(Proxied { source, destination, is_tls }))
}

fn malformed(reason: impl std::fmt::Display) -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidData,
        format!("the header of the PROXY protocol is malformed: {reason}"),
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tokio::io::AsyncWriteExt as _;

    use super::*;

    const REQUEST: &[u8] = b"GET / HTTP/1.1\r\n\r\n";

    /// A header of version 2 with this command and family, and what follows them.
    fn v2_header(command: u8, family: u8, rest: &[u8]) -> Vec<u8> {
        let length = u16::try_from(rest.len()).unwrap().to_be_bytes();
        [v2::PROTOCOL_PREFIX, &[command, family], &length, rest].concat()
    }

    const IPV4: [u8; 12] = [192, 0, 2, 7, 203, 0, 113, 9, 0x12, 0x34, 0, 80];
    /// The TLV of a client that came by TLS.
    const TLS: [u8; 8] = [0x20, 0, 5, 1, 0, 0, 0, 0];

    /// Reads what arrives in pieces of `size` bytes.
    async fn read_in_pieces(bytes: &[u8], size: usize) -> io::Result<Preface> {
        let (mut proxy, mut stream) = tokio::io::duplex(size);
        let writing = async {
            // A header that is refused is not read to its end.
            let _ = proxy.write_all(bytes).await;
            drop(proxy);
        };
        let reading = async {
            let mut preface = read(&mut stream).await?;
            stream.read_to_end(&mut preface.rest).await?;
            drop(stream);
            Ok(preface)
        };
        tokio::join!(reading, writing).0
    }

    #[tokio::test]
    async fn the_client_is_the_one_that_the_header_names_in_whatever_pieces_it_comes() {
        let proxied = |is_tls| Proxied {
            source: "192.0.2.7:4660".parse().unwrap(),
            destination: "203.0.113.9:80".parse().unwrap(),
            is_tls,
        };
        let v1 = b"PROXY TCP4 192.0.2.7 203.0.113.9 4660 80\r\n".to_vec();
        let with_tls = v2_header(0x21, 0x11, &[&IPV4[..], &TLS].concat());
        for (header, is_tls) in
            [(v1, false), (v2_header(0x21, 0x11, &IPV4), false), (with_tls, true)]
        {
            for size in [1, 7, 4096] {
                let preface = read_in_pieces(&[&header, REQUEST].concat(), size).await.unwrap();
                let header = Header::Client(proxied(is_tls));
                let expected = Preface { header, rest: REQUEST.into() };
                assert_eq!(preface, expected, "{size}");
            }
        }
        // The TLV says that the client did not come by TLS, or it is another one.
        for tlv in
            [[0x20, 0, 5, 0, 0, 0, 0, 0], [0x20, 0, 5, 2, 0, 0, 0, 0], [1, 0, 5, 1, 0, 0, 0, 0]]
        {
            let header = v2_header(0x21, 0x11, &[&IPV4[..], &tlv].concat());
            let preface = read_in_pieces(&header, 64).await.unwrap();
            assert_eq!(preface.header, Header::Client(proxied(false)), "{tlv:?}");
        }
        let v6 = b"PROXY TCP6 2001:db8::7 2001:db8::9 4660 80\r\n";
        let preface = read_in_pieces(v6, 64).await.unwrap();
        let Header::Client(proxied) = preface.header else { panic!("{preface:?}") };
        assert_eq!(proxied.source, "[2001:db8::7]:4660".parse().unwrap());
    }

    #[tokio::test]
    async fn a_proxy_that_speaks_for_itself_names_nobody() {
        for header in [
            b"PROXY UNKNOWN\r\n".to_vec(),
            v2_header(0x20, 0x00, &[]),
            v2_header(0x20, 0x11, &IPV4),
            v2_header(0x21, 0x00, &[]),
        ] {
            let preface = read_in_pieces(&[&header, REQUEST].concat(), 64).await.unwrap();
            assert_eq!(preface, Preface { header: Header::Unnamed, rest: REQUEST.into() });
        }
    }

    #[tokio::test]
    async fn a_connection_without_a_header_is_left_as_it_is() {
        for begin in ["GET / HTTP/1.1\r\n", "POST / HTTP/1.1\r\n", "\r\nGET /", "P", "PROX", ""] {
            for size in [1, 64] {
                let preface = read_in_pieces(begin.as_bytes(), size).await.unwrap();
                assert_eq!(preface, Preface { header: Header::Absent, rest: begin.into() });
            }
        }
    }

    #[tokio::test]
    async fn a_malformed_or_endless_header_is_refused() {
        for header in [
            b"PROXY TCP4 192.0.2.7\r\n".to_vec(),
            b"PROXY TCP4 192.0.2.777 203.0.113.9 1 2\r\n".to_vec(),
            [b"PROXY TCP4 ", &[b'1'; 200][..]].concat(),
            v2_header(0x31, 0x11, &IPV4),
            v2_header(0x21, 0x21, &IPV4),
            v2_header(0x21, 0x11, &[0; MAX_HEADER]),
        ] {
            let error = read_in_pieces(&header, 64).await.unwrap_err();
            assert!(error.to_string().contains("PROXY protocol"), "{error}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic_or_wait_for_more_than_its_bound(
            signature in prop_oneof![Just(&b""[..]), Just(V1_SIGNATURE), Just(v2::PROTOCOL_PREFIX)],
            bytes in proptest::collection::vec(any::<u8>(), 0..200),
        ) {
            let bytes = [signature, &bytes].concat();
            let _ = parse(&bytes);
            let padded = [bytes, vec![0; MAX_HEADER]].concat();
            prop_assert!(!matches!(parse(&padded), Ok(None)));
        }
    }
}
