//! Releasing the echo server's port for another server, and taking it back.

use std::net::SocketAddr;

use echo_core::wire::EchoServer;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{Duration, Instant, MissedTickBehavior, interval};

use super::{Bound, Server, ports};

/// How long the port stays released while no other server listens there.
const RELEASE_TIMEOUT: Duration = Duration::from_mins(2);
/// How often a released port is checked for another server.
const POLL_INTERVAL: Duration = Duration::from_millis(250);

/// A request to release the port; the answer is whose the echo server is then.
pub(super) type ReleaseRequest = oneshot::Sender<EchoServer>;

/// The own echo server, and what it listens on.
pub(crate) struct PortManager {
    pub(super) server: Server,
    pub(super) addresses: Vec<SocketAddr>,
    /// Whose the echo server is.
    pub(super) state: watch::Sender<EchoServer>,
    pub(super) requests: mpsc::Receiver<ReleaseRequest>,
}

/// What to do after a check of a released port.
#[derive(Debug, PartialEq, Eq)]
enum PortAction {
    Wait,
    /// Another server listens: use it as the echo server.
    UseExternal,
    /// Listen again.
    TakeBack,
}

impl PortAction {
    /// Decides from whose the echo server was until now, whether another server listens, and
    /// whether
    /// [`RELEASE_TIMEOUT`] is over.
    fn decide(state: EchoServer, is_taken: bool, is_over: bool) -> Self {
        match (state, is_taken) {
            (EchoServer::External, true) => Self::Wait,
            (_, true) => Self::UseExternal,
            (EchoServer::External, false) => Self::TakeBack,
            (_, false) if is_over => Self::TakeBack,
            (_, false) => Self::Wait,
        }
    }
}

impl PortManager {
    /// Runs the echo server, and releases its port when asked, until the server ends.
    pub(crate) async fn run(mut self, listeners: Vec<TcpListener>) {
        let mut own = Some(listeners);
        while let Some(listeners) = own {
            self.set_state(EchoServer::Own);
            own = match self.echo(listeners).await {
                Some(request) => self.wait_released(request).await,
                None => None,
            };
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
            request = self.requests.recv() => request?,
        };
        stop.cancel();
        accepting.await;
        tracing::info!("echo: released the port for {RELEASE_TIMEOUT:?}");
        Some(request)
    }

    /// Answers `request`, and waits until the port can be taken back, or for the server's end. Each
    /// further request renews [`RELEASE_TIMEOUT`].
    async fn wait_released(&mut self, request: ReleaseRequest) -> Option<Vec<TcpListener>> {
        self.set_state(EchoServer::Released);
        answer(request, EchoServer::Released);
        let mut deadline = Instant::now() + RELEASE_TIMEOUT;
        let mut ticks = interval(POLL_INTERVAL);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = self.server.ending.cancelled() => return None,
                request = self.requests.recv() => {
                    answer(request?, self.state());
                    deadline = Instant::now() + RELEASE_TIMEOUT;
                }
                _ = ticks.tick() => {
                    if let Some(listeners) = self.check_port(deadline) {
                        return Some(listeners);
                    }
                }
            }
        }
    }

    /// Checks whether another server listens, and returns the listeners if the port was taken back.
    fn check_port(&self, deadline: Instant) -> Option<Vec<TcpListener>> {
        // An error is ignored, since the next check may succeed.
        let is_taken = ports::is_taken(&self.addresses).ok()?;
        match PortAction::decide(self.state(), is_taken, Instant::now() >= deadline) {
            PortAction::Wait => None,
            PortAction::UseExternal => {
                tracing::info!("echo: another server listens: using it as the echo server");
                self.set_state(EchoServer::External);
                None
            }
            PortAction::TakeBack => self.take_back(),
        }
    }

    /// Listens again. Returns `None` if that fails, or another server was faster.
    fn take_back(&self) -> Option<Vec<TcpListener>> {
        self.server.log().clear_expected_peers();
        match ports::listen(&self.addresses) {
            Ok(Bound::Own(listeners)) => {
                tracing::info!("echo: took the port back");
                Some(listeners)
            }
            Ok(Bound::Taken(_)) => None,
            Err(error) => {
                tracing::warn!("echo: cannot take the port back: {error}; trying again");
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

/// Answers a request. It is no error if nobody waits for the answer any more.
fn answer(request: ReleaseRequest, state: EchoServer) {
    let _ = request.send(state);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_taken_back_when_no_other_server_listens_any_more_or_in_time() {
        use EchoServer::{External, Released};
        assert_eq!(PortAction::decide(Released, false, false), PortAction::Wait);
        assert_eq!(PortAction::decide(Released, false, true), PortAction::TakeBack);
        assert_eq!(PortAction::decide(External, false, false), PortAction::TakeBack);
    }

    #[test]
    fn another_server_keeps_the_port_however_long_it_listens() {
        use EchoServer::{External, Released};
        assert_eq!(PortAction::decide(Released, true, false), PortAction::UseExternal);
        assert_eq!(PortAction::decide(Released, true, true), PortAction::UseExternal);
        assert_eq!(PortAction::decide(External, true, true), PortAction::Wait);
    }
}
