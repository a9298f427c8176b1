//! What a request gets that is not let in: what happened, and what to do. A browser gets a page,
//! other clients a problem detail (RFC 9457).

use std::time::Duration;

use axum::extract::Request;
use axum::http::header::{
    ACCEPT, CACHE_CONTROL, CONTENT_SECURITY_POLICY, RETRY_AFTER, SET_COOKIE, WWW_AUTHENTICATE,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse as _, Response};

use super::cookie;
use crate::http::connection_info::ConnectionInfo;
use crate::http::log;
use crate::http::problem::problem;

mod html;

/// Why a request is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It shows no token, and no cookie.
    NoToken,
    /// It shows a cookie that is no longer good, and nothing else.
    StaleCookie,
    /// What it shows is not the token.
    WrongToken,
    /// Too many wrong tokens came from the client.
    TooMany {
        /// How long it has to wait.
        wait: Duration,
    },
    /// No trusted proxy says who the client is.
    NotSignedIn,
}

impl Refusal {
    /// Returns the response, and logs the refusal if it may be an attack or a mistake.
    pub(super) fn response(self, connection: ConnectionInfo, request: &Request) -> Response {
        let (status, headers, sentence) = (self.status(), request.headers(), self.sentence());
        // A page that was left open asks again and again, so the others are seen as requests only.
        if self == Self::WrongToken {
            log::refusal(status, connection, request.uri(), headers, &sentence);
        }
        let mut response = if wants_html(headers) {
            let page = html::page(self);
            let policy = (CONTENT_SECURITY_POLICY, html::policy());
            (status, [policy], Html(page)).into_response()
        } else {
            problem(status, &sentence)
        };
        self.add_headers(response.headers_mut(), headers, connection);
        response
    }

    fn status(self) -> StatusCode {
        match self {
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::NoToken | Self::StaleCookie | Self::WrongToken | Self::NotSignedIn => {
                StatusCode::UNAUTHORIZED
            }
        }
    }

    /// Returns how long the client has to wait, in whole seconds, at least one.
    fn seconds(self) -> Option<u64> {
        match self {
            Self::TooMany { wait } => Some(wait.as_secs() + 1),
            _ => None,
        }
    }

    fn sentence(self) -> String {
        match self {
            Self::NoToken => "This bridge asks for its token: open it by the URL that it printed \
                              when it started, or send the token in the header \"Authorization: \
                              Bearer TOKEN\", or in the URL as ?token=TOKEN."
                .into(),
            Self::StaleCookie | Self::WrongToken => {
                "The token is not the one of this bridge, which may have \
                                        been started again: take the one of the URL that it \
                                        printed last."
                    .into()
            }
            Self::TooMany { .. } => format!(
                "Too many wrong tokens came from your address. Try again in {} s.",
                self.seconds().unwrap_or_default()
            ),
            Self::NotSignedIn => "This bridge is open to those alone whom its proxy has signed \
                                  in: open it by the address of the proxy. If this is it, the \
                                  proxy has to set the header of --auth, and --trusted-proxy \
                                  has to have its address."
                .into(),
        }
    }

    fn add_headers(self, to: &mut HeaderMap, request: &HeaderMap, connection: ConnectionInfo) {
        let mut add = |name: HeaderName, value: &'static str| {
            to.insert(name, HeaderValue::from_static(value));
        };
        add(CACHE_CONTROL, "no-store");
        match self {
            // RFC 6750, section 3.
            Self::NoToken => add(WWW_AUTHENTICATE, "Bearer realm=\"tcp-bridge\""),
            Self::StaleCookie | Self::WrongToken => {
                add(WWW_AUTHENTICATE, "Bearer realm=\"tcp-bridge\", error=\"invalid_token\"");
            }
            // Every 401 has one (RFC 9110, section 11.6.1), although this is no scheme of HTTP's.
            Self::NotSignedIn => add(WWW_AUTHENTICATE, "Proxy realm=\"tcp-bridge\""),
            Self::TooMany { .. } => {}
        }
        if let Some(seconds) = self.seconds() {
            to.insert(RETRY_AFTER, seconds.into());
        }
        // Else an open page would go on giving it.
        if self == Self::StaleCookie
            && let Ok(cookie) = cookie::remove(&cookie::name(request, connection.is_https))
        {
            to.insert(SET_COOKIE, cookie);
        }
    }
}

/// Returns whether the client is a browser that opens a page.
fn wants_html(headers: &HeaderMap) -> bool {
    let accepts = headers.get_all(ACCEPT).into_iter().filter_map(|accept| accept.to_str().ok());
    accepts.into_iter().any(|accept| accept.contains("text/html"))
}
