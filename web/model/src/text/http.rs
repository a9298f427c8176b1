//! HTTP/1.x messages in bytes: their heads and bodies (RFC 9112).

use std::borrow::Cow;

/// The longest head that is looked for, in bytes.
const MAX_HEAD: usize = 64 * 1024;

/// The head of a message and the bytes of its body.
#[derive(Debug, PartialEq, Eq)]
pub struct Message<'a> {
    /// The start line and the fields, with the empty line after them.
    pub head: &'a [u8],
    /// The body, its chunks joined; empty if there is none.
    pub body: Cow<'a, [u8]>,
    /// How the body is encoded.
    pub encoding: BodyEncoding,
    /// What comes after the message.
    pub rest: &'a [u8],
}

/// How the body of a message is encoded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BodyEncoding {
    /// Whether it came in chunks, which are joined here.
    pub is_chunked: bool,
    /// Whether it is compressed, so that it is no text.
    pub is_compressed: bool,
}

impl<'a> Message<'a> {
    /// Returns the message with which the bytes begin, or `None` if that is none, or if its head is
    /// not complete.
    #[must_use]
    pub fn parse(bytes: &'a [u8]) -> Option<Self> {
        let start_line = bytes.split(|&byte| byte == b'\n').next()?.trim_ascii_end();
        let is_response = start_line.starts_with(b"HTTP/1.");
        let is_request =
            [&b" HTTP/1.1"[..], b" HTTP/1.0"].iter().any(|it| start_line.ends_with(it));
        if !is_response && !is_request {
            return None;
        }
        let (head, after) = bytes.split_at(head_length(bytes)?);
        let is_compressed = field(head, "content-encoding").is_some_and(|it| it != b"identity");
        let is_chunked = field(head, "transfer-encoding")
            .is_some_and(|codings| codings.to_ascii_lowercase().ends_with(b"chunked"));
        if is_chunked && let Some((body, rest)) = join_chunks(after) {
            let encoding = BodyEncoding { is_chunked, is_compressed };
            return Some(Self { head, body: body.into(), encoding, rest });
        }
        // Chunks come before a length (RFC 9112, section 6.3); if they are none, all that follows is
        // the body. A message without a length goes on to the end: of a request, that is none.
        let length = match field(head, "content-length").and_then(number) {
            _ if is_chunked => after.len(),
            Some(length) => length,
            None if is_request => 0,
            None => after.len(),
        };
        let (body, rest) = after.split_at(length.min(after.len()));
        let encoding = BodyEncoding { is_chunked: false, is_compressed };
        Some(Self { head, body: body.into(), encoding, rest })
    }
}

/// Returns the length of a head, up to the end of its empty line. A bare LF ends a line, too.
fn head_length(bytes: &[u8]) -> Option<usize> {
    let mut start = 0;
    for line in bytes[..bytes.len().min(MAX_HEAD)].split_inclusive(|&byte| byte == b'\n') {
        start += line.len();
        if line == b"\r\n" || line == b"\n" {
            return Some(start);
        }
    }
    None
}

/// Returns the value of the first field of this name, which is in lower case.
fn field<'a>(head: &'a [u8], name: &str) -> Option<&'a [u8]> {
    head.split(|&byte| byte == b'\n').find_map(|line| {
        let (found, value) = line.split_at(line.iter().position(|&byte| byte == b':')?);
        found.eq_ignore_ascii_case(name.as_bytes()).then(|| value[1..].trim_ascii())
    })
}

fn number(digits: &[u8]) -> Option<usize> {
    str::from_utf8(digits).ok()?.parse().ok()
}

