//! What to do about an address on which the bridge cannot listen.

use std::io::{Error, ErrorKind};

/// Returns `error`, of listening on an address, with what to do about it, where that can be said.
/// `flag` is the one whose value the address is.
#[must_use]
pub fn with_advice(error: Error, flag: &str) -> Error {
    let advice = match error.kind() {
        ErrorKind::AddrInUse => {
            format!("is a bridge running already? {flag} takes another address")
        }
        ErrorKind::PermissionDenied => format!(
            "a port below 1024 takes a privilege (CAP_NET_BIND_SERVICE): {flag} takes another one"
        ),
        ErrorKind::AddrNotAvailable => {
            format!("this machine does not have it: {flag} takes one that it has")
        }
        _ => return error,
    };
    Error::new(error.kind(), format!("{error}; {advice}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_to_do_is_said_with_the_flag_and_the_systems_own_words_are_kept() {
        for (kind, part) in [
            (ErrorKind::AddrInUse, "another address"),
            (ErrorKind::PermissionDenied, "below 1024"),
            (ErrorKind::AddrNotAvailable, "one that it has"),
        ] {
            let advised = with_advice(Error::new(kind, "the system's words"), "--listen");
            let sentence = advised.to_string();
            assert_eq!(advised.kind(), kind);
            assert!(sentence.starts_with("the system's words; "), "{sentence}");
            assert!(sentence.contains(part) && sentence.contains("--listen"), "{sentence}");
        }
    }

    #[test]
    fn an_error_about_which_nothing_is_known_stays_as_it_is() {
        let error = with_advice(Error::other("the system's words"), "--listen");
        assert_eq!(error.to_string(), "the system's words");
    }
}
