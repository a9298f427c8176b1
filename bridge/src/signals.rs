//! The signals that shut the bridge down: SIGINT (Ctrl-C) and, on Unix, SIGTERM.

use std::io;
use std::process;

/// The exit status after a second signal: 128 plus SIGINT, as shells report it.
const EXIT_STATUS: i32 = 130;

/// Returns a future that resolves at the first signal. A second signal ends the process at once.
///
/// # Errors
/// Fails if no handler can be installed.
pub(crate) fn first() -> io::Result<impl Future<Output = ()>> {
    let mut signals = Signals::new()?;
    Ok(async move {
        signals.next().await;
        tracing::info!("shutting down; a second signal ends the process at once");
        tokio::spawn(async move {
            signals.next().await;
            process::exit(EXIT_STATUS);
        });
    })
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let interrupt = signal(SignalKind::interrupt())?;
        Ok(Self { interrupt, terminate: signal(SignalKind::terminate())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(not(unix))]
struct Signals(tokio::signal::windows::CtrlC);

#[cfg(not(unix))]
impl Signals {
    fn new() -> io::Result<Self> {
        tokio::signal::windows::ctrl_c().map(Self)
    }

    async fn next(&mut self) {
        self.0.recv().await;
    }
}
