//! The series that are read off the open sessions at each scrape.

use prometheus::core::Collector;
use prometheus::proto::MetricFamily;
use prometheus::{IntCounter, IntCounterVec, IntGauge, Opts};

use super::VALID;
use crate::open_sessions::Counts;
use crate::relay::Side;

/// Returns the series of sessions, which are all of the same moment.
pub(super) fn of_sessions(counts: &Counts) -> Vec<MetricFamily> {
    let Counts { opened, closed, active, traffic } = counts;
    let closed = closed.iter().map(|(label, count)| (label.as_str(), *count));
    let bytes = [("to_target", traffic.sent), ("to_client", traffic.received)];
    let paused = [Side::Client, Side::Target].map(|side| {
        let label = match side {
            Side::Client => "client",
            Side::Target => "target",
        };
        (label, traffic.paused[side as usize])
    });
    let families = [
        counter("sessions_opened_total", "Sessions that were opened.", *opened),
        counters(
            "sessions_closed_total",
            "Sessions that ended, by how; a failure has the name of its stage.",
            "ending",
            closed,
        ),
        gauge("sessions_active", "Sessions that are open now.", *active),
        counters("bytes_total", "Bytes that were relayed.", "direction", bytes),
        counters(
            "paused_total",
            "How often reading from a side stopped because the other side was slow.",
            "side",
            paused,
        ),
    ];
    families.concat()
}

/// Returns the series that tells whether the bridge drains.
pub(super) fn draining(is_draining: bool) -> Vec<MetricFamily> {
    gauge("draining", "1 once the bridge was asked to go down, else 0.", is_draining.into())
}

fn options(name: &str, help: &str) -> Opts {
    Opts::new(name, help).namespace("tcp_bridge")
}

fn counter(name: &str, help: &str, value: u64) -> Vec<MetricFamily> {
    let counter = IntCounter::with_opts(options(name, help)).expect(VALID);
    counter.inc_by(value);
    counter.collect()
}

fn counters<'a>(
    name: &str,
    help: &str,
    label: &str,
    values: impl IntoIterator<Item = (&'a str, u64)>,
) -> Vec<MetricFamily> {
    let counters = IntCounterVec::new(options(name, help), &[label]).expect(VALID);
    for (value, count) in values {
        counters.with_label_values(&[value]).inc_by(count);
    }
    counters.collect()
}

fn gauge(name: &str, help: &str, value: usize) -> Vec<MetricFamily> {
    let gauge = IntGauge::with_opts(options(name, help)).expect(VALID);
    gauge.set(i64::try_from(value).unwrap_or(i64::MAX));
    gauge.collect()
}
