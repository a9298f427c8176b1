//! The sockets that systemd hands over (`sd_listen_fds(3)`).

use std::io;

use super::Listener;

/// The sockets that were handed over to this process, from the variables `LISTEN_FDS` and
/// `LISTEN_PID`.
#[derive(Default)]
pub struct Inherited {
    #[cfg(unix)]
    sockets: Option<listenfd::ListenFd>,
}

impl Inherited {
    /// Takes the sockets, and removes the variables from the environment. Call it while the process
    /// has one thread.
    #[must_use]
    pub fn take() -> Self {
        #[cfg(unix)]
        return Self { sockets: Some(listenfd::ListenFd::from_env()) };
        #[cfg(not(unix))]
        Self::default()
    }

    /// Listens on each of the sockets, in their order.
    ///
    /// # Errors
    /// Fails with a sentence if one of them is neither a TCP nor a Unix stream socket.
    pub fn listen(self) -> io::Result<Vec<Listener>> {
        #[cfg(unix)]
        if let Some(mut sockets) = self.sockets {
            return (0..sockets.len()).map(|index| listener(&mut sockets, index)).collect();
        }
        Ok(Vec::new())
    }
}

#[cfg(unix)]
fn listener(sockets: &mut listenfd::ListenFd, index: usize) -> io::Result<Listener> {
    use tokio::net::TcpListener;

    use super::UnixSocketListener;

    if let Ok(Some(listener)) = sockets.take_tcp_listener(index) {
        listener.set_nonblocking(true)?;
        return TcpListener::from_std(listener).map(Listener::Tcp);
    }
    if let Ok(Some(listener)) = sockets.take_unix_listener(index) {
        return UnixSocketListener::inherit(listener).map(Listener::Unix);
    }
    let sentence = format!(
        "socket {} of those that systemd handed over is no stream socket: write ListenStream= in \
         its .socket unit",
        index + 1
    );
    Err(io::Error::new(io::ErrorKind::InvalidInput, sentence))
}
