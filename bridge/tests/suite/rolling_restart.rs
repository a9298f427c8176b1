//! Two replicas behind `HAProxy` are restarted one after the other, under load.
//!
//! The load is small here. `cargo test -p bridge --test suite rolling_restart -- --ignored` has 500
//! sessions, and takes about a minute.

use std::net::SocketAddr;
use std::process::Command;
use std::sync::{Arc, Mutex};

use bridge::listen::ListenAddress;
use echo_core::wire::{BridgeMessage, SUBPROTOCOL};
use tokio::task::JoinSet;
use tokio::time::{Duration, Instant, sleep};
use tokio_util::sync::CancellationToken;

use crate::harness::client::{Client, Received};
use crate::harness::echo::echo_server;
use crate::harness::operator::Operator;
use crate::harness::process::{self, Process};
use crate::harness::services::{HeldPort, program, repository_file, start, verdict};
use crate::harness::soon;

/// How long a client pauses between two messages.
const PAUSE: Duration = Duration::from_millis(200);
/// How long is waited between two looks at what changes by itself.
const POLL_INTERVAL: Duration = Duration::from_millis(20);

/// What is restarted, and how.
struct Plan {
    sessions: u32,
    lame_duck: Duration,
    drain: Duration,
    /// How often the proxy asks whether a replica is ready.
    check_interval: &'static str,
}

/// One of the two replicas, and its ports, which its successor takes over.
struct Replica {
    public: HeldPort,
    admin: HeldPort,
    flags: Vec<String>,
    process: Option<Process>,
}

impl Replica {
    fn start(plan: &Plan, target: &str) -> Self {
        let (public, admin) = (HeldPort::new(), HeldPort::new());
        let (listen, admin_address) = (public.address().to_string(), admin.address().to_string());
        let lame_duck = format!("{}ms", plan.lame_duck.as_millis());
        let drain = format!("{}ms", plan.drain.as_millis());
        let flags = [
            ["--listen", &listen],
            ["--admin", &admin_address],
            ["--echo", "off"],
            ["--allow", target],
            ["--lame-duck", &lame_duck],
            ["--drain-timeout", &drain],
        ];
        let flags = flags.concat().into_iter().map(str::to_owned).collect();
        let mut replica = Self { public, admin, flags, process: None };
        replica.start_again();
        replica
    }

    fn start_again(&mut self) {
        let mut command = Command::new(process::BRIDGE);
        let (process, address) = Process::serving(command.args(&self.flags));
        assert_eq!(address, self.public.address());
        self.process = Some(process);
    }

    /// Sends SIGTERM, and waits for the end.
    async fn terminate(&mut self) {
        let mut process = self.process.take().unwrap();
        process.signal("-TERM");
        let ended = tokio::task::spawn_blocking(move || process.0.wait().unwrap());
        assert_eq!(soon(ended).await.unwrap().code(), Some(0));
    }

    fn operator(&self) -> Operator {
        Operator(ListenAddress::Tcp(self.admin.address()))
    }
}

/// `HAProxy` as `deploy/haproxy.cfg` configures it, and where it listens.
struct Proxy {
    _process: Process,
    port: HeldPort,
}

impl Proxy {
    fn command(port: &HeldPort, replicas: &[Replica; 2], plan: &Plan) -> Command {
        let mut command = Command::new(program("haproxy"));
        command.arg("-f").arg(repository_file("deploy/haproxy.cfg"));
        command.env("BIND", port.address().to_string());
        command.env("CHECK_INTERVAL", plan.check_interval).env("MAX_CONNECTIONS", "4000");
        for (number, replica) in (1..).zip(replicas) {
            command.env(format!("REPLICA_{number}"), replica.public.address().to_string());
            let admin = replica.admin.address().port().to_string();
            command.env(format!("REPLICA_{number}_ADMIN_PORT"), admin);
        }
        command
    }

    async fn start(replicas: &[Replica; 2], plan: &Plan) -> Self {
        let port = HeldPort::new();
        let (is_valid, said) = verdict(Self::command(&port, replicas, plan).arg("-c"));
        assert!(is_valid, "{said}");
        let process = start(Self::command(&port, replicas, plan).arg("-db"));
        let proxy = Self { _process: process, port };
        soon(async {
            while tokio::net::TcpStream::connect(proxy.address()).await.is_err() {
                sleep(POLL_INTERVAL).await;
            }
        })
        .await;
        proxy
    }

    fn address(&self) -> SocketAddr {
        self.port.address()
    }
}

