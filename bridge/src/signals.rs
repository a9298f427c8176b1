//! The signals that end the bridge: Ctrl-C, and SIGTERM where there is one.

use std::io;
use std::process;

/// The exit status of a bridge that a second signal ended at once.
const IMPATIENT: i32 = 130;

/// Resolves at the first signal; a second one ends the process without waiting.
///
/// # Errors
/// Where signals cannot be listened for.
pub(crate) fn first() -> io::Result<impl Future<Output = ()>> {
    let mut signals = Signals::new()?;
    Ok(async move {
        signals.next().await;
        tracing::info!("shutting down; a second signal ends the process at once");
        tokio::spawn(async move {
            signals.next().await;
            process::exit(IMPATIENT);
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
