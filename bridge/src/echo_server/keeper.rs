//! Whose the echo server's port is: its own, or for a while someone else's.

use std::io;
use std::net::SocketAddr;

use echo_core::wire::EchoServer;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{Duration, Instant, MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use super::{Bound, Server, ports};

/// How long the port stays free where nobody comes.
const PATIENCE: Duration = Duration::from_mins(2);
/// How often it is looked whether someone came, or went.
const LOOK: Duration = Duration::from_millis(250);

/// A request to step aside; the answer is whose the port is then.
pub(super) type Ask = oneshot::Sender<EchoServer>;

/// The own echo server, and its port.
pub(crate) struct Keeper {
    pub(super) server: Server,
    pub(super) addresses: Vec<SocketAddr>,
    pub(super) whose: watch::Sender<EchoServer>,
    pub(super) asks: mpsc::Receiver<Ask>,
}

/// What follows from a look at the port.
#[derive(Debug, PartialEq, Eq)]
enum Next {
    Wait,
    /// Someone else is there.
    Yield,
    TakeBack,
}

impl Next {
    fn of(whose: EchoServer, taken: bool, patience_over: bool) -> Self {
        match (whose, taken) {
            (EchoServer::External, true) => Self::Wait,
            (_, true) => Self::Yield,
            (EchoServer::External, false) => Self::TakeBack,
            (_, false) if patience_over => Self::TakeBack,
            (_, false) => Self::Wait,
        }
    }
}

impl Keeper {
    /// Echoes, and steps aside when asked, until `ending`.
    pub(crate) async fn run(mut self, listeners: Vec<TcpListener>, ending: CancellationToken) {
        let mut own = Some(listeners);
        while let Some(listeners) = own {
            self.whose.send_replace(EchoServer::Own);
            own = match self.echo(listeners, &ending).await {
                Some(ask) => self.stay_aside(ask, &ending).await,
                None => None,
            };
        }
        self.server.ended().await;
    }

    /// Accepts until it is asked to step aside; what is under way goes on then.
    async fn echo(
        &mut self,
        listeners: Vec<TcpListener>,
        ending: &CancellationToken,
    ) -> Option<Ask> {
        let stop = ending.child_token();
        let accepting = self.server.accept(listeners, stop.clone());
        tokio::pin!(accepting);
        let ask = tokio::select! {
            () = &mut accepting => return None,
            ask = self.asks.recv() => ask?,
        };
        stop.cancel();
        accepting.await;
        tracing::info!("echo: steps aside; the port is free for {PATIENCE:?}");
        Some(ask)
    }

    /// Waits until the port is its own again.
    async fn stay_aside(
        &mut self,
        ask: Ask,
        ending: &CancellationToken,
    ) -> Option<Vec<TcpListener>> {
        self.say(EchoServer::Released);
        answer(ask, EchoServer::Released);
        let mut until = Instant::now() + PATIENCE;
        let mut looks = interval(LOOK);
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = ending.cancelled() => return None,
                ask = self.asks.recv() => {
                    answer(ask?, self.now());
                    until = Instant::now() + PATIENCE;
                }
                _ = looks.tick() => {
                    if let Some(listeners) = self.look(until) {
                        return Some(listeners);
                    }
                }
            }
        }
    }

    /// Sees who is there, and takes the port back if it is time.
    fn look(&self, until: Instant) -> Option<Vec<TcpListener>> {
        // Where that cannot be seen just now, the next look will.
        let taken = ports::is_taken(&self.addresses).ok()?;
        match Next::of(self.now(), taken, Instant::now() >= until) {
            Next::Wait => None,
            Next::Yield => {
                tracing::info!("echo: something else listens: using it as the echo server");
                self.say(EchoServer::External);
                None
            }
            Next::TakeBack => self.take_back(),
        }
    }

    fn take_back(&self) -> Option<Vec<TcpListener>> {
        self.server.visits().forget_announced();
        match ports::listen(&self.addresses) {
            Ok(Bound::Own(listeners)) => {
                tracing::info!("echo: the port is its own again");
                Some(listeners)
            }
            Ok(Bound::Taken(_)) => None,
            Err(error) => {
                tracing::warn!("echo: the port cannot be taken back: {error}; trying again");
                None
            }
        }
    }

    fn now(&self) -> EchoServer {
        *self.whose.borrow()
    }

    fn say(&self, whose: EchoServer) {
        self.whose.send_replace(whose);
    }
}

/// That whoever asked is gone by now is no error.
fn answer(ask: Ask, whose: EchoServer) {
    let _ = ask.send(whose);
}

/// The addresses of `listeners`.
pub(super) fn addresses(listeners: &[TcpListener]) -> io::Result<Vec<SocketAddr>> {
    listeners.iter().map(TcpListener::local_addr).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_taken_back_from_who_went_or_never_came() {
        use EchoServer::{External, Released};
        assert_eq!(Next::of(Released, false, false), Next::Wait);
        assert_eq!(Next::of(Released, false, true), Next::TakeBack);
        assert_eq!(Next::of(External, false, false), Next::TakeBack);
    }

    #[test]
    fn who_came_keeps_it_however_long() {
        use EchoServer::{External, Released};
        assert_eq!(Next::of(Released, true, false), Next::Yield);
        assert_eq!(Next::of(Released, true, true), Next::Yield);
        assert_eq!(Next::of(External, true, true), Next::Wait);
    }
}
