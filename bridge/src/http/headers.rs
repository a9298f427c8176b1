//! Reading a request's headers.

use axum::extract::Request;
use axum::http::header::HOST;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Uri};

/// Returns the host that a request was made to: a target in absolute form overrides the header Host
/// (RFC 9112, section 3.2.2).
pub(crate) fn host<'a>(uri: &'a Uri, headers: &'a HeaderMap) -> Option<&'a str> {
    uri.authority()
        .map_or_else(|| single_header(headers, &HOST), |authority| Some(authority.as_str()))
}

/// Has a request be one to `host`, or to none if that cannot be the value of a header.
pub(super) fn set_host(request: &mut Request, host: &str) {
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    if let Ok(uri) = path.parse() {
        *request.uri_mut() = uri;
    }
    request.headers_mut().remove(HOST);
    if let Ok(host) = HeaderValue::from_str(host) {
        request.headers_mut().insert(HOST, host);
    }
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
