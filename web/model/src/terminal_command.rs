//! Commands that users paste into a terminal.

use crate::protocol::Protocol;

/// The command that starts the bridge, in the project's folder.
pub const START_BRIDGE: &str = "cargo xtask run";

/// Returns a command that starts an echo server on the port of `target`, or `None` if that is not
/// `host:port`.
#[must_use]
pub fn echo_server(target: &str) -> Option<String> {
    let (_, port) = split(target)?;
    Some(echo_server_on(port))
}

/// Returns a command that starts an echo server on a port.
#[must_use]
pub fn echo_server_on(port: u16) -> String {
    format!("ncat -v -l {port} --keep-open --exec /bin/cat")
}

/// Returns a command that speaks a protocol with `target`, or `None` if that is not `host:port`.
#[must_use]
pub fn speak(protocol: Protocol, target: &str) -> Option<String> {
    let (host, port) = split(target)?;
    Some(match protocol {
        Protocol::Tls => format!("openssl s_client -connect {}", word(target)),
        Protocol::Http => format!("curl -v {}", word(&format!("http://{target}/"))),
        Protocol::Ssh => format!("ssh -v -p {port} {}", word(host)),
    })
}

/// Returns a command that starts a server with a fault of the lab, such as `truncate:3`, on the
/// tutorial's port.
#[must_use]
pub fn lab_server(fault: &str) -> String {
    format!("tcp-bridge echo --fault {}", word(fault))
}

/// Returns the command `bridge`, which starts the bridge, with the address `listen` to listen on.
#[must_use]
pub fn listening(bridge: &str, listen: &str) -> String {
    format!("{bridge} --listen {}", word(listen))
}

/// Returns a command that starts the bridge with a flag and its value.
#[must_use]
pub fn bridge(flag: &str, value: &str) -> String {
    format!("tcp-bridge {flag} {}", word(value))
}

/// Splits `target` into host, without the brackets of an IPv6 address, and port. Returns `None` if
/// it is not `host:port`, is a target of the lab, or has a host that a program would take for an
/// option.
#[must_use]
pub fn split(target: &str) -> Option<(&str, u16)> {
    let (host, port) = target.rsplit_once(':')?;
    let unbracketed = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let host = unbracketed.unwrap_or(host);
    (!host.starts_with('-') && !host.bytes().any(|byte| byte == b'/'))
        .then_some((host, port.parse().ok()?))
}

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
    use super::*;

    #[test]
    fn a_command_to_paste_cannot_carry_another_one_along() {
        let hostile = "x; rm -rf ~ #'$(id):1";
        assert_eq!(bridge("--allow", hostile), r"tcp-bridge --allow 'x; rm -rf ~ #'\''$(id):1'");
    }

    #[test]
    fn a_protocol_comes_with_the_command_that_speaks_it() {
        for (protocol, command) in [
            (Protocol::Tls, "openssl s_client -connect '[::1]:443'"),
            (Protocol::Http, "curl -v 'http://[::1]:443/'"),
            (Protocol::Ssh, "ssh -v -p 443 ::1"),
        ] {
            assert_eq!(speak(protocol, "[::1]:443").as_deref(), Some(command));
        }
    }

    #[test]
    fn a_target_is_split_into_host_and_port() {
        assert_eq!(split("localhost:8888"), Some(("localhost", 8888)));
        assert_eq!(split("[::1]:80"), Some(("::1", 80)));
        assert_eq!(bridge("--allow", "[::1]:80"), "tcp-bridge --allow '[::1]:80'");
        for none in
            ["localhost", "localhost:http", "localhost:99999", "--exec=reboot:1", "lab/extra:3"]
        {
            assert_eq!(split(none), None, "{none}");
        }
    }
}
