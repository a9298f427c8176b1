//! What a request shows to be let in.

use axum::http::Uri;
use bridge::fuzzing;

const COOKIE: &str = "tcp-bridge-8080";

/// Every token and cookie that a request shows is found, whatever else it shows; a query without its
/// token shows none, and is otherwise as it was. The input's first line is the URL, each further one
/// is the header Cookie, or Authorization where it begins with a space.
pub fn credentials(bytes: &[u8]) {
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let Some(Ok(uri)) = lines.next().map(Uri::try_from) else { return };
    let mut headers: Vec<(&'static str, &[u8])> = lines
        .map(|line| match line.strip_prefix(b" ") {
            Some(value) => ("authorization", value),
            None => ("cookie", line),
        })
        .collect();
    let (tokens, cookies) = fuzzing::credentials(&uri, &headers, COOKIE);
    assert!(tokens.len() <= 2);
    let query = uri.query().unwrap_or_default();
    let rest = fuzzing::without_token(query);
    assert_eq!(fuzzing::without_token(&rest), rest);
    let is_kept = |parameter: &&str| !(*parameter == "token" || parameter.starts_with("token="));
    let kept: Vec<_> = query.split('&').filter(is_kept).collect();
    assert_eq!(rest, kept.join("&"));
    let path = uri.path();
    if let Ok(uri) = format!("{path}?{rest}").parse() {
        let in_url = tokens.len() - usize::from(shows_bearer(&headers));
        let (without, _) = fuzzing::credentials(&uri, &headers, COOKIE);
        assert_eq!(without, tokens[in_url..]);
    }
    if let Ok(uri) = format!("{path}?token=right&{query}").parse() {
        assert_eq!(fuzzing::credentials(&uri, &headers, COOKIE).0[0], "right");
    }
    let right = format!("{COOKIE}=right");
    for (_, value) in &headers {
        is_cookie(&fuzzing::cookie_name(value, tokens.is_empty()));
    }
    headers.push(("cookie", right.as_bytes()));
    let (_, all) = fuzzing::credentials(&uri, &headers, COOKIE);
    assert_eq!(all, [&cookies[..], &["right".to_owned()]].concat());
}

/// Returns whether the header Authorization has a token: what a request shows whose URL has none.
fn shows_bearer(headers: &[(&'static str, &[u8])]) -> bool {
    fuzzing::credentials(&Uri::from_static("/"), headers, COOKIE).0.len() == 1
}

/// The cookie of a bridge is named for the port of its Host, whatever that is.
fn is_cookie(name: &str) {
    let port = name.strip_prefix("tcp-bridge-").expect("it is the bridge's");
    assert!(port.parse::<u16>().is_ok(), "{name}");
}
