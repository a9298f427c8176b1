//! What a trusted proxy says of a client in the headers of a request: `X-Forwarded-For`,
//! `X-Forwarded-Proto`, `X-Forwarded-Host`, and `Forwarded` (RFC 7239).
//!
//! A client can send these headers, too, and a proxy appends to what it gets. So they are read from
//! the right, and as long as the address that was reached is that of a trusted proxy.

use std::net::{IpAddr, SocketAddr};

use axum::http::HeaderMap;

use super::proxies::Proxies;
use crate::targets::canonical;

const FOR: &str = "x-forwarded-for";
const PROTO: &str = "x-forwarded-proto";
const HOST: &str = "x-forwarded-host";
const FORWARDED: &str = "forwarded";

/// What a trusted proxy said of the client of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Forwarded {
    /// The client's address, with the port 0 where it is not told.
    pub(crate) client: SocketAddr,
    /// Whether the client came by HTTPS.
    pub(crate) is_https: bool,
    /// The host that the client asked for, where the proxy says so.
    pub(crate) host: Option<String>,
}

/// Reads what the proxy at `peer`, which is a trusted one, says in the headers of a request.
///
/// Where `Forwarded` and `X-Forwarded-For` are both there and name different clients, one of them
/// was passed on as the client sent it. Which one cannot be told, so neither is believed, and the
/// client is the proxy.
pub(crate) fn read(headers: &HeaderMap, peer: SocketAddr, proxies: &Proxies) -> Forwarded {
    let common =
        list(headers, FOR).map(|value| Element { client: node(value), ..Element::default() });
    let (common, _) = nearest_stranger(peer, common.collect(), proxies);
    let standard = lines(headers, FORWARDED).flat_map(|line| split(line, ','));
    let (standard, element) =
        nearest_stranger(peer, standard.map(Element::parse).collect(), proxies);
    let are_both = headers.contains_key(FOR) && headers.contains_key(FORWARDED);
    let (client, element) = if are_both && canonical(common.ip()) != canonical(standard.ip()) {
        (peer, Element::default())
    } else if headers.contains_key(FORWARDED) {
        (standard, element)
    } else {
        (common, element)
    };
    let last = |name| list(headers, name).last().map(str::to_owned);
    let proto = last(PROTO).or(element.proto);
    Forwarded {
        client,
        is_https: proto.is_some_and(|proto| proto.eq_ignore_ascii_case("https")),
        host: last(HOST).or(element.host),
    }
}

/// What one proxy says of whom it got the request from: an element of `Forwarded` (RFC 7239, section
/// 4), or of `X-Forwarded-For`, which has the address alone.
#[derive(Debug, Default)]
struct Element {
    /// The address; `None` if the proxy does not know or tell it.
    client: Option<SocketAddr>,
    proto: Option<String>,
    host: Option<String>,
}

impl Element {
    /// Parses an element of `Forwarded`, passing over what is malformed.
    fn parse(element: &str) -> Self {
        let mut parsed = Self::default();
        for pair in split(element, ';') {
            let Some((name, value)) = pair.split_once('=') else { continue };
            let value = unquoted(value.trim());
            match name.trim().to_ascii_lowercase().as_str() {
                "for" => parsed.client = node(&value),
                "proto" => parsed.proto = Some(value),
                "host" => parsed.host = Some(value),
                _ => {}
            }
        }
        parsed
    }
}

/// Returns the first address from the right that is no trusted proxy's, and what the proxy said that
/// got the request from there. Where a proxy does not tell an address, it is the proxy's own.
fn nearest_stranger(
    peer: SocketAddr,
    elements: Vec<Element>,
    proxies: &Proxies,
) -> (SocketAddr, Element) {
    let (mut client, mut said) = (peer, Element::default());
    for element in elements.into_iter().rev() {
        if !proxies.contains(client.ip()) {
            break;
        }
        let Some(address) = element.client else { break };
        (client, said) = (address, element);
    }
    (client, said)
}

/// Parses an address, with or without a port: `192.0.2.7`, `192.0.2.7:80`, `2001:db8::7`,
/// `[2001:db8::7]`, `[2001:db8::7]:80`.
fn node(text: &str) -> Option<SocketAddr> {
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    let address = bare.parse::<IpAddr>().map(|ip| SocketAddr::new(ip, 0));
    address.or_else(|_| text.parse()).ok()
}

/// Returns the lines of a header. One that is no text is empty.
fn lines<'a>(headers: &'a HeaderMap, name: &'static str) -> impl Iterator<Item = &'a str> {
    headers.get_all(name).into_iter().map(|line| line.to_str().unwrap_or_default())
}

/// Returns the elements of a header that is a list, in all its lines (RFC 9110, section 5.3).
fn list<'a>(headers: &'a HeaderMap, name: &'static str) -> impl Iterator<Item = &'a str> {
    lines(headers, name).flat_map(|line| line.split(',')).map(str::trim)
}

/// Splits `text` at `separator`, but not within quotes.
fn split(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    text.split(move |c: char| {
        let was_escaped = std::mem::take(&mut is_escaped);
        match c {
            '\\' if is_quoted => is_escaped = !was_escaped,
            '"' if !was_escaped => is_quoted = !is_quoted,
            _ => {}
        }
        c == separator && !is_quoted
    })
}

