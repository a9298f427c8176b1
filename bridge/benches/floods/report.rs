//! What came of a flood, as rows of a table.

use tokio::time::Duration;

use crate::flood::{Flood, Outcome};
use crate::latency::Latencies;
use crate::options::Options;
use crate::units::{MIB, mib};

/// Growth of the memory that counts as none, in bytes.
const NOISE: u64 = 8 * MIB;

/// The bridge's memory in bytes, where it can be read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Memory {
    pub(crate) before: Option<u64>,
    pub(crate) peak: Option<u64>,
    /// Some time after the flood.
    pub(crate) after: Option<u64>,
}

/// What came of a flood.
#[derive(Debug)]
pub(crate) struct Report {
    /// The latencies of each of the flood's good clients.
    pub(crate) latencies: Vec<Latencies>,
    pub(crate) memory: Memory,
    pub(crate) outcome: Outcome,
}

/// Prints what is measured, and the names of the columns.
pub(crate) fn print_head(options: &Options) {
    println!(
        "Floods of {:?} against {}.\nLatencies are those of good clients, memory is the bridge's \
         RSS, its end {:?} after the flood.\nMet: each good client's p99 is below 50 ms, the peak \
         is within the flood's bound, and at least two thirds of the growth are given back.\n",
        options.duration(),
        options.bridge.display(),
        options.settle(),
    );
    row(&[
        "flood",
        "good client",
        "p50 ms",
        "p99 ms",
        "max ms",
        "failed",
        "before",
        "peak MiB",
        "after",
        " met",
    ]);
}

/// Prints that a flood was not run, and why.
pub(crate) fn print_skipped(flood: &Flood, error: &std::io::Error) {
    let verb = if error.kind() == std::io::ErrorKind::Unsupported { "skipped" } else { "failed" };
    println!("{:20}{verb}: {error}", flood.name);
}

impl Report {
    /// Prints a row for each good client, and the notes below them.
    pub(crate) fn print(mut self, flood: &Flood) {
        let missed = self.missed(flood);
        let met = if missed.is_empty() { " yes".into() } else { format!(" NO: {missed}") };
        let Memory { before, peak, after } = self.memory;
        let clients = flood.good.iter().zip(&mut self.latencies).enumerate();
        for (index, (good, latencies)) in clients {
            let (p50, p99, max) =
                (latencies.percentile(50), latencies.percentile(99), latencies.max());
            let failed = format!("{}/{}", latencies.failed, latencies.len());
            let mut cells = vec![String::new(), good.name(), ms(p50), ms(p99), ms(max), failed];
            if index == 0 {
                cells[0] = flood.name.into();
                cells.extend([mib(before), mib(peak), mib(after), met.clone()]);
            }
            row(&cells.iter().map(String::as_str).collect::<Vec<_>>());
        }
        for note in &self.outcome.notes {
            println!("    {note}");
        }
    }

    /// The goals that were missed, in words.
    fn missed(&mut self, flood: &Flood) -> String {
        let Memory { before, peak, after } = self.memory;
        let growth = peak.zip(before).map(|(peak, before)| peak.saturating_sub(before));
        let kept = after.zip(before).map(|(after, before)| after.saturating_sub(before));
        let is_slow = self.latencies.iter_mut().any(|latencies| !latencies.meets_goal());
        let is_large = growth.is_some_and(|growth| growth > flood.most_growth * MIB);
        let is_kept = kept.zip(growth).is_some_and(|(kept, growth)| kept > NOISE.max(growth / 3));
        let goals = [
            (is_slow, "p99"),
            (is_large, "peak"),
            (is_kept, "given back"),
            (!self.outcome.met, "see below"),
        ];
        let missed: Vec<_> =
            goals.iter().filter(|(missed, _)| *missed).map(|goal| goal.1).collect();
        missed.join(", ")
    }
}

fn ms(time: Option<Duration>) -> String {
    time.map_or("never".into(), |time| format!("{:.1}", time.as_secs_f64() * 1000.0))
}

/// One row: two columns of names, numbers, and whether the goals are met.
fn row(cells: &[&str]) {
    for (index, cell) in cells.iter().enumerate() {
        match index {
            0 | 1 => print!("{cell:20}"),
            9 => print!(" {cell}"),
            _ => print!("{cell:>10}"),
        }
    }
    println!();
}
