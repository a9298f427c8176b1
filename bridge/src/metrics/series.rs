//! The series that are read off the open sessions at each scrape.

use prometheus::core::Collector;
use prometheus::proto::MetricFamily;
use prometheus::{IntCounter, IntCounterVec, IntGauge, Opts, Registry};

use super::VALID;
use crate::open_sessions::Counts;
use crate::relay::Side;

/// Returns the series of the sessions, all of the moment of `counts`, and whether the bridge drains.
pub(super) fn gather(counts: &Counts, is_draining: bool) -> Vec<MetricFamily> {
    let Counts { opened, closed, active, traffic } = counts;
    let scrape = Scrape(Registry::new());
    scrape.counter("sessions_opened_total", "Sessions that were opened.", *opened);
    scrape.counters(
        "sessions_closed_total",
        "Sessions that ended, by how; a failure has the name of its stage.",
        "ending",
        closed.iter().map(|(label, count)| (label.as_str(), *count)),
    );
    scrape.gauge("sessions_active", "Sessions that are open now.", *active);
    let bytes = [("to_target", traffic.sent), ("to_client", traffic.received)];
    scrape.counters("bytes_total", "Bytes that were relayed.", "direction", bytes);
    scrape.counters(
        "paused_total",
        "How often reading from a side stopped because the other side was slow.",
        "side",
        Side::ALL.map(|side| (label(side), traffic.paused[side as usize])),
    );
    let draining = "1 once the bridge was asked to go down, else 0.";
    scrape.gauge("draining", draining, is_draining.into());
    scrape.0.gather()
}

/// Returns the value of the label `side`.
fn label(side: Side) -> &'static str {
    match side {
        Side::Client => "client",
        Side::Target => "target",
    }
}

/// The metrics of one scrape.
struct Scrape(Registry);

impl Scrape {
    fn counter(&self, name: &str, help: &str, value: u64) {
        let counter = IntCounter::with_opts(options(name, help)).expect(VALID);
        counter.inc_by(value);
        self.register(counter);
    }

    fn counters<'a>(
        &self,
        name: &str,
        help: &str,
        label: &str,
        values: impl IntoIterator<Item = (&'a str, u64)>,
    ) {
        let counters = IntCounterVec::new(options(name, help), &[label]).expect(VALID);
        for (value, count) in values {
            counters.with_label_values(&[value]).inc_by(count);
        }
        self.register(counters);
    }

    fn gauge(&self, name: &str, help: &str, value: usize) {
        let gauge = IntGauge::with_opts(options(name, help)).expect(VALID);
        gauge.set(i64::try_from(value).unwrap_or(i64::MAX));
        self.register(gauge);
    }

    fn register(&self, collector: impl Collector + 'static) {
        self.0.register(Box::new(collector)).expect(VALID);
    }
}

fn options(name: &str, help: &str) -> Opts {
    Opts::new(name, help).namespace("tcp_bridge")
}
