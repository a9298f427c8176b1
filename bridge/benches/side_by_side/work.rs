//! How much a candidate did, in what time, and for how much CPU time.

use tokio::time::{Duration, Instant};

use crate::candidate::Candidate;

/// Begun, and not yet done.
pub(crate) struct Begun<'a> {
    candidate: &'a Candidate,
    cpu: Option<Duration>,
    pub(crate) at: Instant,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Work {
    count: f64,
    took: Duration,
    cpu: Option<Duration>,
}

impl<'a> Begun<'a> {
    pub(crate) fn now(candidate: &'a Candidate) -> Self {
        Self { candidate, cpu: candidate.process.cpu(), at: Instant::now() }
    }

    /// It was done `count` times.
    pub(crate) fn done(&self, count: u64) -> Work {
        let took = self.at.elapsed();
        let cpu = self.candidate.process.cpu().zip(self.cpu);
        let cpu = cpu.map(|(now, before)| now.saturating_sub(before));
        Work { count: float(count), took, cpu }
    }
}

impl Work {
    /// The same work, of which each one counts for so many.
    pub(crate) fn times(self, factor: f64) -> Self {
        Self { count: self.count * factor, ..self }
    }

    pub(crate) fn per_second(self) -> f64 {
        self.count / self.took.as_secs_f64()
    }

    /// Seconds of CPU time for each.
    pub(crate) fn cpu(self) -> Option<f64> {
        self.cpu.map(|cpu| cpu.as_secs_f64() / self.count)
    }
}

/// A count as a float.
#[expect(clippy::cast_precision_loss, reason = "nothing here is counted beyond 2^53")]
pub(crate) fn float(count: u64) -> f64 {
    count as f64
}
