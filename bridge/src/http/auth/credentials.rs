//! What a request shows to be let in.

use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, Uri};

use super::cookie;
use crate::http::headers::single_header;

/// The parameter of the query that has the token.
const PARAMETER: &str = "token";
/// The scheme of the header Authorization (RFC 6750, section 2.1).
const SCHEME: &str = "bearer";

/// What a request shows to be let in.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Credentials<'a> {
    /// The values of the bridge's cookie.
    pub(crate) cookies: Vec<&'a str>,
    /// The token in the URL. It is compared as it is written, since a token has no character that a
    /// URL escapes.
    pub(super) token: Option<&'a str>,
    /// The token in the header Authorization.
    bearer: Option<&'a str>,
}

impl<'a> Credentials<'a> {
    /// Returns what a request shows. `cookie` is the name of the bridge's cookie.
    pub(crate) fn of(uri: &'a Uri, headers: &'a HeaderMap, cookie: &'a str) -> Self {
        let bearer = single_header(headers, &AUTHORIZATION)
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case(SCHEME))
            .map(|(_, token)| token.trim());
        let mut parameters = uri.query().unwrap_or_default().split('&');
        let token = parameters.find_map(token);
        Self { cookies: cookie::values(headers, cookie).collect(), token, bearer }
    }

    /// Returns the tokens that it shows.
    pub(crate) fn tokens(&self) -> impl Iterator<Item = &'a str> {
        self.token.into_iter().chain(self.bearer)
    }
}

/// Returns the value of a parameter of a query, if it is that of the token.
fn token(parameter: &str) -> Option<&str> {
    let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
    (name == PARAMETER).then_some(value)
}

/// Returns a query without the token, and otherwise as it is.
pub(crate) fn without_token(query: &str) -> String {
    let others = query.split('&').filter(|parameter| token(parameter).is_none());
    others.collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(uri: &str, authorization: &str) -> (Option<String>, Option<String>) {
        let headers = [(AUTHORIZATION, authorization.parse().unwrap())].into_iter().collect();
        let uri = uri.parse().unwrap();
        let shown = Credentials::of(&uri, &headers, "cookie");
        (shown.token.map(Into::into), shown.bearer.map(Into::into))
    }

    #[test]
    fn a_token_is_read_from_the_url_and_from_the_header() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(shown("/?token=abc", "Bearer def"), (some("abc"), some("def")));
        assert_eq!(shown("/ws?target=echo&token=abc", "bearer  def "), (some("abc"), some("def")));
        assert_eq!(shown("/?token", "Basic YTpi"), (some(""), None));
        assert_eq!(shown("/?mytoken=a&tokens=b", "def"), (None, None));
    }

    #[test]
    fn all_else_of_a_query_stays_as_it_is() {
        for (query, expected) in [
            ("token=abc", ""),
            ("a=1&token=abc&b=%2F+&c", "a=1&b=%2F+&c"),
            ("token=a&token=b", ""),
            ("a=token=b", "a=token=b"),
            ("", ""),
        ] {
            assert_eq!(without_token(query), expected, "{query}");
        }
    }
}
