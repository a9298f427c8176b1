//! Two histograms over one axis of time: TCP's above it, the browser's below.

use yew::Html;

use crate::i18n::format;
use crate::i18n::modes::ModesWords;
use crate::tag::{Tag, tag};
use page_model::modes::load::LoadTest;
use page_model::modes::load::histogram::{BARS_A_DECADE, Histogram};

/// How high each of the two is, in units of the picture.
const HEIGHT: u64 = 100;
/// A unit of the picture, in the hundredths that are drawn.
const UNIT: u64 = 100;
/// The least height of a bar that holds anything, in hundredths: the slowest of a hundred thousand
/// is seen, too.
const LEAST: u64 = 150;

/// From which power of ten to which the axis goes, in microseconds.
#[derive(Clone, Copy)]
struct Axis {
    from: i32,
    to: i32,
}

/// The picture; what it says stands in the table, too.
pub fn view(repeat: &LoadTest, words: &ModesWords, clock_step: f64) -> Html {
    let bars = [repeat.tcp.bars(), repeat.browser.bars()];
    let axis = Axis::around(&bars);
    tag("figure")
        .key("chart")
        .class("chart")
        .child(tag("p").key("above").class("half").child("▲ ").child(words.tcp))
        .child(
            tag("div")
                .key("plot")
                .class("plot")
                .set("role", "img")
                .set("aria-label", label(repeat, words, clock_step))
                .child(plot(repeat, &bars, axis)),
        )
        .child(
            tag("p")
                .key("scale")
                .class("scale")
                .set("aria-hidden", "true")
                .children(axis.decades().map(tick)),
        )
        .child(tag("p").key("below").class("half").child("▼ ").child(words.browser))
        .child(tag("figcaption").key("axes").child(words.axes))
        .html()
}

/// Both histograms, what the axis crosses, and where the middles are.
fn plot(repeat: &LoadTest, bars: &[Vec<(i32, u64)>; 2], axis: Axis) -> Tag {
    let highest = bars.iter().flatten().map(|(_, held)| *held).max().unwrap_or(1);
    let [above, below] = bars;
    let width = axis.bars();
    let lines = axis.decades().map(|decade| line(axis, decade));
    let tcp = above.iter().map(|it| bar(axis, *it, highest, true));
    let browser = below.iter().map(|it| bar(axis, *it, highest, false));
    let zero = tag("line")
        .key("axis")
        .class("axis")
        .set("x1", "0")
        .set("x2", width.to_string())
        .set("y1", HEIGHT.to_string())
        .set("y2", HEIGHT.to_string());
    tag("svg")
        .set("viewBox", format!("0 0 {width} {}", 2 * HEIGHT))
        .set("preserveAspectRatio", "none")
        .set("aria-hidden", "true")
        .child(tag("g").key("lines").class("lines").children(lines))
        .child(tag("g").key("tcp").class("tcp").children(tcp))
        .child(tag("g").key("browser").class("browser").children(browser))
        .child(zero)
        .child(middle(axis, &repeat.tcp, true))
        .child(middle(axis, &repeat.browser, false))
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
    tag("line")
        .key(decade)
        .set("x1", x.clone())
        .set("x2", x)
        .set("y1", "0")
        .set("y2", (2 * HEIGHT).to_string())
        .html()
}

fn bar(axis: Axis, (number, held): (i32, u64), highest: u64, is_above: bool) -> Html {
    let height = (held * HEIGHT * UNIT / highest).max(LEAST);
    let x = number - axis.from * BARS_A_DECADE;
    let y = HEIGHT * UNIT - if is_above { height } else { 0 };
    tag("rect")
        .key(number)
        .set("x", x.to_string())
        .set("y", format::hundredths(y))
        .set("width", "0.94")
        .set("height", format::hundredths(height))
        .html()
}

/// A line at the median.
#[allow(clippy::cast_precision_loss, reason = "of a picture")]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
fn middle(axis: Axis, histogram: &Histogram, is_above: bool) -> Html {
    let Some(us) = histogram.percentile(50) else { return Html::default() };
    let place = (us.max(1) as f64).log10() - f64::from(axis.from);
    let x = format::hundredths((place * f64::from(BARS_A_DECADE) * UNIT as f64) as u64);
    let (y1, y2) = if is_above { (0, HEIGHT) } else { (HEIGHT, 2 * HEIGHT) };
    tag("line")
        .key(if is_above { "p50-above" } else { "p50-below" })
        .class("p50")
        .set("x1", x.clone())
        .set("x2", x)
        .set("y1", y1.to_string())
        .set("y2", y2.to_string())
        .html()
}

/// Ticks stand at equal distances, as powers of ten do.
fn tick(decade: i32) -> Html {
    let us = 10_u64.pow(decade.unsigned_abs());
    let text = match us {
        0..1_000 => format!("{us} µs"),
        1_000..1_000_000 => format!("{} ms", us / 1_000),
        _ => format!("{} s", us / 1_000_000),
    };
    tag("span").key(decade).child(text).html()
}

/// The picture in a sentence for each half.
fn label(repeat: &LoadTest, words: &ModesWords, clock_step: f64) -> String {
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
