//! The bridge's metrics, in the text format of Prometheus.
//!
//! - [`refusal`]: why sessions and requests are refused; [`outcome`]: how connecting to a target
//!   ended; [`series`]: what is read off the open sessions at each scrape.
//!
//! All labels have values from a fixed set: none is chosen by a client.

mod outcome;
mod refusal;
mod series;
#[cfg(test)]
mod tests;

use echo_core::wire::Failure;
use prometheus::core::Collector;
use prometheus::{
    HistogramOpts, HistogramVec, IntCounterVec, IntGaugeVec, Opts, Registry, TextEncoder,
};
use tokio::time::Duration;

use crate::open_sessions::Counts;
use outcome::Outcome;
pub(crate) use refusal::Refusal;

/// The media type of [`Metrics::encode`].
pub(crate) use prometheus::TEXT_FORMAT;

/// The upper bounds of the histogram of connecting, in seconds: from a local service to the default
/// of `--connect-timeout` and beyond.
const CONNECT_BUCKETS: [f64; 14] =
    [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 10.0];

/// Names and labels are constants that a test has seen to be valid.
const VALID: &str = "a metric has a valid name and is registered once";

/// What is counted besides the open sessions.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    connect: HistogramVec,
    refused: IntCounterVec,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let connect = HistogramOpts::new(
            "tcp_bridge_connect_seconds",
            "How long connecting to targets took, by its outcome.",
        );
        let connect = HistogramVec::new(connect.buckets(CONNECT_BUCKETS.into()), &["outcome"]);
        let refused = Opts::new(
            "tcp_bridge_refused_total",
            "Sessions and requests that were refused, by the reason.",
        );
        let refused = IntCounterVec::new(refused, &["reason"]);
        let metrics = Self {
            registry: Registry::new(),
            connect: connect.expect(VALID),
            refused: refused.expect(VALID),
        };
        // A series is there before it first counts, so that its rate is known from the start.
        for outcome in Outcome::ALL {
            metrics.connect.with_label_values(&[outcome.label()]);
        }
        for refusal in Refusal::ALL {
            metrics.refused.with_label_values(&[refusal.label()]);
        }
        metrics.register(metrics.connect.clone());
        metrics.register(metrics.refused.clone());
        metrics.register(build_info());
        #[cfg(target_os = "linux")]
        metrics.register(prometheus::process_collector::ProcessCollector::for_self());
        metrics
    }

    fn register(&self, collector: impl Collector + 'static) {
        self.registry.register(Box::new(collector)).expect(VALID);
    }

    /// Counts a session or a request that was refused.
    pub(crate) fn count_refused(&self, refusal: Refusal) {
        self.refused.with_label_values(&[refusal.label()]).inc();
    }

    /// Records how connecting to a target ended, and how long it took.
    pub(crate) fn observe_connect<T>(&self, result: &Result<T, Failure>, took: Duration) {
        let outcome = Outcome::of(result);
        self.connect.with_label_values(&[outcome.label()]).observe(took.as_secs_f64());
    }

    /// Returns all metrics as text, with these counts of the sessions.
    ///
    /// # Errors
    /// Fails if they cannot be written as text, which does not happen for valid metrics.
    pub(crate) fn encode(&self, counts: &Counts, is_draining: bool) -> prometheus::Result<String> {
        let mut families = self.registry.gather();
        families.extend(series::gather(counts, is_draining));
        TextEncoder::new().encode_to_string(&families)
    }
}

/// Returns the series that tells the bridge's version.
fn build_info() -> IntGaugeVec {
    let opts = Opts::new("tcp_bridge_build_info", "Always 1; the label has the bridge's version.");
    let info = IntGaugeVec::new(opts, &["version"]).expect(VALID);
    info.with_label_values(&[env!("CARGO_PKG_VERSION")]).set(1);
    info
}
