//! Look-ups that never end, in a mount namespace where the resolver says nothing.

use std::fs;
use std::net::{SocketAddr, UdpSocket};
use std::path::PathBuf;
use std::process::Command;

use echo_core::wire::{Kind, SUBPROTOCOL, Stage};
use tokio::net::TcpSocket;

use crate::harness::client::Client;
use crate::harness::process::{BRIDGE, Process};
use crate::harness::{closed_port, soon};

/// Where a resolver listens that never answers.
const RESOLVER: &str = "127.0.0.153:53";
/// A name that stands in the hosts file.
const GOOD_NAME: &str = "good.look-ups.test";
/// Mounts its first two arguments over the resolver's configuration, and runs the rest.
const SCRIPT: &str =
    r#"mount --bind "$1" /etc/resolv.conf && mount --bind "$2" /etc/hosts && shift 2 && exec "$@""#;
/// More than one client may have under way.
const LOOK_UPS: usize = 40;

/// A command that runs in such a namespace, if one can be had: that takes root.
fn namespace() -> Option<(Command, UdpSocket)> {
    let resolver = UdpSocket::bind(RESOLVER).ok()?;
    let file = |name: &str, text: String| -> PathBuf {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let resolv_conf = file("resolv.conf", "nameserver 127.0.0.153\n".into());
    let hosts = file("hosts", format!("127.0.0.1 localhost {GOOD_NAME}\n"));
    let inside = || {
        let mut command = Command::new("unshare");
        command.args(["--mount", "sh", "-c", SCRIPT, "sh"]).args([&resolv_conf, &hosts]);
        command
    };
    let works = inside().arg("true").output().is_ok_and(|output| output.status.success());
    works.then(|| (inside(), resolver))
}

/// A session of a client at this address.
async fn session(bridge: SocketAddr, client: &str, target: &str) -> Client {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(SocketAddr::new(client.parse().unwrap(), 0)).unwrap();
    let stream = soon(socket.connect(bridge)).await.unwrap();
    Client::over(stream, bridge, &format!("?target={target}"), SUBPROTOCOL).await.0
}

#[tokio::test]
async fn names_that_are_never_resolved_hold_up_no_other_client() {
    let Some((mut command, _resolver)) = namespace() else { return };
    let port = closed_port().await;
    let allow = format!("0.0.0.0/0:{port}");
    command.args([BRIDGE, "--listen", "127.0.0.1:0", "--echo", "off", "--allow", &allow]);
    let (_process, bridge) = Process::serving(&mut command);
    let mut silent = Vec::new();
    for number in 0..LOOK_UPS {
        let target = format!("silent{number}.look-ups.test:{port}");
        silent.push(session(bridge, "127.0.0.1", &target).await);
    }
    // The name is resolved, and nothing listens there, while all of the others wait.
    let target = format!("{GOOD_NAME}:{port}");
    let mut good = session(bridge, "127.0.0.2", &target).await;
    let good = good.receive_all().await;
    assert_eq!((good.failure().stage, good.code), (Stage::Connect, 4002), "{good:?}");
    let mut told = Vec::new();
    for client in &mut silent {
        let session = client.receive_all().await;
        assert_eq!(session.failure().stage, Stage::Resolve, "{session:?}");
        told.push(session.failure().kind);
    }
    assert!(told.contains(&Kind::TooMany), "{told:?}");
}
