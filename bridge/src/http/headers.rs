//! Reading a request's headers.

use axum::http::header::HOST;
use axum::http::{HeaderMap, HeaderName, Uri};

/// Returns the host that a request was made to: a target in absolute form overrides the header Host
/// (RFC 9112, section 3.2.2).
pub(crate) fn host<'a>(uri: &'a Uri, headers: &'a HeaderMap) -> Option<&'a str> {
    uri.authority()
        .map_or_else(|| single_header(headers, &HOST), |authority| Some(authority.as_str()))
}

/// Returns the value of a header that must not occur twice. `None` stands for a header that is
/// missing, occurs more than once, or is not visible ASCII.
pub(super) fn single_header<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok(),
        _ => None,
    }
}
