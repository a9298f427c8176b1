//! The token that lets a client in, and the cookie that stands for it in a browser.

use std::fmt;
use std::io;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// The fewest characters of a token. With random letters and digits, and few attempts in a minute,
/// it is not guessed.
const MIN_LENGTH: usize = 16;
/// The most characters of a token.
const MAX_LENGTH: usize = 256;
/// The characters of a generated token: those that nobody takes for another one (Crockford's
/// base 32), since a class types it off a projector.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// The groups of a generated token, and the characters in each: 80 random bits.
const GROUPS: usize = 4;
const GROUP: usize = 4;
/// What is hashed before the token to derive the cookie.
const COOKIE_CONTEXT: &[u8] = b"tcp-bridge cookie v1\0";

/// The token of a bridge. It consists of characters that a URL and a header take as they are.
#[derive(Clone)]
pub struct Token {
    text: String,
    /// The hash of the token. Comparing hashes takes the same time for values of any length.
    hash: Hash,
    cookie: String,
    cookie_hash: Hash,
}

type Hash = [u8; 32];

impl Token {
    /// Generates a token from the operating system's random numbers.
    ///
    /// # Errors
    /// Fails if the system has none.
    pub(super) fn generate() -> io::Result<Self> {
        let mut random = [0; GROUPS * GROUP];
        getrandom::fill(&mut random).map_err(|error| {
            io::Error::other(format!("cannot generate a token: {error}; give one by --token-file"))
        })?;
        let character = |byte: &u8| char::from(ALPHABET[usize::from(*byte) % ALPHABET.len()]);
        let groups = random.chunks(GROUP).map(|group| group.iter().map(character).collect());
        Ok(Self::new(groups.collect::<Vec<String>>().join("-")))
    }

    fn new(text: String) -> Self {
        let derived = Sha256::new().chain_update(COOKIE_CONTEXT).chain_update(&text).finalize();
        let cookie = URL_SAFE_NO_PAD.encode(derived);
        Self { hash: hash(&text), cookie_hash: hash(&cookie), text, cookie }
    }

    /// Returns whether `given` is the token. How long it takes tells nothing of the token.
    pub(crate) fn matches(&self, given: &str) -> bool {
        hash(given).ct_eq(&self.hash).into()
    }

    /// Returns the value of the cookie that stands for the token. The token cannot be told from it,
    /// and it is the same for every bridge with this token, so that any replica takes it.
    pub(crate) fn cookie(&self) -> &str {
        &self.cookie
    }

    /// Returns whether `given` is the value of the cookie, likewise.
    pub(crate) fn matches_cookie(&self, given: &str) -> bool {
        hash(given).ct_eq(&self.cookie_hash).into()
    }

    /// Returns the token itself.
    pub(crate) fn reveal(&self) -> &str {
        &self.text
    }

    /// Returns `url`, which has no query, with the token.
    pub(super) fn in_url(&self, url: &str) -> String {
        format!("{url}?token={}", self.text)
    }
}

/// Shows nothing of the token, since what is shown may be logged.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(_)")
    }
}

impl FromStr for Token {
    type Err = String;

    /// Parses a token that somebody chose. An error says nothing of it but where it is wrong.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const ADVICE: &str = "write one with: openssl rand -hex 16";
        let is_allowed = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
        if text.is_empty() {
            return Err(format!("it is empty: {ADVICE}"));
        }
        if let Some(position) = text.chars().position(|c| !is_allowed(c)) {
            let what = match text.chars().nth(position) {
                Some(c) if c.is_whitespace() => "a space or line break",
                _ => "neither a letter or digit of ASCII nor one of - . _ ~",
            };
            return Err(format!("character {} of the token is {what}: {ADVICE}", position + 1));
        }
        match text.len() {
            ..MIN_LENGTH => Err(format!(
                "the token has {} characters, and can be guessed with fewer than {MIN_LENGTH}: \
                 {ADVICE}",
                text.len()
            )),
            MIN_LENGTH..=MAX_LENGTH => Ok(Self::new(text.into())),
            _ => Err(format!("the token has more than {MAX_LENGTH} characters: {ADVICE}")),
        }
    }
}

fn hash(text: &str) -> Hash {
    Sha256::digest(text).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_generated_token_can_be_typed_is_accepted_as_one_and_is_never_the_same() {
        let token = Token::generate().unwrap();
        assert_eq!(token.text.len(), GROUPS * GROUP + GROUPS - 1);
        assert!(!token.text.contains(['i', 'l', 'o', 'u']), "{}", token.text);
        assert_eq!(token.text.parse::<Token>().unwrap().cookie, token.cookie);
        assert_ne!(Token::generate().unwrap().text, token.text);
    }

    #[test]
    fn a_generated_token_may_have_any_character_of_the_alphabet() {
        let tokens: String = (0..200).map(|_| Token::generate().unwrap().text).collect();
        for character in ALPHABET {
            assert!(tokens.contains(char::from(*character)), "{character} in none of 200 tokens");
        }
    }

    #[test]
    fn only_the_token_matches_and_only_its_cookie_as_a_cookie() {
        let token = "0123456789abcdef".parse::<Token>().unwrap();
        assert!(token.matches("0123456789abcdef"));
        assert!(token.matches_cookie(token.cookie()));
        assert_eq!(token.reveal(), "0123456789abcdef");
        for other in ["", "0123456789abcdeF", "0123456789abcdef0", token.cookie()] {
            assert!(!token.matches(other), "{other:?}");
        }
        for other in ["", "0123456789abcdef", &token.cookie()[1..]] {
            assert!(!token.matches_cookie(other), "{other:?}");
        }
    }

    #[test]
    fn a_token_that_cannot_be_used_is_refused_with_a_sentence_that_does_not_tell_it() {
        for (text, part) in [
            ("", "empty"),
            ("0123456789abcde", "15 characters"),
            ("0123456789 abcdef", "character 11 of the token is a space"),
            ("0123456789abcdef\r", "character 17 of the token is a space or line break"),
            ("0123456789abcdef+", "character 17 of the token is neither"),
            ("0123456789abcdefé", "character 17 of the token is neither"),
            (&"x".repeat(257), "more than 256"),
        ] {
            let error = text.parse::<Token>().unwrap_err();
            assert!(error.contains(part) && error.contains("openssl rand"), "{text}: {error}");
            assert!(text.is_empty() || !error.contains(text), "{error}");
        }
    }

    #[test]
    fn nothing_of_a_token_is_shown_for_debugging() {
        let token = "0123456789abcdef".parse::<Token>().unwrap();
        assert_eq!(format!("{token:?}"), "Token(_)");
    }
}
