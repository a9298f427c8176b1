//! Quoting for commands that people paste into a terminal.

/// Quotes `text` as one word of a POSIX shell, unless it needs no quotes.
#[must_use]
pub fn word(text: &str) -> String {
    let is_plain = |c: char| {
        let is_safe = matches!(c, '.' | '-' | '_' | ':' | '/' | '@' | '%' | '+' | '=' | ',');
        c.is_ascii_alphanumeric() || is_safe
    };
    if !text.is_empty() && text.chars().all(is_plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::word;

    #[test]
    fn a_word_that_needs_no_quotes_has_none() {
        for plain in ["localhost:8888", "--keep-open", "/usr/bin/tcp-bridge", "10.0.0.0/8:80-443"] {
            assert_eq!(word(plain), plain);
        }
    }

    #[test]
    fn a_word_is_one_word_whatever_is_in_it() {
        assert_eq!(word(""), "''");
        assert_eq!(word("my tools/tcp-bridge"), "'my tools/tcp-bridge'");
        assert_eq!(word("x; rm -rf ~ #'$(id)"), r"'x; rm -rf ~ #'\''$(id)'");
    }
}
