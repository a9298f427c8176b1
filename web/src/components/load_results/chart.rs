//! Two histograms over one axis of time: TCP's above it, the browser's below.

use page_model::Lang;
use page_model::modes::load::results::{Axis, Bar, Chart, HEIGHT, HalfChart};
use yew::prelude::*;

use crate::i18n::{format, load_test as i18n};

/// The width of a bar, of which there is one in each unit of the picture.
const BAR_WIDTH: &str = "0.94";

/// One of the two histograms.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    Above,
    Below,
}

/// Draws the picture; `label` says what is in it.
pub fn draw(lang: Lang, chart: &Chart, label: String) -> Html {
    html! {
        <figure class="chart">
            <p class="half">{ "▲ " }{ i18n::TCP }</p>
            <div class="plot" role="img" aria-label={label}>{ plot(chart) }</div>
            <p class="scale" aria-hidden="true">{ for chart.axis.decades().map(tick) }</p>
            <p class="half">{ "▼ " }{ i18n::browser(lang) }</p>
            <figcaption>{ i18n::axes(lang) }</figcaption>
        </figure>
    }
}

fn plot(Chart { axis, tcp, browser }: &Chart) -> Html {
    let (width, height) = (axis.bars().to_string(), HEIGHT.to_string());
    html! {
        <svg
            viewBox={format!("0 0 {width} {}", 2 * HEIGHT)}
            preserveAspectRatio="none"
            aria-hidden="true"
        >
            <g class="lines">{ for axis.decades().map(|decade| line(*axis, decade)) }</g>
            <g class="tcp">{ for tcp.bars.iter().map(|it| bar(*it, Half::Above)) }</g>
            <g class="browser">{ for browser.bars.iter().map(|it| bar(*it, Half::Below)) }</g>
            <line class="axis" x1="0" x2={width} y1={height.clone()} y2={height} />
            { median(tcp, Half::Above) }
            { median(browser, Half::Below) }
        </svg>
    }
}

/// Draws a line at a power of ten.
fn line(axis: Axis, decade: i32) -> Html {
    let x = axis.place(decade).to_string();
    html! { <line key={decade} x1={x.clone()} x2={x} y1="0" y2={(2 * HEIGHT).to_string()} /> }
}

fn bar(Bar { place, height }: Bar, half: Half) -> Html {
    let top = HEIGHT * 100 - if half == Half::Above { height } else { 0 };
    html! {
        <rect
            key={place}
            x={place.to_string()}
            y={format::hundredths(top)}
            width={BAR_WIDTH}
            height={format::hundredths(height)}
        />
    }
}

/// Draws a line at the median.
fn median(chart: &HalfChart, half: Half) -> Option<Html> {
    let x = format::hundredths(chart.median?);
    let (y1, y2) = match half {
        Half::Above => (0, HEIGHT),
        Half::Below => (HEIGHT, 2 * HEIGHT),
    };
    Some(html! {
        <line class="p50" x1={x.clone()} x2={x} y1={y1.to_string()} y2={y2.to_string()} />
    })
}

/// Draws a tick at a power of ten. The axis is logarithmic.
fn tick(decade: i32) -> Html {
    let us = 10_u64.pow(decade.unsigned_abs());
    let text = match us {
        0..1_000 => format!("{us} µs"),
        1_000..1_000_000 => format!("{} ms", us / 1_000),
        _ => format!("{} s", us / 1_000_000),
    };
    html! { <span key={decade}>{ text }</span> }
}
