//! Durations, counted in buckets: as small for a hundred thousand of them as for one.

/// Into how many parts each doubling is cut: no bucket is wider than this part of its values.
const PARTS: u64 = 64;
const PART_BITS: u32 = PARTS.ilog2();
/// The longest duration told apart from longer ones, in microseconds: a little over two minutes.
const LONGEST: u64 = (1 << 27) - 1;
/// Into how many bars a picture cuts each power of ten.
pub const BARS_A_DECADE: i32 = 10;

/// Durations in microseconds, each known to within 1 %.
#[derive(Debug)]
pub struct Histogram {
    buckets: Vec<u32>,
    count: u64,
    shortest: u64,
    longest: u64,
}

impl Default for Histogram {
    fn default() -> Self {
        let buckets = vec![0; bucket(LONGEST) + 1];
        Self { buckets, count: 0, shortest: u64::MAX, longest: 0 }
    }
}

impl Histogram {
    /// Counts a duration.
    pub fn record(&mut self, us: u64) {
        let us = us.min(LONGEST);
        self.buckets[bucket(us)] += 1;
        self.count += 1;
        self.shortest = self.shortest.min(us);
        self.longest = self.longest.max(us);
    }

    /// The duration that so many of a hundred do not exceed (nearest rank), once there is one.
    #[must_use]
    pub fn percentile(&self, percent: u64) -> Option<u64> {
        let rank = (self.count * percent).div_ceil(100).max(1);
        let mut seen = 0;
        let reached = self.buckets.iter().position(|&count| {
            seen += u64::from(count);
            seen >= rank
        });
        reached.map(|index| middle(index).clamp(self.shortest, self.longest))
    }

    /// The longest of all, exactly.
    #[must_use]
    pub fn longest(&self) -> Option<u64> {
        (self.count > 0).then_some(self.longest)
    }

    /// The bars of a picture with a logarithmic axis, from the shortest: the number of each, by
    /// [`BARS_A_DECADE`], and how many durations it holds.
    #[must_use]
    pub fn bars(&self) -> Vec<(i32, u64)> {
        let mut bars: Vec<(i32, u64)> = Vec::new();
        for (index, &count) in self.buckets.iter().enumerate().filter(|(_, count)| **count > 0) {
            let number = bar(middle(index));
            match bars.last_mut() {
                Some((last, held)) if *last == number => *held += u64::from(count),
                _ => bars.push((number, u64::from(count))),
            }
        }
        bars
    }
}

/// The bar that holds a duration.
#[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "of 27 bits")]
fn bar(us: u64) -> i32 {
    ((us.max(1) as f64).log10() * f64::from(BARS_A_DECADE)).floor() as i32
}

/// The bucket of a duration: one for each microsecond at first, then [`PARTS`] for each doubling.
fn bucket(us: u64) -> usize {
    let doublings = us.max(1).ilog2().saturating_sub(PART_BITS);
    usize::try_from((u64::from(doublings) << PART_BITS) + (us >> doublings)).unwrap_or(usize::MAX)
}

/// The middle of a bucket.
fn middle(bucket: usize) -> u64 {
    let bucket = bucket as u64;
    let doublings = (bucket >> PART_BITS).saturating_sub(1);
    let lowest = (bucket - (doublings << PART_BITS)) << doublings;
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
        for us in (0..200_000).chain([999_999, 5_000_000, LONGEST]) {
            let shown = middle(bucket(us));
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
        assert_eq!(of([u64::MAX]).longest(), Some(LONGEST));
    }

    #[test]
    fn bars_hold_everything_and_double_with_the_logarithm() {
        let histogram = of([1, 10, 11, 100, 1_000]);
        assert_eq!(histogram.bars(), [(0, 1), (10, 2), (20, 1), (30, 1)]);
        assert_eq!(of(1..=5_000).bars().iter().map(|(_, held)| held).sum::<u64>(), 5_000);
    }
}
