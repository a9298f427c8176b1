//! The results of a load test: percentiles, and a picture of two histograms over one axis of time.

use super::LoadTest;
use super::histogram::{BARS_A_DECADE, Histogram};

/// The height of each histogram in the picture, in units.
pub const HEIGHT: u64 = 100;
/// The least height of a bar, in units of a hundredth: one of a hundred thousand is seen, too.
const MIN_BAR_HEIGHT: u64 = 150;
/// The least number of powers of ten on the axis.
const MIN_DECADES: i32 = 2;

/// How long the exchanges took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// On how many connections they were made.
    pub connections: u32,
    /// Over TCP, by the bridge's clock.
    pub tcp: Percentiles,
    /// As the page sees it, by its own clock.
    pub browser: Percentiles,
    /// The picture.
    pub chart: Chart,
}

/// How long so many of a hundred exchanges took at most, in microseconds, if any is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Percentiles {
    /// Half of them.
    pub p50: Option<u64>,
    /// 95 of a hundred.
    pub p95: Option<u64>,
    /// 99 of a hundred.
    pub p99: Option<u64>,
    /// All of them.
    pub slowest: Option<u64>,
}

/// Two histograms over one axis of time, one above it and one below.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// The axis.
    pub axis: Axis,
    /// The histogram above the axis.
    pub tcp: HalfChart,
    /// The histogram below the axis.
    pub browser: HalfChart,
}

/// A logarithmic axis of time, between two powers of ten of a microsecond.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Axis {
    /// The exponent where it begins.
    pub from: i32,
    /// The exponent where it ends.
    pub to: i32,
}

/// A histogram as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HalfChart {
    /// The bars that hold anything, from the left.
    pub bars: Vec<Bar>,
    /// Where the median is on the axis, in hundredths of a bar, if there is one.
    pub median: Option<u64>,
}

/// A bar of a histogram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// Where it stands on the axis, in bars.
    pub place: i32,
    /// How high it is, in hundredths of a unit.
    pub height: u64,
}

impl View {
    /// Returns the results of a load test, once there are some.
    #[must_use]
    pub fn of(test: &LoadTest) -> Option<Self> {
        test.browser.longest()?;
        Some(Self {
            connections: test.plan.connections,
            tcp: Percentiles::of(&test.tcp),
            browser: Percentiles::of(&test.browser),
            chart: Chart::of(&test.tcp, &test.browser),
        })
    }
}

impl Percentiles {
    fn of(histogram: &Histogram) -> Self {
        let [p50, p95, p99] = [50, 95, 99].map(|percent| histogram.percentile(percent));
        Self { p50, p95, p99, slowest: histogram.longest() }
    }
}

impl Chart {
    fn of(tcp: &Histogram, browser: &Histogram) -> Self {
        let bars = [tcp.bars(), browser.bars()];
        let axis = Axis::around(&bars);
        let highest = bars.iter().flatten().map(|(_, held)| *held).max().unwrap_or(1);
        let [above, below] = bars;
        let half = |histogram: &Histogram, bars: Vec<(i32, u64)>| HalfChart {
            bars: bars.into_iter().map(|bar| Bar::of(bar, axis, highest)).collect(),
            median: histogram.percentile(50).map(|us| axis.place_of_time(us)),
        };
        Self { axis, tcp: half(tcp, above), browser: half(browser, below) }
    }
}

impl Axis {
    /// Returns the axis between whole powers of ten, so that it stands still while the bars grow.
    fn around(bars: &[Vec<(i32, u64)>; 2]) -> Self {
        let numbers = || bars.iter().flatten().map(|(number, _)| *number);
        let from = numbers().min().unwrap_or(0).div_euclid(BARS_A_DECADE);
        let to = numbers().max().unwrap_or(0).div_euclid(BARS_A_DECADE) + 1;
        Self { from, to: to.max(from + MIN_DECADES) }
    }

    /// Returns how many bars it has room for.
    #[must_use]
    pub fn bars(self) -> i32 {
        (self.to - self.from) * BARS_A_DECADE
    }

    /// Returns the exponents of the powers of ten on it.
    pub fn decades(self) -> impl Iterator<Item = i32> {
        self.from..=self.to
    }

    /// Returns where a power of ten is, in bars.
    #[must_use]
    pub fn place(self, decade: i32) -> i32 {
        (decade - self.from) * BARS_A_DECADE
    }

    /// Returns where a number of microseconds is, in hundredths of a bar.
    #[allow(clippy::cast_precision_loss, reason = "it is a place in a picture")]
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
    fn place_of_time(self, us: u64) -> u64 {
        let decades = (us.max(1) as f64).log10() - f64::from(self.from);
        (decades * f64::from(BARS_A_DECADE) * 100.0) as u64
    }
}

impl Bar {
    fn of((number, held): (i32, u64), axis: Axis, highest: u64) -> Self {
        let height = (held * HEIGHT * 100 / highest).max(MIN_BAR_HEIGHT);
        Self { place: number - axis.from * BARS_A_DECADE, height }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn histogram(durations: impl IntoIterator<Item = u64>) -> Histogram {
        let mut histogram = Histogram::default();
        durations.into_iter().for_each(|us| histogram.record(us));
        histogram
    }

    #[test]
    fn both_histograms_stand_over_one_axis_of_whole_powers_of_ten() {
        let chart = Chart::of(&histogram([100; 4]), &histogram([2_000, 2_000]));
        assert_eq!(chart.axis, Axis { from: 2, to: 4 });
        assert_eq!(chart.tcp.bars, [Bar { place: 0, height: 10_000 }]);
        assert_eq!(chart.browser.bars, [Bar { place: 13, height: 5_000 }]);
        assert_eq!((chart.tcp.median, chart.browser.median), (Some(0), Some(1_301)));
    }

    #[test]
    fn the_axis_has_two_powers_of_ten_at_least() {
        let chart = Chart::of(&histogram([]), &histogram([50]));
        assert_eq!(
            (chart.axis.decades().collect::<Vec<_>>(), chart.axis.bars()),
            (vec![1, 2, 3], 20)
        );
        assert_eq!((chart.tcp.bars.len(), chart.tcp.median), (0, None));
    }

    #[test]
    fn the_slowest_of_a_hundred_thousand_is_seen() {
        let tcp = histogram((0..100_000).map(|index| if index == 0 { 9_000 } else { 100 }));
        let chart = Chart::of(&tcp, &histogram([]));
        assert_eq!(chart.tcp.bars[1], Bar { place: 19, height: MIN_BAR_HEIGHT });
    }
}
