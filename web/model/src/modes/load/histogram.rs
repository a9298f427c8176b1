//! A histogram of durations, whose size does not depend on the number of durations.

/// The number of buckets for each doubling of the duration, a power of two. No bucket is wider than
/// 1/64 of its values, so that its middle is within 1 % of each of them.
const BUCKETS_PER_DOUBLING: u64 = 64;
const BUCKET_BITS: u32 = BUCKETS_PER_DOUBLING.ilog2();
/// The longest duration that is recorded, in microseconds: about 134 s. Longer ones count as this.
const MAX_US: u64 = (1 << 27) - 1;
/// The number of bars of a chart for each power of ten.
pub const BARS_A_DECADE: i32 = 10;

/// A histogram of durations in microseconds, each of which is known to within 1 %.
#[derive(Debug)]
pub struct Histogram {
    buckets: Vec<u32>,
    count: u64,
    min_us: u64,
    max_us: u64,
}

impl Default for Histogram {
    fn default() -> Self {
        let buckets = vec![0; bucket_index(MAX_US) + 1];
        Self { buckets, count: 0, min_us: u64::MAX, max_us: 0 }
    }
}

impl Histogram {
    /// Adds a duration, in microseconds.
    pub fn record(&mut self, us: u64) {
        let us = us.min(MAX_US);
        self.buckets[bucket_index(us)] += 1;
        self.count += 1;
        self.min_us = self.min_us.min(us);
        self.max_us = self.max_us.max(us);
    }

    /// Returns a percentile (0 to 100) by the nearest-rank method, in microseconds, or `None` if
    /// there are no durations.
    #[must_use]
    pub fn percentile(&self, percent: u64) -> Option<u64> {
        let rank = (self.count * percent).div_ceil(100).max(1);
        let mut seen = 0;
        let bucket = self.buckets.iter().position(|&count| {
            seen += u64::from(count);
            seen >= rank
        });
        bucket.map(|index| middle(index).clamp(self.min_us, self.max_us))
    }

    /// Returns the longest duration, in microseconds and exactly up to about 134 s, or `None` if
    /// there are no durations.
    #[must_use]
    pub fn longest(&self) -> Option<u64> {
        (self.count > 0).then_some(self.max_us)
    }

    /// Returns the bars of a chart with a logarithmic axis, without empty ones and in ascending
    /// order: for each the position, in units of 1/[`BARS_A_DECADE`] of a power of ten from 1 µs
    /// on, and the number of durations.
    #[must_use]
    pub fn bars(&self) -> Vec<(i32, u64)> {
        let mut bars: Vec<(i32, u64)> = Vec::new();
        for (index, &count) in self.buckets.iter().enumerate().filter(|(_, count)| **count > 0) {
            let position = bar_position(middle(index));
            match bars.last_mut() {
                Some((last, total)) if *last == position => *total += u64::from(count),
                _ => bars.push((position, u64::from(count))),
            }
        }
        bars
    }
}

/// Returns the position of the bar that contains a duration, as in [`Histogram::bars`].
#[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "at most 27 bits")]
fn bar_position(us: u64) -> i32 {
    ((us.max(1) as f64).log10() * f64::from(BARS_A_DECADE)).floor() as i32
}

/// Returns the index of the bucket that contains a duration: one bucket for each microsecond at
/// first, then [`BUCKETS_PER_DOUBLING`] for each doubling.
fn bucket_index(us: u64) -> usize {
    let doublings = us.max(1).ilog2().saturating_sub(BUCKET_BITS);
    usize::try_from((u64::from(doublings) << BUCKET_BITS) + (us >> doublings)).unwrap_or(usize::MAX)
}

/// Returns the middle of a bucket, in microseconds.
fn middle(index: usize) -> u64 {
    let index = index as u64;
    let doublings = (index >> BUCKET_BITS).saturating_sub(1);
    let lowest = (index - (doublings << BUCKET_BITS)) << doublings;
    lowest + ((1 << doublings) - 1) / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(durations: impl IntoIterator<Item = u64>) -> Histogram {
        let mut histogram = Histogram::default();
        durations.into_iter().for_each(|us| histogram.record(us));
        histogram
    }

    #[test]
    fn every_duration_is_known_to_within_a_hundredth() {
        for us in (0..200_000).chain([999_999, 5_000_000, MAX_US]) {
            let shown = middle(bucket_index(us));
            assert!(shown.abs_diff(us) * 100 <= us, "{us} is shown as {shown}");
        }
    }

    #[test]
    fn a_percentile_is_the_nearest_rank() {
        let histogram = of(1..=100);
        assert_eq!([50, 95, 99].map(|p| histogram.percentile(p).unwrap()), [50, 95, 99]);
        assert_eq!(of([7]).percentile(99), Some(7));
        assert_eq!(of([]).percentile(50), None);
    }

    #[test]
    fn no_percentile_lies_outside_of_what_was_measured() {
        let histogram = of([1_000_000, 1_000_003]);
        assert_eq!(
            (histogram.percentile(50), histogram.longest()),
            (Some(1_000_003), Some(1_000_003))
        );
    }

    #[test]
    fn what_takes_longer_than_the_longest_is_counted_there() {
        assert_eq!(of([u64::MAX]).longest(), Some(MAX_US));
    }

    #[test]
    fn bars_hold_everything_and_double_with_the_logarithm() {
        let histogram = of([1, 10, 11, 100, 1_000]);
        assert_eq!(histogram.bars(), [(0, 1), (10, 2), (20, 1), (30, 1)]);
        assert_eq!(of(1..=5_000).bars().iter().map(|(_, total)| total).sum::<u64>(), 5_000);
    }
}
