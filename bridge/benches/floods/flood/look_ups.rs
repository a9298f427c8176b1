//! Sessions to names whose look-up is never answered.
//!
//! The bridge runs in a mount namespace where `/etc/resolv.conf` names a resolver that says
//! nothing.

use std::ffi::OsString;
use std::io;
use std::net::{Ipv4Addr, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use futures_util::FutureExt as _;
use tokio::time::Duration;

use super::definition::{Flood, Outcome, unsupported};
use crate::attack::{Attack, Counter};
use crate::bridge::Setup;
use crate::good::Good;
use crate::websocket::WebSocket;

/// How many look-ups there are at once.
const LOOK_UPS: usize = 600;
/// Where the resolver listens.
const RESOLVER: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 153);
/// The port of DNS (RFC 1035, section 4.2).
const PORT: u16 = 53;
/// A name that stands in `/etc/hosts`.
const GOOD_NAME: &str = "good.flood.test";
/// Mounts its first two arguments, and runs the rest.
const SCRIPT: &str =
    r#"mount --bind "$1" /etc/resolv.conf && mount --bind "$2" /etc/hosts && shift 2 && exec "$@""#;

pub(super) const FLOOD: Flood = Flood {
    good: &[Good::RoundTrip, Good::Session("localhost"), Good::Session(GOOD_NAME)],
    most_growth: 64,
    prepare,
    ..Flood::new("look-ups", |attack| run(attack).boxed_local())
};

fn prepare() -> io::Result<Setup> {
    let no_resolver = |error| unsupported(format!("no resolver at {RESOLVER}:{PORT}: {error}"));
    let resolver = UdpSocket::bind((RESOLVER, PORT)).map_err(no_resolver)?;
    let file = |name: &str, text: String| {
        let path = std::env::temp_dir().join(format!("floods-{}-{name}", std::process::id()));
        std::fs::write(&path, text).map(|()| path)
    };
    let resolv_conf = file("resolv.conf", format!("nameserver {RESOLVER}\n"))?;
    let hosts = file("hosts", format!("127.0.0.1 localhost {GOOD_NAME}\n"))?;
    let wrapper = wrapper(&resolv_conf, &hosts);
    let tried =
        Command::new(&wrapper[0]).args(&wrapper[1..]).arg("true").stderr(Stdio::null()).status();
    if !tried.is_ok_and(|status| status.success()) {
        return Err(unsupported("a mount namespace of its own needs Linux, `unshare` and root"));
    }
    Ok(Setup { wrapper, resolver: Some(resolver), ..Setup::default() })
}

fn wrapper(resolv_conf: &Path, hosts: &Path) -> Vec<OsString> {
    let mut wrapper: Vec<_> =
        ["unshare", "--mount", "sh", "-c", SCRIPT, "sh"].map(OsString::from).into();
    wrapper.extend([resolv_conf, hosts].map(|path| PathBuf::from(path).into()));
    wrapper
}

async fn run(attack: &Attack<'_>) -> io::Result<Outcome> {
    let (opened, failed) = (&Counter::default(), &Counter::default());
    let port = attack.bridge.echo.port();
    let client = async |_| {
        let stream = attack.connect().await?;
        let query = format!("target=n{}.flood.test:{port}", opened.get());
        opened.add(1);
        let mut session = WebSocket::open(stream, attack.address(), &query, "").await?;
        session.closed().await?;
        failed.add(1);
        Ok(())
    };
    attack.insist(LOOK_UPS, Duration::ZERO, client).await;
    let (opened, failed) = (opened.get(), failed.get());
    Ok(Outcome::note(format!("{opened} names were asked for, of which {failed} were told no")))
}
