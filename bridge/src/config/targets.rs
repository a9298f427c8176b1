//! The flags about targets that have a name.

use std::fmt;
use std::str::FromStr;

use clap::Args;
use echo_core::wire::{ECHO_TARGET, WS_PATH};

use crate::page;
use crate::targets::{NamedTarget, NamedTargets, TargetName};

/// The longest path of `--ws-path`, in characters.
const MAX_PATH: usize = 128;

/// Targets with a name, and the paths that lead to them.
#[derive(Clone, Debug, Default, Args)]
pub struct TargetFlags {
    /// A target with a name, which everybody who opens the page may ask for: host:port, or a Unix
    /// socket as unix:PATH. With ",proxy-protocol=v2" the target is told the client's address.
    /// Repeatable; in the environment spaces stand between several
    #[arg(
        id = "target",
        long = "target",
        env = "BRIDGE_TARGET",
        value_name = "NAME=ADDRESS[,proxy-protocol=v2]",
        value_delimiter = ' '
    )]
    pub targets: Vec<NamedTarget>,

    /// A further path that upgrades to this target, or to "echo", for clients such as noVNC: binary
    /// messages are bytes, and nothing else is said; repeatable
    #[arg(
        id = "ws_path",
        long = "ws-path",
        env = "BRIDGE_WS_PATH",
        value_name = "/PATH=NAME",
        value_delimiter = ','
    )]
    pub ws_paths: Vec<WsPath>,
}

/// A path that upgrades to a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WsPath {
    /// The path, with `/` at its beginning.
    pub path: String,
    /// The name of the target, as a client would ask for it.
    pub target: String,
}

impl FromStr for WsPath {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let Some((path, target)) = text.split_once('=') else {
            return Err(format!("{text:?} has no target: write /PATH=NAME, as in /websockify=vnc"));
        };
        if !is_path(path) {
            return Err(format!(
                "{path:?} is not a path: write / and words of letters, digits, \"-\", \"_\" and \
                 \".\", as in /websockify"
            ));
        }
        if is_own(path) {
            return Err(format!("{path:?} is a path of the bridge's own: write another one"));
        }
        if target != ECHO_TARGET {
            target.parse::<TargetName>()?;
        }
        Ok(Self { path: path.to_owned(), target: target.to_owned() })
    }
}

/// Returns whether `path` is of plain segments, none of them empty, `.` or `..`.
fn is_path(path: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let is_segment = |text: &str| !["", ".", ".."].contains(&text) && text.chars().all(is_plain);
    path.len() <= MAX_PATH
        && path.strip_prefix('/').is_some_and(|path| path.split('/').all(is_segment))
}

/// Returns whether the bridge answers `path` itself, or may in a later version.
fn is_own(path: &str) -> bool {
    let first = path.split('/').nth(1).unwrap_or_default();
    let reserved = [WS_PATH, "/api", "/healthz", "/readyz", "/metrics", "/sessions"];
    reserved.iter().any(|own| own[1..] == *first) || page::has_file(path)
}

impl TargetFlags {
    /// Returns the targets by their names.
    ///
    /// # Errors
    /// Returns a sentence if two flags contradict each other.
    pub fn named(&self) -> Result<NamedTargets, Contradiction> {
        let named = NamedTargets::new(self.targets.iter().cloned())
            .map_err(|name| Contradiction::SameName(name.to_string()))?;
        for (index, WsPath { path, target }) in self.ws_paths.iter().enumerate() {
            if target != ECHO_TARGET && named.get(target).is_none() {
                let (path, target) = (path.clone(), target.clone());
                return Err(Contradiction::NoTarget { path, target });
            }
            if self.ws_paths[..index].iter().any(|other| other.path == *path) {
                return Err(Contradiction::SamePath(path.clone()));
            }
        }
        Ok(named)
    }
}

/// How two flags contradict each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contradiction {
    /// Two targets have this name.
    SameName(String),
    /// A path leads to a name that no target has.
    NoTarget {
        /// The path.
        path: String,
        /// The name.
        target: String,
    },
    /// Two targets have this path.
    SamePath(String),
}

impl fmt::Display for Contradiction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SameName(name) => {
                write!(
                    f,
                    "--target gives the name {name:?} twice: write another one for one of them"
                )
            }
            Self::NoTarget { path, target } => write!(
                f,
                "--ws-path {path}={target} leads to no target: add --target {target}=host:port"
            ),
            Self::SamePath(path) => {
                write!(f, "--ws-path gives the path {path:?} twice: write it once")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flags(targets: &[&str], ws_paths: &[&str]) -> TargetFlags {
        TargetFlags {
            targets: targets.iter().map(|text| text.parse().unwrap()).collect(),
            ws_paths: ws_paths.iter().map(|text| text.parse().unwrap()).collect(),
        }
    }

    #[test]
    fn a_path_leads_to_a_target() {
        let path: WsPath = "/vnc/web_1.sock=vnc".parse().unwrap();
        assert_eq!((&*path.path, &*path.target), ("/vnc/web_1.sock", "vnc"));
        assert_eq!("/tcp=echo".parse::<WsPath>().unwrap().target, "echo");
    }

    #[test]
    fn a_path_that_is_none_or_the_bridges_own_is_refused() {
        for (text, part) in [
            ("/websockify", "/PATH=NAME"),
            ("websockify=vnc", "\"websockify\""),
            ("=vnc", "\"\""),
            ("/=vnc", "\"/\""),
            ("/a/=vnc", "\"/a/\""),
            ("//a=vnc", "\"//a\""),
            ("/../a=vnc", "\"/../a\""),
            ("/{a}=vnc", "\"/{a}\""),
            ("/a b=vnc", "\"/a b\""),
            ("/ws=vnc", "bridge's own"),
            ("/ws/vnc=vnc", "bridge's own"),
            ("/api/vnc=vnc", "bridge's own"),
            ("/healthz=vnc", "bridge's own"),
            ("/index.html=vnc", "bridge's own"),
            ("/websockify=VNC", "\"VNC\""),
            ("/websockify=localhost:5900", "\"localhost:5900\""),
        ] {
            let error = text.parse::<WsPath>().unwrap_err();
            assert!(error.contains(part), "{text}: {error}");
        }
        assert!(format!("/{}=vnc", "x".repeat(MAX_PATH)).parse::<WsPath>().is_err());
    }

    #[test]
    fn flags_that_contradict_each_other_are_refused_by_name() {
        for (targets, ws_paths, part) in [
            (&["a=localhost:1", "a=localhost:2"][..], &[][..], "--target gives the name \"a\""),
            (&[], &["/a=a"], "--target a=host:port"),
            (&["a=localhost:1"], &["/a=a", "/a=echo"], "--ws-path gives the path \"/a\""),
        ] {
            let error = flags(targets, ws_paths).named().unwrap_err().to_string();
            assert!(error.contains(part), "{error}");
        }
        assert!(flags(&["a=localhost:1"], &["/a=a", "/b=a", "/c=echo"]).named().is_ok());
    }
}
