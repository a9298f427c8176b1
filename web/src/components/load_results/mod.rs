//! A load test: its settings, and its results, how long the exchanges took, as a picture and as
//! numbers.
//!
//! This is a part of the page that is loaded on demand (`lazy.rs`). [`PART`] is its entry.

mod chart;

use page_model::Model;
use page_model::modes::load::results::{Percentiles, View};
use yew::prelude::*;

use super::context::{Dispatch, use_clock_step, use_lang};
use super::modes::settings;
use crate::i18n::{format, load_test as i18n};

/// The id of the heading, which names the section.
const HEADING_ID: &str = "results-heading";

/// What of a load test is loaded on demand.
pub struct Part {
    /// Draws its settings.
    pub settings: fn(&Model, &Dispatch) -> Html,
    /// Draws its results, once there are some.
    pub results: fn(&Model) -> Html,
}

/// The part.
pub static PART: Part = Part { settings: settings::draw, results: draw };

fn draw(model: &Model) -> Html {
    let view = model.load_results_view();
    view.map(|view| html! { <LoadResults key="results" {view} /> }).unwrap_or_default()
}

/// Properties of [`LoadResults`].
#[derive(PartialEq, Properties)]
struct LoadResultsProps {
    /// The results.
    view: View,
}

/// Draws the results of a load test.
#[component]
fn LoadResults(LoadResultsProps { view }: &LoadResultsProps) -> Html {
    let (lang, step) = (use_lang(), use_clock_step().0);
    let by_page = |us| format::about_by_page(us, step);
    let (tcp, browser) = (i18n::TCP, i18n::browser(lang));
    let halves = [half(tcp, view.tcp, &format::about), half(browser, view.browser, &by_page)];
    let halves = halves.into_iter().flatten();
    let label = halves
        .map(|(name, median, slowest)| i18n::half_of_chart(lang, name, &median, &slowest))
        .collect::<Vec<_>>()
        .join(" ");
    html! {
        <section class="results" aria-labelledby={HEADING_ID}>
            <div class="heading">
                <h2 id={HEADING_ID}>{ i18n::heading(lang) }</h2>
                <span>{ i18n::method(lang, view.connections) }</span>
            </div>
            { chart::draw(lang, &view.chart, label) }
            <table>
                <thead>
                    <tr>
                        <td></td>
                        { for ["p50", "p95", "p99", i18n::slowest(lang)].map(heading) }
                    </tr>
                </thead>
                <tbody>
                    { row(tcp, i18n::tcp_means(lang), view.tcp, &format::about) }
                    { row(browser, i18n::browser_means(lang), view.browser, &by_page) }
                </tbody>
            </table>
        </section>
    }
}

/// Returns a name with the median and the slowest time as text, if there are any.
fn half(
    name: &'static str,
    percentiles: Percentiles,
    text: &dyn Fn(u64) -> String,
) -> Option<(&'static str, String, String)> {
    Some((name, text(percentiles.p50?), text(percentiles.slowest?)))
}

fn heading(name: &'static str) -> Html {
    html! { <th key={name} scope="col">{ name }</th> }
}

fn row(
    name: &'static str,
    meaning: &'static str,
    Percentiles { p50, p95, p99, slowest }: Percentiles,
    text: &dyn Fn(u64) -> String,
) -> Html {
    let cell = |(index, us): (usize, Option<u64>)| {
        html! { <td key={index}>{ us.map_or_else(|| "–".into(), text) }</td> }
    };
    html! {
        <tr key={name}>
            <th scope="row">{ name }<span>{ meaning }</span></th>
            { for [p50, p95, p99, slowest].into_iter().enumerate().map(cell) }
        </tr>
    }
}
