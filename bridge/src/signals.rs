//! The signals that shut the bridge down: SIGINT (Ctrl-C) and, on Unix, SIGTERM.

use std::io;
use std::process;

use bridge::Shutdown;

/// The exit status after a second signal: 128 plus SIGINT, as shells report it.
const EXIT_STATUS: i32 = 130;

/// Returns a future that resolves at the first signal. A second signal ends the process at once.
///
/// # Errors
/// Fails if no handler can be installed.
pub(crate) fn first() -> io::Result<impl Future<Output = Shutdown>> {
    let mut signals = Signals::new()?;
    Ok(async move {
        let shutdown = signals.next().await;
        let what = match shutdown {
            Shutdown::Interrupt => "shutting down",
            Shutdown::Restart => "draining, as after SIGTERM",
        };
        tracing::info!("{what}; a second signal ends the process at once");
        tokio::spawn(async move {
            signals.next().await;
            process::exit(EXIT_STATUS);
        });
        shutdown
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

    async fn next(&mut self) -> Shutdown {
        tokio::select! {
            _ = self.interrupt.recv() => Shutdown::Interrupt,
            _ = self.terminate.recv() => Shutdown::Restart,
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

    async fn next(&mut self) -> Shutdown {
        self.0.recv().await;
        Shutdown::Interrupt
    }
}
