//! Two histograms over one axis of time: TCP's above it, the browser's below.

use yew::{Html, html};

use crate::model::how::histogram::{BARS_A_DECADE, Histogram};
use crate::model::how::repeat::Repeat;
use crate::words::format;
use crate::words::how::HowWords;

/// How high each of the two is, in units of the picture.
const HEIGHT: f64 = 100.0;
/// The least height of a bar that holds anything: the slowest of a hundred thousand is seen, too.
const LEAST: f64 = 1.5;

/// From which power of ten to which the axis goes, in microseconds.
#[derive(Clone, Copy)]
struct Axis {
    from: i32,
    to: i32,
}

/// The picture; what it says stands in the table, too.
pub fn view(repeat: &Repeat, words: &HowWords, clock_step: f64) -> Html {
    let bars = [repeat.tcp.bars(), repeat.browser.bars()];
    let axis = Axis::around(&bars);
    let highest = bars.iter().flatten().map(|(_, held)| *held).max().unwrap_or(1);
    let [above, below] = &bars;
    let width = f64::from(axis.bars());
    html! {
        <figure key="chart" class="chart">
            <p key="above" class="half">{ "▲ " }{ words.tcp }</p>
            <div key="plot" class="plot" role="img" aria-label={label(repeat, words, clock_step)}>
                <svg viewBox={format!("0 0 {width} {}", 2.0 * HEIGHT)} preserveAspectRatio="none"
                    aria-hidden="true">
                    <g key="lines" class="lines">{ for axis.decades().map(|decade| line(axis, decade)) }</g>
                    <g key="tcp" class="tcp">{ for above.iter().map(|it| bar(axis, *it, highest, true)) }</g>
                    <g key="browser" class="browser">
                        { for below.iter().map(|it| bar(axis, *it, highest, false)) }
                    </g>
                    <line key="axis" class="axis" x1="0" x2={width.to_string()} y1={HEIGHT.to_string()}
                        y2={HEIGHT.to_string()} />
                    { middle(axis, &repeat.tcp, true) }
                    { middle(axis, &repeat.browser, false) }
                </svg>
            </div>
            <p key="scale" class="scale" aria-hidden="true">
                { for axis.decades().map(tick) }
            </p>
            <p key="below" class="half">{ "▼ " }{ words.browser }</p>
            <figcaption key="axes">{ words.axes }</figcaption>
        </figure>
    }
}

impl Axis {
    /// Whole powers of ten, so that it stands still while the bars grow.
    fn around(bars: &[Vec<(i32, u64)>; 2]) -> Self {
        let numbers = || bars.iter().flatten().map(|(number, _)| *number);
        let from = numbers().min().unwrap_or(0).div_euclid(BARS_A_DECADE);
        let to = numbers().max().unwrap_or(0).div_euclid(BARS_A_DECADE) + 1;
        Self { from, to: to.max(from + 2) }
    }

    fn bars(self) -> i32 {
        (self.to - self.from) * BARS_A_DECADE
    }

    fn decades(self) -> impl Iterator<Item = i32> {
        self.from..=self.to
    }

    /// Where a power of ten is, in bars.
    fn place(self, decade: i32) -> i32 {
        (decade - self.from) * BARS_A_DECADE
    }
}

fn line(axis: Axis, decade: i32) -> Html {
    let x = axis.place(decade).to_string();
    html! { <line key={decade} x1={x.clone()} x2={x} y1="0" y2={(2.0 * HEIGHT).to_string()} /> }
}

#[allow(clippy::cast_precision_loss, reason = "of a picture")]
fn bar(axis: Axis, (number, held): (i32, u64), highest: u64, is_above: bool) -> Html {
    let height = (held as f64 / highest as f64 * HEIGHT).max(LEAST);
    let x = number - axis.from * BARS_A_DECADE;
    let y = if is_above { HEIGHT - height } else { HEIGHT };
    html! {
        <rect key={number} x={x.to_string()} y={y.to_string()} width="0.94" height={height.to_string()} />
    }
}

/// A line at the median.
#[allow(clippy::cast_precision_loss, reason = "of a picture")]
fn middle(axis: Axis, histogram: &Histogram, is_above: bool) -> Html {
    let Some(us) = histogram.percentile(50) else { return Html::default() };
    let place = (us.max(1) as f64).log10() - f64::from(axis.from);
    let x = (place * f64::from(BARS_A_DECADE)).to_string();
    let (y1, y2) = if is_above { (0.0, HEIGHT) } else { (HEIGHT, 2.0 * HEIGHT) };
    html! {
        <line key={if is_above { "p50-above" } else { "p50-below" }} class="p50"
            x1={x.clone()} x2={x} y1={y1.to_string()} y2={y2.to_string()} />
    }
}

/// Ticks stand at equal distances, as powers of ten do.
fn tick(decade: i32) -> Html {
    let us = 10_u64.pow(decade.unsigned_abs());
    let text = match us {
        0..1_000 => format!("{us} µs"),
        1_000..1_000_000 => format!("{} ms", us / 1_000),
        _ => format!("{} s", us / 1_000_000),
    };
    html! { <span key={decade}>{ text }</span> }
}

/// The picture in a sentence for each half.
fn label(repeat: &Repeat, words: &HowWords, clock_step: f64) -> String {
    let half = |name: &str, histogram: &Histogram, text: &dyn Fn(u64) -> String| {
        let (middle, longest) = (histogram.percentile(50)?, histogram.longest()?);
        Some((words.chart)(name, &text(middle), &text(longest)))
    };
    let by_page = |us| format::about_by_page(us, clock_step);
    let halves = [
        half(words.tcp, &repeat.tcp, &format::about),
        half(words.browser, &repeat.browser, &by_page),
    ];
    halves.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
