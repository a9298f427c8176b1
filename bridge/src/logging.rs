//! The log: one line for each event, of printable text or of JSON, on standard error. A reader that
//! is slow, or missing, delays nothing.
//!
//! - [`queue`]: the bounded queue of lines, and the thread that writes them;
//! - [`fields`]: formatting values so that they cannot break a line or control a terminal; [`json`]:
//!   the same for lines of JSON; [`time`]: the time of a line.

mod fields;
mod json;
mod queue;
mod time;

use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::{self, IsTerminal as _};
use std::panic::{self, PanicHookInfo};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use bridge::config::LogFormat;
use tracing_subscriber::EnvFilter;

use json::JsonLines;
use queue::Queue;

/// The filter of events where `RUST_LOG` is not set.
const DEFAULT_FILTER: &str = "info,memory_serve=warn";
/// How long the end of the process waits for lines that have not been written.
const FLUSH_TIMEOUT: Duration = Duration::from_millis(500);

/// The log of this process; dropping it writes the lines that still wait.
#[derive(Debug)]
pub(crate) struct Log {
    format: LogFormat,
    queue: Arc<Queue>,
}

impl Log {
    /// Starts to log to standard error in this format, with the filter of `RUST_LOG`. Panics are
    /// logged, too, since any other write to standard error blocks while nobody reads it.
    ///
    /// # Errors
    /// Fails if no thread can be started.
    pub(crate) fn start(format: LogFormat) -> io::Result<Self> {
        let queue = Arc::new(Queue::new(match format {
            LogFormat::Text => |dropped| text_line(&dropped_lines(dropped)),
            LogFormat::Json => |dropped| json::line("WARN", &dropped_lines(dropped)),
        }));
        let writer = queue.clone();
        thread::Builder::new().name("log".into()).spawn(move || writer.write_to(io::stderr()))?;
        let filter =
            EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(DEFAULT_FILTER));
        let log = tracing_subscriber::fmt().with_env_filter(filter).with_target(false);
        let lines = queue.clone();
        match format {
            LogFormat::Text => log
                .fmt_fields(fields::formatter())
                .with_writer(lines)
                .with_ansi(io::stderr().is_terminal())
                .init(),
            LogFormat::Json => log
                .json()
                .flatten_event(true)
                .with_span_list(false)
                .with_writer(move || JsonLines(lines.clone()))
                .init(),
        }
        panic::set_hook(Box::new(log_panic));
        Ok(Self { format, queue })
    }

    /// Writes `sentence` as a line of its own, whatever the filter is.
    pub(crate) fn print(&self, sentence: &str) {
        let line = match self.format {
            LogFormat::Text => format!("{sentence}\n"),
            LogFormat::Json => json::line("ERROR", sentence),
        };
        self.queue.push(line.as_bytes());
    }
}

/// Waits until every line is written, but no longer than [`FLUSH_TIMEOUT`]: standard error may be a
/// pipe that nobody reads.
impl Drop for Log {
    fn drop(&mut self) {
        self.queue.flush(FLUSH_TIMEOUT);
    }
}

/// Returns the sentence that says how many lines were dropped.
fn dropped_lines(count: u64) -> String {
    format!("{count} log lines were dropped: standard error was not read fast enough")
}

/// Returns the line, in the text format, of a warning that is not logged through tracing.
fn text_line(message: &str) -> String {
    format!("{}  WARN {message}\n", time::now())
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
