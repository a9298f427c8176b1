//! Who listens on the echo server's port: the bridge, or another program.
//!
//! The bridge releases its port for another server when asked, uses a server that listens there
//! already, and listens itself once that is gone.

use std::net::SocketAddr;

use echo_core::wire::EchoServer;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{Duration, Instant, MissedTickBehavior, interval};

use super::{Bound, Server, ports};

/// How long the port stays released while no other server listens there.
const RELEASE_TIMEOUT: Duration = Duration::from_mins(2);
/// How long another server may be gone, as one that is restarted is, until the bridge listens on its
/// port.
const RESTART_TIME: Duration = Duration::from_secs(3);
/// How often the port is checked while the bridge does not listen there.
const POLL_INTERVAL: Duration = Duration::from_millis(500);

/// A request to release the port; the answer is whose the echo server is then.
pub(super) type ReleaseRequest = oneshot::Sender<EchoServer>;

/// What the rest of the bridge has to say to the manager of the port.
#[derive(Debug)]
pub(super) enum PortMessage {
    /// The port is to be released.
    Release(ReleaseRequest),
    /// A client listens on the port. It may be gone before the port is checked again.
    ClientListens,
}

/// The own echo server, and what it listens on.
pub(crate) struct PortManager {
    pub(super) server: Server,
    pub(super) addresses: Vec<SocketAddr>,
    /// Whether the bridge may have an echo server of its own. If not, the port is only watched.
    pub(super) may_listen: bool,
    /// Whose the echo server is.
    pub(super) state: watch::Sender<EchoServer>,
    pub(super) messages: mpsc::Receiver<PortMessage>,
}

/// What to do after a check of a port on which the bridge does not listen.
#[derive(Debug, PartialEq, Eq)]
enum PortAction {
    Wait,
    /// Another server listens: use it as the echo server.
    UseExternal,
    /// No server listens: the bridge may.
    Vacant,
}

impl PortAction {
    /// Decides from whose the echo server was until now, whether another server listens, and
    /// whether the time is over for which the bridge leaves the port to others.
    fn decide(state: EchoServer, is_taken: bool, is_over: bool) -> Self {
        match (state, is_taken) {
            (EchoServer::External, true) | (EchoServer::Off, false) => Self::Wait,
            (_, true) => Self::UseExternal,
            (_, false) if is_over => Self::Vacant,
            (_, false) => Self::Wait,
        }
    }
}

impl PortManager {
    /// Runs the echo server on `listeners`, if there are any, releases its port when asked, and
    /// listens whenever no other server does, until the server ends.
    pub(crate) async fn run(mut self, listeners: Option<Vec<TcpListener>>) {
        let mut own = listeners;
        loop {
            if let Some(listeners) = own {
                self.set_state(EchoServer::Own);
                let Some(request) = self.echo(listeners).await else { break };
                self.set_state(EchoServer::Released);
                answer(request, EchoServer::Released);
            }
            own = self.wait_for_port().await;
            if own.is_none() {
                break;
            }
        }
        self.server.wait_for_connections().await;
    }

    /// Accepts connections until a request to release the port, which it returns, or the server's
    /// end. Open connections go on.
    async fn echo(&mut self, listeners: Vec<TcpListener>) -> Option<ReleaseRequest> {
        let stop = self.server.ending.child_token();
        let accepting = self.server.accept(listeners, stop.clone());
        tokio::pin!(accepting);
        let request = tokio::select! {
            () = &mut accepting => return None,
            request = next_release(&mut self.messages) => request?,
        };
        stop.cancel();
        accepting.await;
        tracing::info!("echo: released the port for {RELEASE_TIMEOUT:?}");
        Some(request)
    }

