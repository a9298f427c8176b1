//! What an operator writes, which may come from a template that a stranger has filled in.

use std::path::Path;

use bridge::config::WsPath;
use bridge::listen::ListenAddress;
use bridge::targets::{NamedTarget, NamedTargets, TargetAddress};

/// A target with a name, a path that leads to one, and an address to listen on have one form, which
/// reads back as itself; the path of a Unix socket is an absolute one, and that of a URL is plain.
pub fn named(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(target) = text.parse::<NamedTarget>() {
        let option = target.proxy_protocol.map_or("", |_| ",proxy-protocol=v2");
        let NamedTarget { name, address, .. } = &target;
        assert_eq!(format!("{name}={address}{option}").parse(), Ok(target.clone()));
        if let TargetAddress::Unix(path) = address {
            is_socket(path);
        }
        let name = name.to_string();
        let targets = NamedTargets::new([target]).expect("a single name");
        assert!(targets.get(&name).is_some() && targets.get("echo").is_none());
    }
    if let Ok(WsPath { path, target }) = text.parse::<WsPath>() {
        assert_eq!(format!("{path}={target}"), text);
        let mut segments = path.strip_prefix('/').expect("it begins so").split('/');
        assert!(segments.all(|segment| !["", ".", ".."].contains(&segment)), "{path}");
        assert!(!path.contains(['?', '#', '%', ' ', '{']), "{path}");
    }
    if let Ok(address) = text.parse::<ListenAddress>() {
        assert_eq!(address.to_string().parse(), Ok(address.clone()));
        if let ListenAddress::Unix(path) = &address {
            is_socket(path);
        }
    }
}

fn is_socket(path: &Path) {
    let text = path.to_str().expect("it was text");
    assert!(path.is_absolute() && !text.contains(char::is_whitespace), "{text}");
}
