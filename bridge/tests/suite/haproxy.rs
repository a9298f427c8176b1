//! The bridge behind `HAProxy`, in each way in which that tells of the client.

use std::io::Read as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;

use echo_core::wire::SUBPROTOCOL;
use tokio::net::{TcpSocket, TcpStream};

use crate::harness::client::Client;
use crate::harness::process::{self, Process};
use crate::harness::{closed_port, services, soon};

/// Where the client, and where `HAProxy` connects from.
const CLIENT: &str = "127.0.0.3";
const PROXY: &str = "127.0.0.9";

/// `HAProxy` in front of a bridge; dropped, it ends.
struct Haproxy {
    _process: Process,
    settings: PathBuf,
    address: SocketAddr,
}

impl Haproxy {
    /// Starts it with these lines of its section, and these options of the server.
    async fn start(bridge: SocketAddr, lines: &str, options: &str) -> Self {
        let port = closed_port().await;
        let settings = std::env::temp_dir()
            .join(format!("tcp-bridge-haproxy-{}-{port}.cfg", std::process::id()));
        let text = format!(
            "defaults\n  timeout connect 5s\n  timeout client 30s\n  timeout server 30s\n\
             listen bridge\n  bind 127.0.0.1:{port}\n  {lines}\n  \
             server bridge {bridge} source {PROXY} {options}\n"
        );
        std::fs::write(&settings, text).unwrap();
        let mut haproxy = Command::new(services::program("haproxy"));
        let process = services::start(haproxy.arg("-db").arg("-f").arg(&settings));
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        let listens = async {
            while TcpStream::connect(address).await.is_err() {
                tokio::task::yield_now().await;
            }
        };
        soon(listens).await;
        Self { _process: process, settings, address }
    }
}

impl Drop for Haproxy {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.settings);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_has_the_client_and_not_haproxy() {
    for (lines, options) in [
        ("mode tcp", "send-proxy-v2"),
        ("mode tcp", "send-proxy"),
        ("mode http\n  option forwardfor", ""),
        ("mode http\n  option forwardfor", "send-proxy-v2"),
    ] {
        let (mut bridge, address) =
            Process::serving(process::bridge().args(["--trusted-proxy", PROXY]));
        let haproxy = Haproxy::start(address, lines, options).await;
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(SocketAddr::new(CLIENT.parse().unwrap(), 0)).unwrap();
        let stream = socket.connect(haproxy.address).await.unwrap();
        let (mut client, _) = Client::over(stream, haproxy.address, "", SUBPROTOCOL).await;
        client.send(b"Hello!").await;
        assert_eq!(client.receive(6).await, b"Hello!", "{lines} {options}");
        client.close().await;
        client.receive_all().await;
        bridge.signal("-TERM");
        let mut log = String::new();
        bridge.0.stderr.as_mut().unwrap().read_to_string(&mut log).unwrap();
        let session = log.lines().find(|line| line.contains("session{")).unwrap();
        assert!(session.contains(&format!("client={CLIENT}:")), "{lines} {options}: {session}");
    }
}