    /// Watches the port until the bridge listens there, and returns its listeners, or until the
    /// server's end. While the port is released, each request renews [`RELEASE_TIMEOUT`].
    async fn wait_for_port(&mut self) -> Option<Vec<TcpListener>> {
        let is_released = self.state() == EchoServer::Released;
        let time = if is_released { RELEASE_TIMEOUT } else { RESTART_TIME };
        let mut deadline = Instant::now() + time;
        let mut ticks = interval(POLL_INTERVAL);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let is_taken = tokio::select! {
                () = self.server.ending.cancelled() => return None,
                message = self.messages.recv() => match message? {
                    PortMessage::Release(request) => {
                        answer(request, self.state());
                        if self.state() == EchoServer::Released {
                            deadline = Instant::now() + RELEASE_TIMEOUT;
                        }
                        continue;
                    }
                    PortMessage::ClientListens => true,
                },
                _ = ticks.tick() => match ports::is_taken(&self.addresses) {
                    Ok(is_taken) => is_taken,
                    // The next check may succeed.
                    Err(_) => continue,
                },
            };
            if let Some(listeners) = self.update(is_taken, &mut deadline) {
                return Some(listeners);
            }
        }
    }

    /// Takes note of whether another server listens, and returns the listeners if the bridge does
    /// now. Until `deadline` it leaves the port to others: [`RESTART_TIME`] beyond the last time that
    /// one was found there.
    fn update(&self, is_taken: bool, deadline: &mut Instant) -> Option<Vec<TcpListener>> {
        let now = Instant::now();
        if is_taken {
            *deadline = now + RESTART_TIME;
        }
        match PortAction::decide(self.state(), is_taken, now >= *deadline) {
            PortAction::Wait => None,
            PortAction::UseExternal => {
                tracing::info!("echo: another server listens: using it as the echo server");
                self.set_state(EchoServer::External);
                None
            }
            PortAction::Vacant if self.may_listen => self.listen(),
            PortAction::Vacant => {
                tracing::info!("echo: the other server listens no more");
                self.set_state(EchoServer::Off);
                None
            }
        }
    }

    /// Listens on the port. Returns `None` if that fails, or another server was faster.
    fn listen(&self) -> Option<Vec<TcpListener>> {
        self.server.log().clear_expected_peers();
        match ports::listen(&self.addresses) {
            Ok(Bound::Own(listeners)) => {
                tracing::info!("echo: no other server listens: the bridge does now");
                Some(listeners)
            }
            Ok(Bound::Taken(_)) => None,
            Err(error) => {
                tracing::warn!("echo: cannot listen on the port: {error}; trying again");
                None
            }
        }
    }

    fn state(&self) -> EchoServer {
        *self.state.borrow()
    }

    fn set_state(&self, state: EchoServer) {
        self.state.send_replace(state);
    }
}

/// Returns the next request to release the port. Of a port on which the bridge listens nothing else
/// matters.
async fn next_release(messages: &mut mpsc::Receiver<PortMessage>) -> Option<ReleaseRequest> {
    loop {
        if let PortMessage::Release(request) = messages.recv().await? {
            return Some(request);
        }
    }
}

