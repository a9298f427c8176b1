//! Measuring: what is done with a candidate for a measure, and the readings of it.

use std::io;

use crate::candidate::{BEFORE, CONTROL, Candidate, ECHO, OURS, PROCESS_EACH};
use crate::load::Load;
use crate::measure::Measure;
use crate::options::Options;
use crate::work::float;
use crate::{fairness, memory, round_trip, sessions, traffic};

const KIB: f64 = 1024.0;
const MIB: f64 = KIB * KIB;
const MILLI: f64 = 1e3;
const MICRO: f64 = 1e6;
const SHORT: usize = 64;
const LONG: usize = 64 * 1024;

impl Measure {
    /// Whether it is taken of the candidate of this name.
    fn is_of(self, name: &str) -> bool {
        match self {
            Self::Memory => ![ECHO, PROCESS_EACH].contains(&name),
            Self::Fairness => [OURS, CONTROL, BEFORE].contains(&name),
            _ => true,
        }
    }

    /// Measures once: a reading for each row, where there is one.
    pub(crate) async fn take(
        self,
        candidate: &Candidate,
        options: &Options,
    ) -> io::Result<Vec<Option<f64>>> {
        if !self.is_of(candidate.name) {
            return Ok(vec![]);
        }
        let load = |len, window| Load::new(candidate.wire, len, window);
        let work = match self {
            Self::RoundTrip => {
                let times = round_trip::run(candidate, SHORT, options).await?;
                return Ok(times.map(|time| Some(time.as_secs_f64() * MICRO)).into());
            }
            Self::Fairness => {
                let Some((times, streamed)) = fairness::run(candidate, SHORT, options).await?
                else {
                    return Ok(vec![]);
                };
                let [p50, p99] = times.map(|time| time.as_secs_f64() * MILLI);
                return Ok(vec![Some(p50), Some(p99), Some(streamed / MIB)]);
            }
            Self::Memory => {
                let bytes = memory::run(candidate.name, SHORT, options).await?;
                return Ok(vec![bytes.map(|bytes| bytes / KIB)]);
            }
            Self::Throughput => {
                let work = traffic::run(candidate, load(LONG, 16), 1, options).await?;
                let mib = work.times(float(LONG as u64) / MIB);
                return Ok(vec![Some(mib.per_second()), mib.cpu().map(|cpu| cpu * KIB)]);
            }
            Self::Pipelined => traffic::run(candidate, load(SHORT, 1024), 1, options).await?,
            Self::Many => traffic::run(candidate, load(1024, 1), 200, options).await?,
            Self::Sessions => sessions::run(candidate, SHORT, options).await?,
        };
        Ok(vec![Some(work.per_second()), work.cpu().map(|cpu| cpu * MICRO)])
    }
}
