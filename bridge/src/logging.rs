//! The log: a line of printable text for each event, on standard error, which nobody has to read.
//!
//! - [`queue`]: lines on their way to standard error, and the thread that writes them;
//! - [`fields`]: values as text that can neither break a line nor steer a terminal.

mod fields;
mod queue;

use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::{self, IsTerminal as _};
use std::panic::{self, PanicHookInfo};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tracing_subscriber::EnvFilter;

use queue::Queue;

/// What is logged where `RUST_LOG` says nothing.
const DEFAULT_FILTER: &str = "info,memory_serve=warn";
/// How long the end of the process waits for lines that are still to be written.
const FLUSH_TIMEOUT: Duration = Duration::from_millis(500);

/// The running log of this process; dropped, it is written to its end.
#[derive(Debug)]
pub(crate) struct Log {
    queue: Arc<Queue>,
}

impl Log {
    /// Logs to standard error from here on: `RUST_LOG` chooses what. Panics are logged, too, since
    /// what is written to standard error in any other way may wait for whoever reads it.
    ///
    /// # Errors
    /// Where no thread can be started.
    pub(crate) fn start() -> io::Result<Self> {
        let queue = Arc::new(Queue::default());
        let writer = queue.clone();
        thread::Builder::new().name("log".into()).spawn(move || writer.write_to(io::stderr()))?;
        let filter =
            EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(DEFAULT_FILTER));
        tracing_subscriber::fmt()
            .with_env_filter(filter)
            .fmt_fields(fields::formatter())
            .with_writer(queue.clone())
            .with_ansi(io::stderr().is_terminal())
            .with_target(false)
            .init();
        panic::set_hook(Box::new(log_panic));
        Ok(Self { queue })
    }

    /// Writes `sentence` as a line of its own, whatever is logged else.
    pub(crate) fn print(&self, sentence: &str) {
        self.queue.push(format!("{sentence}\n").as_bytes());
    }
}

/// Waits until every line is written, but no longer than [`FLUSH_TIMEOUT`]: standard error may be a
/// pipe that nobody reads.
impl Drop for Log {
    fn drop(&mut self) {
        self.queue.flush(FLUSH_TIMEOUT);
    }
}

/// Logs a panic, and its backtrace where `RUST_BACKTRACE` asks for one.
fn log_panic(info: &PanicHookInfo<'_>) {
    tracing::error!("{info}");
    let backtrace = Backtrace::capture();
    if backtrace.status() == BacktraceStatus::Captured {
        for line in backtrace.to_string().lines() {
            tracing::error!("{line}");
        }
    }
}