/// Answers a request. It is no error if nobody waits for the answer any more.
fn answer(request: ReleaseRequest, state: EchoServer) {
    let _ = request.send(state);
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener as StdListener;

    use echo_core::wire::EchoLog;
    use tokio::net::TcpStream;
    use tokio_util::sync::CancellationToken;
    use tokio_util::task::AbortOnDropHandle;

    use super::*;
    use crate::echo_server::Handle;
    use crate::targets::{Host, Target};

    /// An echo target on the port of `other`, which listens there; its port is managed until the
    /// result is dropped.
    fn managed(other: &StdListener, state: EchoServer) -> (Handle, AbortOnDropHandle<()>) {
        let address = other.local_addr().unwrap();
        let target = Target { host: Host::Address(address.ip()), port: address.port() };
        let ending = CancellationToken::new();
        let (handle, manager) = Handle::new(target, vec![address], state, EchoLog::Full, ending);
        (handle, AbortOnDropHandle::new(tokio::spawn(manager.run(None))))
    }

    #[tokio::test(start_paused = true)]
    async fn a_server_that_was_there_first_is_succeeded_by_the_own_one_and_hears_of_nobody() {
        let other = StdListener::bind("127.0.0.1:0").unwrap();
        other.set_nonblocking(true).unwrap();
        let (mut echo, _running) = managed(&other, EchoServer::External);
        tokio::time::sleep(RELEASE_TIMEOUT).await;
        assert_eq!(echo.state(), EchoServer::External);
        assert!(other.accept().is_err(), "a check connected");
        let address = other.local_addr().unwrap();
        drop(other);
        let gone = Instant::now();
        echo.until(EchoServer::Own).await;
        assert!(gone.elapsed() + POLL_INTERVAL >= RESTART_TIME);
        TcpStream::connect(address).await.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn where_the_bridge_started_none_another_server_is_seen_to_come_and_to_go() {
        let other = StdListener::bind("127.0.0.1:0").unwrap();
        let address = other.local_addr().unwrap();
        let (mut echo, _running) = managed(&other, EchoServer::Off);
        echo.until(EchoServer::External).await;
        drop(other);
        echo.until(EchoServer::Off).await;
        assert!(TcpStream::connect(address).await.is_err());
        let _other = StdListener::bind(address).unwrap();
        echo.until(EchoServer::External).await;
    }

    #[tokio::test(start_paused = true)]
    async fn a_clients_listener_that_no_check_has_found_is_another_server() {
        let other = StdListener::bind("127.0.0.1:0").unwrap();
        let address = other.local_addr().unwrap();
        let (mut echo, _running) = managed(&other, EchoServer::Released);
        drop(other);
        let [mut elsewhere, mut on_all] = [address, address];
        elsewhere.set_ip([127, 0, 0, 2].into());
        on_all.set_ip([0, 0, 0, 0].into());
        echo.report_client_listener(&[elsewhere]);
        tokio::time::sleep(RESTART_TIME * 2).await;
        assert_eq!(echo.state(), EchoServer::Released);
        let came = Instant::now();
        echo.report_client_listener(&[elsewhere, on_all]);
        echo.until(EchoServer::External).await;
        echo.until(EchoServer::Own).await;
        assert!((RESTART_TIME..=RESTART_TIME + POLL_INTERVAL).contains(&came.elapsed()));
        // It is no news of the next time that the port is released.
        echo.report_client_listener(&[address]);
        assert_eq!(echo.release_port().await, EchoServer::Released);
        tokio::time::sleep(RESTART_TIME * 2).await;
        assert_eq!(echo.state(), EchoServer::Released);
    }

    #[test]
    fn a_released_port_is_taken_back_when_no_other_server_comes_in_time() {
        assert_eq!(PortAction::decide(EchoServer::Released, false, false), PortAction::Wait);
        assert_eq!(PortAction::decide(EchoServer::Released, false, true), PortAction::Vacant);
    }

    #[test]
    fn another_servers_port_is_taken_only_when_it_has_been_gone_for_longer_than_a_restart() {
        assert_eq!(PortAction::decide(EchoServer::External, false, false), PortAction::Wait);
        assert_eq!(PortAction::decide(EchoServer::External, false, true), PortAction::Vacant);
    }

    #[test]
    fn another_server_keeps_the_port_however_long_it_listens() {
        use EchoServer::{External, Off, Released};
        for is_over in [false, true] {
            for state in [Released, Off] {
                assert_eq!(PortAction::decide(state, true, is_over), PortAction::UseExternal);
            }
            assert_eq!(PortAction::decide(External, true, is_over), PortAction::Wait);
        }
    }

    #[test]
    fn where_the_bridge_started_none_an_empty_port_is_watched_for_ever() {
        for is_over in [false, true] {
            assert_eq!(PortAction::decide(EchoServer::Off, false, is_over), PortAction::Wait);
        }
    }
}
