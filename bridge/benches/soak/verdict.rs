//! What came of the soak: numbers, and whether everything is as it should be.

use std::process::ExitCode;

use tokio::time::Duration;

use crate::common::bridge::describe_termination;
use crate::common::latency::Latencies;
use crate::plan::Ending;
use crate::snapshot::Snapshot;
use crate::tally::Tally;

/// The 99th percentile of the probing client's round trips stays below this: it shares the machine
/// with the clients and targets of all sessions.
const MOST_P99: Duration = Duration::from_millis(250);

/// What came of the soak.
#[derive(Debug)]
pub(crate) struct Verdict {
    pub(crate) before: Snapshot,
    pub(crate) after: Snapshot,
    /// The most memory that the bridge held, in bytes.
    pub(crate) peak: Option<u64>,
    /// The most sessions that it had at once.
    pub(crate) most_active: u64,
    pub(crate) tally: Tally,
    /// Those of the probing client.
    pub(crate) latencies: Latencies,
    /// How long the bridge took to end; `None` if it has not ended in time.
    pub(crate) termination: Option<Duration>,
    pub(crate) judges_speed: bool,
}

impl Verdict {
    /// Prints the numbers, and what is wrong; the exit code says whether anything is.
    pub(crate) fn print(mut self) -> ExitCode {
        self.print_load();
        self.print_state();
        let wrong = self.wrong();
        for sentence in &wrong {
            println!("WRONG: {sentence}");
        }
        if wrong.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }

    fn print_load(&mut self) {
        let Self { tally, most_active, .. } = self;
        println!("sessions: {} opened, {most_active} at once at most", tally.opened);
        for ending in Ending::ALL {
            let count = tally.endings.get(&ending).copied().unwrap_or_default();
            println!("    {ending:?}: {count}");
        }
        println!(
            "orderly sessions: {} bytes sent, {} received, all checked",
            tally.sent, tally.received
        );
        let ms = |time: Option<Duration>| {
            time.map_or("never".into(), |time| format!("{:.1} ms", time.as_secs_f64() * 1000.0))
        };
        let (p50, p99) = (self.latencies.percentile(50), self.latencies.percentile(99));
        println!(
            "probing client: {} round trips, p50 {}, p99 {}, longest {}, {} failed",
            self.latencies.len(),
            ms(p50),
            ms(p99),
            ms(self.latencies.max()),
            self.latencies.failed
        );
    }

    fn print_state(&self) {
        let Self { before, after, peak, .. } = self;
        let mib = |bytes: Option<u64>| bytes.map_or(0, |bytes| bytes / 1024 / 1024);
        println!(
            "the bridge's memory in MiB: {} before, {} at its peak, {} after",
            mib(before.memory),
            mib(*peak),
            mib(after.memory)
        );
        for (name, before, after) in [
            ("descriptors", before.descriptors, after.descriptors),
            ("threads", before.threads, after.threads),
            (
                "listening sockets",
                before.listeners.map(|count| count as u64),
                after.listeners.map(|count| count as u64),
            ),
        ] {
            let number = |count: Option<u64>| count.map_or("-".into(), |count| count.to_string());
            println!("{name}: {} before, {} after", number(before), number(after));
        }
        println!("the bridge's count of endings: {:?}", after.closed);
        println!("{}", describe_termination(self.termination));
    }

    /// Returns what is not as it should be.
    fn wrong(&mut self) -> Vec<String> {
        let Self { before, after, tally, .. } = self;
        let mut wrong = after.differences(before, self.most_active);
        wrong.extend(tally.failures.iter().cloned());
        if tally.failed > tally.failures.len() as u64 {
            wrong.push(format!("{} sessions in all went otherwise than planned", tally.failed));
        }
        // The probing client opens a session, and a further one where an attempt failed.
        let least = tally.opened + 1;
        if !(least..=least + self.latencies.failed as u64).contains(&after.opened) {
            wrong.push(format!("{} sessions by the bridge's count", after.opened));
        }
        let (up, down) = (tally.sent, tally.received);
        if after.to_targets < up || after.to_clients < down {
            let (up, down) = (after.to_targets, after.to_clients);
            wrong.push(format!("{up} and {down} bytes by the bridge's count, fewer than orderly"));
        }
        if tally.read_by_targets > after.to_targets {
            wrong.push(format!("the targets read {} bytes", tally.read_by_targets));
        }
        for ending in Ending::ALL {
            if !tally.endings.contains_key(&ending) {
                wrong.push(format!("no session ended with {ending:?}"));
            }
        }
        let is_slow = self.latencies.percentile(99).is_none_or(|p99| p99 > MOST_P99);
        if self.judges_speed && is_slow {
            wrong.push(format!("the probing client's p99 is above {MOST_P99:?}"));
        }
        if self.termination.is_none() {
            wrong.push(describe_termination(self.termination));
        }
        wrong
    }
}
