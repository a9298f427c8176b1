//! Commands for a terminal.

/// The command that starts the bridge, in the project's folder.
pub const START_BRIDGE: &str = "cargo xtask run";

/// The longest message that a command is shown for, in bytes.
const MAX_MESSAGE: usize = 60;

/// A command that sends `message` to `target` and shows what comes back. None for a message that
/// is long or has characters that a terminal would not take as they are.
#[must_use]
pub fn send(target: &str, message: &[u8]) -> Option<String> {
    let (host, port) = split(target)?;
    let text = std::str::from_utf8(message).ok()?;
    let fits = message.len() <= MAX_MESSAGE && !text.chars().any(char::is_control);
    let (word, host) = (word(text), word(host));
    fits.then(|| format!("printf %s {word} | ncat {host} {port}"))
}

/// A command that starts an echo server on the port of `target`.
#[must_use]
pub fn echo_server(target: &str) -> Option<String> {
    let (_, port) = split(target)?;
    Some(format!("ncat -v -l {port} --keep-open --exec /bin/cat"))
}

/// A command that starts the bridge with a flag.
#[must_use]
pub fn bridge(flag: &str, value: &str) -> String {
    format!("bridge {flag} {}", word(value))
}

fn split(target: &str) -> Option<(&str, u16)> {
    let (host, port) = target.rsplit_once(':')?;
    let unbracketed = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    Some((unbracketed.unwrap_or(host), port.parse().ok()?))
}

/// `text` as one word for a shell, so that a command that is pasted does what it says.
fn word(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || ".-_:/@%+=,".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_to_paste_cannot_carry_another_one_along() {
        let hostile = "x; rm -rf ~ #'$(id):1";
        assert_eq!(bridge("--allow", hostile), r"bridge --allow 'x; rm -rf ~ #'\''$(id):1'");
        assert_eq!(
            send(hostile, b"a'b").as_deref(),
            Some(r"printf %s 'a'\''b' | ncat 'x; rm -rf ~ #'\''$(id)' 1")
        );
    }

    #[test]
    fn an_address_in_brackets_is_quoted_where_it_stays_and_bare_for_ncat() {
        assert_eq!(bridge("--allow", "[::1]:80"), "bridge --allow '[::1]:80'");
        assert_eq!(send("[::1]:80", b"hi").as_deref(), Some("printf %s hi | ncat ::1 80"));
    }

    #[test]
    fn a_message_that_a_terminal_would_not_take_has_no_command() {
        assert_eq!(send("localhost:8888", b"one\ntwo"), None);
        assert_eq!(send("localhost:8888", &[b'x'; 61]), None);
        assert_eq!(send("localhost:8888", b"\xff"), None);
    }
}
