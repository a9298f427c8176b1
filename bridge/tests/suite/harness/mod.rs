//! A bridge on free ports that goes down with the test, clients for it, and targets to talk to.

pub(crate) mod client;
pub(crate) mod echo;
pub(crate) mod faults;
#[cfg(target_os = "linux")]
pub(crate) mod listener;
pub(crate) mod operator;
pub(crate) mod probe;
pub(crate) mod process;
#[cfg(target_os = "linux")]
pub(crate) mod services;
#[cfg(unix)]
pub(crate) mod terminal;
pub(crate) mod tls;
pub(crate) mod tools;

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use bridge::config::{Command, Config};
use bridge::listen::{ListenAddress, Listener};
use bridge::{Shutdown, admin};
use operator::Operator;
use serde::de::DeserializeOwned;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::{Duration, timeout};

/// Far beyond what any step takes: a test that waits so long has failed.
pub(crate) const TOO_LONG: Duration = Duration::from_secs(30);

/// A future's outcome, or a failed test.
pub(crate) async fn soon<F: Future>(future: F) -> F::Output {
    timeout(TOO_LONG, future).await.expect("this takes too long")
}

/// The status of an answer over HTTP.
pub(crate) fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or_default()
}

/// A running bridge; dropped, it is aborted with all its sessions.
pub(crate) struct Bridge {
    pub(crate) address: SocketAddr,
    /// Where it listens for operators, with `--admin`.
    admin: Option<ListenAddress>,
    stop: Option<oneshot::Sender<Shutdown>>,
    running: JoinHandle<std::io::Result<()>>,
}

impl Bridge {
    /// A bridge with its own echo server, both on free ports.
    pub(crate) async fn start(args: &[&str]) -> Self {
        Self::start_with(&[&["--echo", "127.0.0.1:0"], args].concat()).await
    }

    /// A bridge with exactly these flags, listening on a free port.
    pub(crate) async fn start_with(args: &[&str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        Self::listening(listener, address, args)
    }

    /// A bridge with its own echo server that listens on every address of this machine, and is
    /// asked at 127.0.0.1. It asks for a token, unless `args` have `--auth off`.
    pub(crate) async fn start_on_every_address(args: &[&str]) -> Self {
        let listener = TcpListener::bind("0.0.0.0:0").await.unwrap();
        let address = ([127, 0, 0, 1], listener.local_addr().unwrap().port()).into();
        Self::listening(listener, address, &[&["--echo", "127.0.0.1:0"], args].concat())
    }

    /// A bridge with its own echo server that listens on these sockets, of which the first one is
    /// asked.
    #[cfg(unix)]
    pub(crate) fn start_on(address: SocketAddr, listeners: Vec<Listener>, args: &[&str]) -> Self {
        Self::listening_on(listeners, address, &[&["--echo", "127.0.0.1:0"], args].concat())
    }

    fn listening(listener: TcpListener, address: SocketAddr, args: &[&str]) -> Self {
        Self::listening_on(vec![listener.into()], address, args)
    }

    fn listening_on(listeners: Vec<Listener>, address: SocketAddr, args: &[&str]) -> Self {
        let config = config(args);
        let bound = config.admin.address.as_ref().map(admin::Listener::bind);
        let admin = bound.transpose().unwrap();
        let admin_address = admin.as_ref().map(|listener| listener.address().clone());
        let (stop, stopped) = oneshot::channel();
        let shutdown = async { stopped.await.unwrap_or(Shutdown::Interrupt) };
        let running = tokio::spawn(bridge::run(listeners, admin, config, shutdown));
        Self { address, admin: admin_address, stop: Some(stop), running }
    }

    /// Asks it to stop, as Ctrl-C would.
    pub(crate) fn stop(&mut self) {
        self.shut_down(Shutdown::Interrupt);
    }

    /// Asks it to stop in this way.
    pub(crate) fn shut_down(&mut self, shutdown: Shutdown) {
        self.stop.take().expect("stopped once").send(shutdown).unwrap();
    }

    /// The operators' end of it.
    pub(crate) fn operator(&self) -> Operator {
        Operator(self.admin.clone().expect("it was started with --admin"))
    }

    /// Waits until it has stopped.
    pub(crate) async fn stopped(&mut self) {
        soon(&mut self.running).await.unwrap().unwrap();
    }

    /// One HTTP request, as text; the answer, as text.
    pub(crate) async fn http(&self, request: &str) -> String {
        http(self.address, request).await
    }

    /// What a GET answers, as JSON.
    pub(crate) async fn json<T: DeserializeOwned>(&self, path: &str) -> T {
        let answer = self.get(path, "").await;
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        serde_json::from_str(body).unwrap()
    }

    /// A GET with the bridge's own Host and these further headers.
    pub(crate) async fn get(&self, path: &str, headers: &str) -> String {
        self.request("GET", path, headers).await
    }

    /// The same by any method.
    pub(crate) async fn request(&self, method: &str, path: &str, headers: &str) -> String {
        let host = self.address;
        self.http(&format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n"
        ))
        .await
    }
}

pub(crate) async fn http(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    exchange(&mut stream, request).await
}

/// What is answered to a request on a connection that ends with it.
async fn exchange(stream: &mut (impl AsyncRead + AsyncWrite + Unpin), request: &str) -> String {
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    soon(stream.read_to_end(&mut answer)).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

/// A GET of a bridge that is a process of its own.
#[cfg(unix)]
pub(crate) async fn get(address: SocketAddr, path: &str) -> String {
    get_with(address, path, "").await
}

/// The same with these further headers.
#[cfg(unix)]
pub(crate) async fn get_with(address: SocketAddr, path: &str, headers: &str) -> String {
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{headers}\r\n");
    http(address, &request).await
}

impl Drop for Bridge {
    fn drop(&mut self) {
        self.running.abort();
    }
}

fn config(args: &[&str]) -> Config {
    let words = [&["tcp-bridge"], args].concat().into_iter().map(Into::into);
    match Command::parse(words).unwrap() {
        Command::Serve(config) => *config,
        command => panic!("{command:?}"),
    }
}

/// A TCP server for one connection, which behaves as `behave` does.
pub(crate) async fn target<F, R>(behave: F) -> (String, JoinHandle<R::Output>)
where
    F: FnOnce(TcpStream) -> R + Send + 'static,
    R: Future<Output: Send + 'static> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let task = tokio::spawn(async move {
        let (stream, _) = soon(listener.accept()).await.unwrap();
        soon(behave(stream)).await
    });
    (address, task)
}

/// A port of this machine on which nothing listens, and which no connection gets for its own end:
/// systems choose those from 32,768 on. A client that tries such a port again and again, until a
/// server listens there, would come to be connected to itself.
pub(crate) async fn closed_port() -> u16 {
    const PORTS: std::ops::Range<u32> = 10_000..32_768;
    static TRIED: AtomicU32 = AtomicU32::new(0);
    loop {
        // Tests of other processes try others first.
        let place =
            std::process::id().wrapping_mul(7_919).wrapping_add(TRIED.fetch_add(1, Relaxed));
        let port = u16::try_from(PORTS.start + place % (PORTS.end - PORTS.start)).unwrap();
        let v4 = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await;
        let v6 = TcpListener::bind((Ipv6Addr::LOCALHOST, port)).await;
        let is_taken = |it: &io::Error| it.kind() == io::ErrorKind::AddrInUse;
        if v4.is_ok() && !v6.is_err_and(|error| is_taken(&error)) {
            return port;
        }
    }
}

/// All bytes until FIN, or the error that came instead.
pub(crate) async fn read_all(stream: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await?;
    Ok(bytes)
}
