//! What lets a request in.

use axum::http::HeaderName;

use super::token::Token;

/// What lets a request in.
#[derive(Clone, Debug)]
pub enum Entry {
    /// Everybody comes in who reaches the bridge.
    Open,
    /// The token, or the cookie that stands for it.
    Token {
        /// The token.
        token: Token,
        /// Whether nobody knows it yet but the bridge.
        is_generated: bool,
    },
    /// A header that a trusted proxy sets for those whom it has let in.
    Header(HeaderName),
}

impl Entry {
    /// Returns `url` as it is to be printed: with the token if the bridge made it, and otherwise as
    /// it is, since whoever wrote the token knows it, and what is printed may be kept.
    #[must_use]
    pub fn printed(&self, url: &str) -> String {
        match self {
            Self::Token { token, is_generated: true } => token.in_url(url),
            _ => url.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_printed_if_the_bridge_made_it_and_nobody_knows_it_yet() {
        let token = || "0123456789abcdef".parse().unwrap();
        for (entry, expected) in [
            (
                Entry::Token { token: token(), is_generated: true },
                "http://a/?token=0123456789abcdef",
            ),
            (Entry::Token { token: token(), is_generated: false }, "http://a/"),
            (Entry::Open, "http://a/"),
        ] {
            assert_eq!(entry.printed("http://a/"), expected, "{entry:?}");
        }
    }
}
