//! The Timeline as a picture to take along: an SVG file with lines and arrows. It is loaded on demand.

use std::fmt::{self, Write as _};

use page_model::inspector::entry::TimelineEntry;
use page_model::inspector::record::ConnectionRecord;
use page_model::inspector::sequence_diagram::{Arrow, Arrows};
use page_model::inspector::timeline_view::quote;
use page_model::{Lang, Model};

use super::diagram::{SHAFT, evidence, head};
use super::text::shown_line;
use crate::components::inspector::direction;
use crate::i18n::format::shortened;
use crate::i18n::timeline::{self as i18n, Party};

/// How many entries are drawn; of more, the rest is counted.
const MAX_ROWS: usize = 5_000;
/// How many characters of a line fit beside the arrows.
const MAX_LINE_CHARS: usize = 58;
const ROW_PX: usize = 28;
/// How much stands above the rows: to whom, and the heads of the lifelines.
const HEAD_PX: usize = 72;
const STYLE: &str = "text{font:14px monospace;fill:#16181d}.small{font:11px sans-serif;text-anchor:middle}\
    .dim{fill:#596070}.time{text-anchor:end}path{fill:none;stroke-width:1.5}.life{stroke:#e1e4ea}\
    .page{stroke:#596070}.sent{stroke:#2446c8}.received{stroke:#8f4700}.broken{stroke:#b4231a}\
    .inferred .shaft{stroke-dasharray:4 3}.broken .shaft{stroke-dasharray:72}g text{stroke:none}";

/// Returns the picture of the rows that are listed, or nothing before the first run. `clock_step` is
/// the step of the page's clock, in milliseconds.
pub fn svg(model: &Model, clock_step: f64) -> String {
    let Some(run) = model.record() else { return String::new() };
    let entries = model.inspector.listing().entries();
    let drawn = entries.len().min(MAX_ROWS);
    let more = entries.len() - drawn;
    let height = HEAD_PX + (drawn + usize::from(more > 0)) * ROW_PX + 16;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 960 {height}\" width=\"960\">\
         <style>{STYLE}</style><rect width=\"960\" height=\"{height}\" fill=\"#fff\"/>"
    );
    heads(&mut svg, &run, height, model.lang);
    for (place, entry) in entries.iter().take(drawn).enumerate() {
        row(&mut svg, HEAD_PX + place * ROW_PX, &run, entry, clock_step, model.lang);
    }
    if more > 0 {
        text(&mut svg, "dim", 100, HEAD_PX + drawn * ROW_PX + 20, &format!("… {more}"));
    }
    svg.push_str("</svg>");
    svg
}

/// Draws the address of the target, and the three lifelines with their heads.
fn heads(svg: &mut String, run: &ConnectionRecord, height: usize, lang: Lang) {
    text(svg, "dim", 24, 28, &run.address());
    let parties = [(Party::Page, 628), (Party::Bridge, 780), (Party::Server, 932)];
    for (party, x) in parties {
        text(svg, "small dim", x, HEAD_PX - 8, i18n::party(lang, party));
        put(svg, format_args!("<path class=\"life\" d=\"M{x} {HEAD_PX}V{}\"/>", height - 16));
    }
}

fn row(
    svg: &mut String,
    y: usize,
    run: &ConnectionRecord,
    entry: &TimelineEntry,
    clock_step: f64,
    lang: Lang,
) {
    let (time, line) = shown_line(run, entry, clock_step, lang);
    text(svg, "dim time", 88, y + 20, &time);
    text(svg, "", 100, y + 20, &shortened(line, MAX_LINE_CHARS));
    let Arrows { page, target } = Arrows::of(entry, run.log);
    if let Some(page) = page {
        let quote = quote(entry, run.log);
        arrow(svg, (620, y), &page, "page", &i18n::quoting_label(quote.as_deref(), &page));
    }
    if let Some(target) = target {
        let way = direction::name(target.way);
        arrow(svg, (772, y), &target, way, &i18n::target_label(lang, &target));
    }
}

fn arrow(svg: &mut String, (x, y): (usize, usize), arrow: &Arrow, colour: &str, label: &str) {
    // The last of these classes decides the colour of an arrow that is broken.
    let (class, head) = (format!("{colour} {}", evidence(arrow)), head(arrow));
    put(
        svg,
        format_args!(
            "<g class=\"{class}\" transform=\"translate({x},{y})\"><path class=\"shaft\" d=\"{SHAFT}\"/>\
         <path d=\"{head}\"/>"
        ),
    );
    text(svg, "small", 84, 12, label);
    svg.push_str("</g>");
}

fn put(svg: &mut String, written: fmt::Arguments) {
    // Writing to a string does not fail.
    let _ = svg.write_fmt(written);
}

/// Draws a text, with what means something in XML escaped, and without control characters, which XML
/// forbids.
fn text(svg: &mut String, class: &str, x: usize, y: usize, said: &str) {
    let visible: String = said.chars().filter(|c| !c.is_control()).collect();
    let safe = visible.replace('&', "&amp;").replace('<', "&lt;");
    put(svg, format_args!("<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{safe}</text>"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_was_said_gets_out_of_its_text() {
        let mut svg = String::new();
        text(&mut svg, "", 1, 2, "</text>&\u{1}");
        assert_eq!(svg, "<text class=\"\" x=\"1\" y=\"2\">&lt;/text>&amp;</text>");
    }
}