/// Returns the text of a quoted string (RFC 9110, section 5.6.4), or `text` if it is none.
fn unquoted(text: &str) -> String {
    let Some(quoted) = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) else {
        return text.into();
    };
    let mut is_escaped = false;
    let is_kept = |c: &char| {
        is_escaped = *c == '\\' && !is_escaped;
        !is_escaped
    };
    quoted.chars().filter(is_kept).collect()
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};
    use proptest::prelude::*;

    use super::*;
    use crate::access::proxies::proxies;

    const PEER: &str = "10.0.0.1:50000";

    fn forwarded(lines: &[(&str, &str)]) -> Forwarded {
        let headers = lines.iter().map(|(name, value)| {
            (name.parse::<HeaderName>().unwrap(), HeaderValue::from_str(value).unwrap())
        });
        let mut map = HeaderMap::new();
        headers.for_each(|(name, value)| {
            map.append(name, value);
        });
        read(&map, PEER.parse().unwrap(), &proxies(&["10.0.0.0/8", "fd00::/8"]))
    }

    fn client(lines: &[(&str, &str)]) -> String {
        forwarded(lines).client.to_string()
    }

    #[test]
    fn the_client_is_the_rightmost_address_that_is_no_trusted_proxy() {
        for (value, expected) in [
            ("192.0.2.7", "192.0.2.7:0"),
            ("192.0.2.7:1234", "192.0.2.7:1234"),
            ("2001:db8::7", "[2001:db8::7]:0"),
            ("[2001:db8::7]", "[2001:db8::7]:0"),
            ("[2001:db8::7]:80", "[2001:db8::7]:80"),
            ("127.0.0.1, 192.0.2.7", "192.0.2.7:0"),
            ("6.6.6.6, 192.0.2.7,10.0.0.2 , fd00::3", "192.0.2.7:0"),
            ("10.0.0.9", "10.0.0.9:0"),
            ("192.0.2.7, unknown", PEER),
            ("192.0.2.7, 10.0.0.2, _hidden, 10.0.0.3", "10.0.0.3:0"),
            ("192.0.2.7,", PEER),
            ("", PEER),
        ] {
            assert_eq!(client(&[("x-forwarded-for", value)]), expected, "{value}");
        }
    }

    #[test]
    fn within_quotes_nothing_separates_and_a_backslash_escapes() {
        for (text, parts) in [
            ("a,b", &["a", "b"][..]),
            (r#""a,b",c"#, &[r#""a,b""#, "c"]),
            (r#""a\",b",c"#, &[r#""a\",b""#, "c"]),
            (r#""a\\",b"#, &[r#""a\\""#, "b"]),
            (r#"a\",b",c"#, &[r#"a\",b""#, "c"]),
        ] {
            assert_eq!(split(text, ',').collect::<Vec<_>>(), parts);
        }
        for (text, expected) in [("a", "a"), (r#""a""#, "a"), (r#""a\\b\"c\d""#, r#"a\b"cd"#)] {
            assert_eq!(unquoted(text), expected);
        }
    }

    #[test]
    fn several_lines_are_one_list() {
        let lines = [("x-forwarded-for", "6.6.6.6"), ("x-forwarded-for", "192.0.2.7, 10.0.0.2")];
        assert_eq!(client(&lines), "192.0.2.7:0");
    }

    #[test]
    fn the_standard_header_is_read_with_its_quotes() {
        for (value, expected) in [
            ("for=192.0.2.7;proto=https;by=10.0.0.1", "192.0.2.7:0"),
            ("For=\"[2001:db8::7]:4711\"", "[2001:db8::7]:4711"),
            ("for=6.6.6.6, for=192.0.2.7 ; proto=http, for=10.0.0.4", "192.0.2.7:0"),
            ("for=\"6.6.6.6, for=7.7.7.7\", for=192.0.2.7", "192.0.2.7:0"),
            ("for=192.0.2.7, for=unknown", PEER),
            ("proto=https", PEER),
        ] {
            assert_eq!(client(&[("forwarded", value)]), expected, "{value}");
        }
    }

    #[test]
    fn where_the_two_headers_disagree_neither_is_believed() {
        let spoofed = [("forwarded", "for=127.0.0.1"), ("x-forwarded-for", "192.0.2.7")];
        assert_eq!(client(&spoofed), PEER);
        let agreed = [("forwarded", "for=192.0.2.7"), ("x-forwarded-for", "192.0.2.7")];
        assert_eq!(client(&agreed), "192.0.2.7:0");
    }

    #[test]
    fn scheme_and_host_are_those_that_the_client_used() {
        for (lines, is_https, host) in [
            (
                &[("x-forwarded-proto", "https"), ("x-forwarded-host", "a.example")][..],
                true,
                "a.example",
            ),
            (&[("x-forwarded-proto", "HTTPS")], true, ""),
            (&[("x-forwarded-proto", "https, http")], false, ""),
            (
                &[("forwarded", "for=192.0.2.7;proto=https;host=\"a.example:8443\"")],
                true,
                "a.example:8443",
            ),
            (
                &[(
                    "forwarded",
                    "for=192.0.2.7;proto=https;host=a, for=10.0.0.2;proto=http;host=b",
                )],
                true,
                "a",
            ),
            (&[("x-forwarded-for", "192.0.2.7")], false, ""),
        ] {
            let read = forwarded(lines);
            assert_eq!(
                (read.is_https, read.host.unwrap_or_default()),
                (is_https, host.into()),
                "{lines:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn whatever_the_client_sent_the_proxys_own_word_counts(sent in "[ -~]{0,60}") {
            let apart = [("x-forwarded-for", &*sent), ("x-forwarded-for", "192.0.2.7")];
            prop_assert_eq!(client(&apart), "192.0.2.7:0");
            let appended = format!("{sent}, 192.0.2.7");
            prop_assert_eq!(client(&[("x-forwarded-for", &appended)]), "192.0.2.7:0");
            // A quote that the client left open can hide what was appended, but name nobody else.
            let appended = format!("for=\"{sent}, for=192.0.2.7");
            let client = client(&[("forwarded", &appended)]);
            prop_assert!(client == "192.0.2.7:0" || client == PEER, "{client}");
        }
    }
}