/// What the clients do: each keeps a session open, on which it sends and compares, and opens another
/// one whenever it is told to.
#[derive(Clone)]
struct Load {
    proxy: SocketAddr,
    query: String,
    /// When sessions were told to reconnect.
    told: Arc<Mutex<Vec<Instant>>>,
    over: CancellationToken,
}

impl Load {
    /// Opens a session, which is never refused.
    async fn open(&self) -> Client {
        let (mut client, _) = Client::at(self.proxy, &self.query, SUBPROTOCOL).await;
        client.connected().await;
        client
    }

    async fn run(self, number: u32) {
        while !self.over.is_cancelled() {
            let mut client = self.open().await;
            self.converse(&mut client, number).await;
        }
    }

    /// Sends one message after the other, and compares, until the load is over, or the bridge says
    /// that it restarts.
    async fn converse(&self, client: &mut Client, number: u32) {
        for count in 0_u64.. {
            if self.over.is_cancelled() {
                client.close().await;
                client.receive_all().await;
                return;
            }
            let message = format!("{number:8} {count:8}").into_bytes();
            client.send(&message).await;
            let mut echoed = Vec::new();
            while echoed.len() < message.len() {
                match client.next().await {
                    Received::Bytes(bytes) => echoed.extend(bytes),
                    Received::Control(BridgeMessage::Failed(_) | BridgeMessage::Closed { .. }) => {}
                    Received::Close(1012, _) => {
                        self.told.lock().unwrap().push(Instant::now());
                        return;
                    }
                    other => panic!("{other:?} after {echoed:?}"),
                }
            }
            assert_eq!(echoed, message);
            sleep(PAUSE).await;
        }
    }

    /// Takes the times at which sessions were told to reconnect since the last time.
    fn take_told(&self) -> Vec<Instant> {
        std::mem::take(&mut self.told.lock().unwrap())
    }
}

/// Checks that the ends of sessions are spread over the drain, and not all in one moment.
fn check_spread(mut told: Vec<Instant>, drain: Duration) {
    told.sort();
    let (first, last) = (told[0], told[told.len() - 1]);
    assert!(last - first > drain / 2, "{} within {:?}", told.len(), last - first);
    for begin in &told {
        let within = told.iter().filter(|at| (*begin..*begin + drain / 5).contains(at)).count();
        assert!(within <= told.len() * 3 / 4 + 1, "{within} of {} at once", told.len());
    }
}

/// Waits until the proxy sends sessions to a replica.
async fn until_used(load: &Load, replica: &Replica) {
    soon(async {
        let opened = "tcp_bridge_sessions_opened_total";
        while replica.operator().scrape().await.value(opened) < 1.0 {
            load.open().await.close().await;
            sleep(POLL_INTERVAL).await;
        }
    })
    .await;
}

/// Waits until a replica has so many sessions.
async fn until_busy(replica: &Replica, least: u32) {
    soon(async {
        let active = "tcp_bridge_sessions_active";
        while replica.operator().scrape().await.value(active) < f64::from(least) {
            sleep(POLL_INTERVAL).await;
        }
    })
    .await;
}

async fn restart_both(plan: Plan) {
    let (_echo, port) = echo_server(None).await;
    let target = format!("127.0.0.1:{port}");
    let mut replicas = [Replica::start(&plan, &target), Replica::start(&plan, &target)];
    let proxy = Proxy::start(&replicas, &plan).await;
    let load = Load {
        proxy: proxy.address(),
        query: format!("?target={target}"),
        told: Arc::default(),
        over: CancellationToken::new(),
    };
    for replica in &replicas {
        until_used(&load, replica).await;
    }
    let mut clients = JoinSet::new();
    for number in 0..plan.sessions {
        clients.spawn(load.clone().run(number));
    }
    let least = plan.sessions / 4;
    for replica in &replicas {
        until_busy(replica, least).await;
    }
    for replica in &mut replicas {
        replica.terminate().await;
        let told = load.take_told();
        assert!(told.len() >= least as usize, "{} sessions were there", told.len());
        check_spread(told, plan.drain);
        replica.start_again();
        until_used(&load, replica).await;
    }
    load.over.cancel();
    while let Some(client) = soon(clients.join_next()).await {
        client.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_open_is_refused_and_no_byte_lost_while_both_replicas_restart() {
    let plan = Plan {
        sessions: 40,
        lame_duck: Duration::from_millis(600),
        drain: Duration::from_secs(2),
        check_interval: "100ms",
    };
    restart_both(plan).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "it takes a minute"]
async fn the_same_with_five_hundred_sessions() {
    let plan = Plan {
        sessions: 500,
        lame_duck: Duration::from_secs(3),
        drain: Duration::from_secs(15),
        check_interval: "1s",
    };
    restart_both(plan).await;
}
