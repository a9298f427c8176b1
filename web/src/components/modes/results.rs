//! How long the exchanges took: a picture, and the numbers in it.

use yew::Html;

use super::chart;
use crate::i18n::format;
use crate::i18n::modes::ModesWords;
use crate::tag::tag;
use page_model::Model;
use page_model::modes::load::LoadTest;
use page_model::modes::load::histogram::Histogram;

/// The results, once there are some.
pub fn view(model: &Model, clock_step: f64) -> Html {
    let words = &crate::i18n::of(model.lang).modes;
    let repeat = model.modes.load.as_ref().filter(|repeat| repeat.browser.longest().is_some());
    let Some(repeat) = repeat else { return Html::default() };
    tag("section")
        .class("results")
        .key("results")
        .set("aria-labelledby", "results-heading")
        .child(
            tag("div")
                .key("heading")
                .class("heading")
                .child(tag("h2").set("id", "results-heading").child(words.times_heading))
                .child(tag("span").child((words.method)(repeat.plan.connections))),
        )
        .child(chart::view(repeat, words, clock_step))
        .child(table(repeat, words, clock_step))
        .html()
}

fn table(repeat: &LoadTest, words: &ModesWords, clock_step: f64) -> Html {
    let by_page = |us| format::about_by_page(us, clock_step);
    tag("table")
        .key("table")
        .child(
            tag("thead").child(
                tag("tr")
                    .child(tag("td").key("name"))
                    .children(["p50", "p95", "p99", words.slowest].map(heading)),
            ),
        )
        .child(
            tag("tbody")
                .child(row(words.tcp, words.tcp_means, &repeat.tcp, format::about))
                .child(row(words.browser, words.browser_means, &repeat.browser, by_page)),
        )
        .html()
}

fn heading(name: &'static str) -> Html {
    tag("th").key(name).set("scope", "col").child(name).html()
}

fn row(
    name: &'static str,
    means: &'static str,
    histogram: &Histogram,
    text: impl Fn(u64) -> String,
) -> Html {
    let percentiles = [50, 95, 99].map(|percent| histogram.percentile(percent));
    let cells = percentiles.into_iter().chain([histogram.longest()]);
    tag("tr")
        .key(name)
        .child(
            tag("th").key("name").set("scope", "row").child(name).child(tag("span").child(means)),
        )
        .children(
            cells
                .enumerate()
                .map(|(index, us)| tag("td").key(index).child(us.map_or("–".into(), &text)).html()),
        )
        .html()
}
