//! The cookie that stands for the token in a browser (RFC 6265bis).

use axum::http::header::{COOKIE, HOST, InvalidHeaderValue};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue};

use crate::http::headers::single_header;

/// What the name begins with.
const PREFIX: &str = "tcp-bridge-";

/// Returns the name of the cookie of the bridge to which the request was made. Cookies are sent to
/// every port of a host, so the name has the port, by which the bridges of one host differ.
pub(crate) fn name(headers: &HeaderMap, is_https: bool) -> String {
    let host = single_header(headers, &HOST).and_then(|host| host.parse::<Authority>().ok());
    let port = host.and_then(|host| host.port_u16()).unwrap_or(if is_https { 443 } else { 80 });
    format!("{PREFIX}{port}")
}

/// Returns all values of the cookie of this name. A page of another host under the same domain can
/// set a further one, which must not keep the right one out.
pub(super) fn values<'a>(headers: &'a HeaderMap, name: &'a str) -> impl Iterator<Item = &'a str> {
    let lines = headers.get_all(COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.split_once('='));
    pairs.filter(move |(key, _)| key.trim() == name).map(|(_, value)| value.trim())
}

/// Returns the header that sets the cookie until the browser is closed. No script can read it, no
/// page of another site has it sent, and what came by HTTPS is not sent over HTTP.
pub(super) fn set(
    name: &str,
    value: &str,
    is_https: bool,
) -> Result<HeaderValue, InvalidHeaderValue> {
    let secure = if is_https { "; Secure" } else { "" };
    HeaderValue::try_from(format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict{secure}"))
}

/// Returns the header that removes the cookie.
pub(super) fn remove(name: &str) -> Result<HeaderValue, InvalidHeaderValue> {
    HeaderValue::try_from(format!("{name}=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: &'static str, value: &'static str) -> HeaderMap {
        [(name.parse().unwrap(), HeaderValue::from_static(value))].into_iter().collect()
    }

    #[test]
    fn bridges_on_different_ports_of_a_host_have_different_cookies() {
        for (host, is_https, expected) in [
            ("localhost:8080", false, "tcp-bridge-8080"),
            ("localhost:8081", false, "tcp-bridge-8081"),
            ("[::1]:9000", false, "tcp-bridge-9000"),
            ("bridge.school", false, "tcp-bridge-80"),
            ("bridge.school", true, "tcp-bridge-443"),
        ] {
            assert_eq!(name(&headers("host", host), is_https), expected, "{host}");
        }
    }

    #[test]
    fn every_value_of_the_name_is_found_and_no_other_cookie() {
        let headers =
            headers("cookie", "a=1; tcp-bridge-8080=x;tcp-bridge-80=z; tcp-bridge-8080=y=");
        let found: Vec<_> = values(&headers, "tcp-bridge-8080").collect();
        assert_eq!(found, ["x", "y="]);
    }
}
