//! How long the exchanges took: a picture, and the numbers in it.

use yew::{Html, html};

use super::chart;
use crate::model::Model;
use crate::model::how::histogram::Histogram;
use crate::model::how::repeat::Repeat;
use crate::words::format;
use crate::words::how::HowWords;

/// The results, once there are some.
pub fn view(model: &Model, clock_step: f64) -> Html {
    let words = &model.lang.words().how;
    let repeat = model.how.repeat.as_ref().filter(|repeat| repeat.browser.longest().is_some());
    let Some(repeat) = repeat else { return Html::default() };
    html! {
        <section class="results" key="results" aria-labelledby="results-heading">
            <div key="heading" class="heading">
                <h2 id="results-heading">{ words.times_heading }</h2>
                <span>{ (words.method)(repeat.plan.connections) }</span>
            </div>
            { chart::view(repeat, words, clock_step) }
            { table(repeat, words, clock_step) }
        </section>
    }
}

fn table(repeat: &Repeat, words: &HowWords, clock_step: f64) -> Html {
    let by_page = |us| format::about_by_page(us, clock_step);
    html! {
        <table key="table">
            <thead>
                <tr>
                    <td key="name"></td>
                    { for ["p50", "p95", "p99", words.slowest].map(heading) }
                </tr>
            </thead>
            <tbody>
                { row(words.tcp, words.tcp_means, &repeat.tcp, format::about) }
                { row(words.browser, words.browser_means, &repeat.browser, by_page) }
            </tbody>
        </table>
    }
}

fn heading(name: &'static str) -> Html {
    html! { <th key={name} scope="col">{ name }</th> }
}

fn row(
    name: &'static str,
    means: &'static str,
    histogram: &Histogram,
    text: impl Fn(u64) -> String,
) -> Html {
    let percentiles = [50, 95, 99].map(|percent| histogram.percentile(percent));
    let cells = percentiles.into_iter().chain([histogram.longest()]);
    html! {
        <tr key={name}>
            <th key="name" scope="row">{ name }<span>{ means }</span></th>
            { for cells.enumerate().map(|(index, us)| {
                html! { <td key={index}>{ us.map_or("–".into(), &text) }</td> }
            }) }
        </tr>
    }
}