/// Returns the bytes of all chunks, as far as they came, and what comes after the last one; `None` if
/// these are no chunks.
fn join_chunks(bytes: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let (mut joined, mut rest) = (Vec::new(), bytes);
    loop {
        let Some(end) = rest.iter().position(|&byte| byte == b'\n') else {
            return (rest.is_empty() || !joined.is_empty()).then_some((joined, &[]));
        };
        let (line, after) = rest.split_at(end + 1);
        let digits = line.split(|&byte| byte == b';').next()?.trim_ascii();
        let size = usize::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()?;
        if size == 0 {
            // Fields may follow, up to an empty line.
            let end = head_length(after).unwrap_or(after.len());
            return Some((joined, &after[end..]));
        }
        let (chunk, after) = after.split_at(size.min(after.len()));
        joined.extend_from_slice(chunk);
        let after = after.strip_prefix(b"\r").unwrap_or(after);
        rest = after.strip_prefix(b"\n").unwrap_or(after);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parsed(bytes: &[u8]) -> (&[u8], Vec<u8>, &[u8]) {
        let message = Message::parse(bytes).unwrap();
        (message.head, message.body.into_owned(), message.rest)
    }

    #[test]
    fn a_response_has_a_head_and_a_body_of_its_length() {
        let head = b"HTTP/1.1 200 OK\r\ncontent-LENGTH: 2\r\n\r\n";
        let bytes = [&head[..], b"okHTTP/1.1 204 No Content\r\n\r\n"].concat();
        let (found, body, rest) = parsed(&bytes);
        assert_eq!((found, &body[..]), (&head[..], &b"ok"[..]));
        assert_eq!(parsed(rest).1, b"");
    }

    #[test]
    fn without_a_length_a_response_goes_on_to_the_end_and_a_request_has_no_body() {
        assert_eq!(parsed(b"HTTP/1.0 200 OK\n\n<html>").1, b"<html>");
        let (_, body, rest) = parsed(b"GET / HTTP/1.1\r\nHost: a\r\n\r\nmore");
        assert_eq!((&body[..], rest), (&b""[..], &b"more"[..]));
    }

    #[test]
    fn a_length_beside_chunks_that_are_none_is_not_believed() {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n";
        let bytes = format!("{head}zzHTTP/1.1 204 No Content\r\n\r\n");
        let message = Message::parse(bytes.as_bytes()).unwrap();
        assert_eq!(message.body.len(), bytes.len() - head.len());
        assert!(message.rest.is_empty());
    }

    #[test]
    fn chunks_are_joined_as_far_as_they_came() {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        for (body, joined, rest) in [
            ("5\r\nHello\r\n1;a=b\r\n!\r\n0\r\n\r\nrest", "Hello!", "rest"),
            ("5\r\nHello\r\n0\r\nTrailer: x\r\n\r\n", "Hello", ""),
            ("5\r\nHello\r\n5\r\nwo", "Hellowo", ""),
            ("5\r\nHello\r\n5", "Hello", ""),
        ] {
            let bytes = format!("{head}{body}");
            let message = Message::parse(bytes.as_bytes()).unwrap();
            assert!(message.encoding.is_chunked);
            assert_eq!(
                (&*message.body, message.rest),
                (joined.as_bytes(), rest.as_bytes()),
                "{body}"
            );
        }
        let bytes = format!("{head}no chunks");
        let message = Message::parse(bytes.as_bytes()).unwrap();
        assert_eq!((&*message.body, message.encoding.is_chunked), (&b"no chunks"[..], false));
    }

    #[test]
    fn a_compressed_body_is_called_one() {
        let message =
            Message::parse(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b").unwrap();
        assert!(message.encoding.is_compressed);
    }

    #[test]
    fn what_is_no_message_or_has_no_whole_head_is_none() {
        for bytes in [&b""[..], b"+PONG\r\n", b"HTTP/1.1 200 OK\r\nA: b\r\n", b"GET /\r\n\r\n"] {
            assert_eq!(Message::parse(bytes), None);
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic_or_get_lost(tail in prop::collection::vec(any::<u8>(), 0..60)) {
            for head in ["HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"] {
                let bytes = [head.as_bytes(), &tail].concat();
                let message = Message::parse(&bytes).unwrap();
                if !message.encoding.is_chunked {
                    prop_assert_eq!(message.head.len() + message.body.len() + message.rest.len(), bytes.len());
                }
            }
        }
    }
}
