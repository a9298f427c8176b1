//! The sequence diagram as a picture to take along: an SVG file that looks like the page. It is
//! loaded on demand.

use std::fmt::{self, Write as _};

use page_model::inspector::bridge_clock::{BridgeClock, RowTime, TimeUnit};
use page_model::inspector::entry::TimelineEntry;
use page_model::inspector::record::ConnectionRecord;
use page_model::inspector::sequence_diagram::{Arrows, PathEnd, PathPoint};
use page_model::inspector::timeline_view::quote;
use page_model::role::Role;
use page_model::transcript::Direction;
use page_model::{Lang, Model};

use super::diagram::{class, failed_party};
use super::text::shown_lines;
use crate::i18n::format::{grouped, shortened};
use crate::i18n::sequence_diagram::{self as diagram, Party};
use crate::i18n::timeline as i18n;

/// How many entries are drawn; of more, the rest is counted.
const MAX_ROWS: usize = 5_000;
/// How many characters of a line fit beside the arrows.
const MAX_LINE_CHARS: usize = 56;
/// How many characters of a label fit over an arrow.
const MAX_LABEL_CHARS: usize = 26;
const WIDTH_PX: usize = 1_168;
const ROW_PX: usize = 48;
/// How much stands above the rows: to whom, and the heads of the lifelines.
const HEAD_PX: usize = 88;
/// Where the times end, and where the lines begin.
const TIME_X: usize = 112;
const LINE_X: usize = 680;
/// Where the lifelines are.
const LIFELINES_X: [usize; 3] = [176, 396, 616];
/// How far below the top of its row an arrow is.
const ARROW_Y: usize = 36;
const STYLE: &str = "text{font:14px monospace;fill:#16181d}.label,.head,.dim,.reason{font-family:sans-serif}\
    .label,.head{text-anchor:middle}.head,.tcp,.end{font-weight:600}.failed{fill:#b4231a}.dim{fill:#596070;font-size:13px}\
    .time{text-anchor:end}path{fill:none;stroke:var(--c);stroke-width:2}.tip{fill:var(--c)}\
    .life{--c:#e1e4ea}.page{--c:#596070}.tcp.sent{--c:#2446c8}.tcp.received{--c:#8f4700}\
    .end,.stops{--c:#b4231a}.inferred .shaft{stroke-dasharray:6 4}g text{fill:var(--c)}";

/// Returns the picture of the rows that are listed, or nothing before the first run.
pub fn svg(model: &Model) -> String {
    let Some(run) = model.record() else { return String::new() };
    let entries = model.inspector.listing().entries();
    let drawn = entries.len().min(MAX_ROWS);
    let more = entries.len() - drawn;
    let height = HEAD_PX + (drawn + usize::from(more > 0)) * ROW_PX + 16;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH_PX} {height}\" \
         width=\"{WIDTH_PX}\"><style>{STYLE}</style>\
         <rect width=\"{WIDTH_PX}\" height=\"{height}\" fill=\"#fff\"/>"
    );
    heads(&mut svg, &run, height, model.lang);
    let mut clock = BridgeClock::from_entry(entries, 0, run.log);
    for (place, entry) in entries.iter().take(drawn).enumerate() {
        let y = HEAD_PX + place * ROW_PX;
        let time = clock.time_of(entry);
        row(&mut svg, y, &run, (entry, time), model.lang);
    }
    if more > 0 {
        text(
            &mut svg,
            "dim",
            LINE_X,
            HEAD_PX + drawn * ROW_PX + ARROW_Y,
            &format!("… {}", grouped(more)),
        );
    }
    svg.push_str("</svg>");
    svg
}

/// Draws the address of the target, and the three lifelines with their heads.
fn heads(svg: &mut String, run: &ConnectionRecord, height: usize, lang: Lang) {
    text(svg, "dim", 24, 28, &run.address());
    text(svg, "dim time", TIME_X, HEAD_PX - 16, diagram::bridge_clock(lang));
    text(svg, "dim", LINE_X, HEAD_PX - 16, diagram::printed(lang));
    let failed = run.log.failure().and_then(PathEnd::of).map(failed_party);
    for (party, x) in Party::all(run.role).into_iter().zip(LIFELINES_X) {
        let class = if failed == Some(party) { "head failed" } else { "head" };
        text(svg, class, x, HEAD_PX - 16, diagram::party(lang, run.role, party));
        put(svg, format_args!("<path class=\"life\" d=\"M{x} {HEAD_PX}V{}\"/>", height - 16));
    }
}

fn row(
    svg: &mut String,
    y: usize,
    run: &ConnectionRecord,
    (entry, time): (&TimelineEntry, Option<RowTime>),
    lang: Lang,
) {
    if let Some(time) = time {
        text(svg, "dim time", TIME_X, y + ARROW_Y, &i18n::time(TimeUnit::of(run.log), time));
    }
    let lines = shown_lines(run, entry, lang);
    // Two lines share the height of a row.
    let first_y = y + if lines.len() > 1 { ARROW_Y - 14 } else { ARROW_Y };
    for (place, line) in lines.into_iter().take(2).enumerate() {
        text(svg, "", LINE_X, first_y + 18 * place, &shortened(line, MAX_LINE_CHARS));
    }
    let quote = quote(entry, run.log);
    arrows(svg, (run.role, y), &Arrows::of(entry, run.log), quote.as_deref(), lang);
}

fn arrows(
    svg: &mut String,
    (role, y): (Role, usize),
    arrows: &Arrows,
    quote: Option<&str>,
    lang: Lang,
) {
    let [left_x, bridge_x, right_x] = LIFELINES_X;
    let (page_x, peer_x) = match role {
        Role::Client => (left_x, right_x),
        Role::Server => (right_x, left_x),
    };
    let end_of = |at| diagram::end_of(arrows, at).map(|end| diagram::end_reason(lang, end.cause));
    let stops = end_of(PathPoint::Server).is_some();
    if let Some(arrow) = &arrows.page {
        let label = diagram::page_label(lang, arrows, arrow.what, quote);
        let class = format!("page {}", class(arrow));
        draw_arrow(svg, (page_x, bridge_x, y), (&class, arrow.way), false, label);
    }
    if let Some(arrow) = &arrows.target {
        let label = diagram::target_label(lang, arrows, arrow);
        let class = format!("tcp {}{}", class(arrow), if stops { " stops" } else { "" });
        draw_arrow(svg, (bridge_x, peer_x, y), (&class, arrow.way), stops, label);
    }
    for (at, x) in [(PathPoint::Page, page_x), (PathPoint::Bridge, bridge_x)] {
        if let Some(reason) = end_of(at) {
            put(svg, format_args!("<g class=\"end\">{}", cross(x, y + ARROW_Y)));
            text(svg, "reason", x + 12, y + ARROW_Y + 5, reason);
            svg.push_str("</g>");
        }
    }
}

/// Draws an arrow between two lifelines in the row at `y`, the one that is nearer to the page and the
/// other, with its label over it and a head, or with a cross where it led to nothing.
fn draw_arrow(
    svg: &mut String,
    (near, far, y): (usize, usize, usize),
    (class, way): (&str, Direction),
    stops: bool,
    label: String,
) {
    let middle = usize::midpoint(near, far);
    let y = y + ARROW_Y;
    let (left, right) = (near.min(far), near.max(far));
    let tip = match way {
        _ if stops => cross(far, y),
        Direction::Sent => tip(near, far, y),
        Direction::Received => tip(far, near, y),
    };
    put(
        svg,
        format_args!("<g class=\"{class}\"><path class=\"shaft\" d=\"M{left} {y}H{right}\"/>{tip}"),
    );
    text(svg, "label", middle, y - 10, &shortened(label, MAX_LABEL_CHARS));
    svg.push_str("</g>");
}

/// Returns the head of an arrow that leads from one lifeline to another.
fn tip(from: usize, to: usize, y: usize) -> String {
    let back = if from < to { "-9" } else { "9" };
    format!("<path class=\"tip\" d=\"M{to} {y}l{back} -5v10z\"/>")
}

fn cross(x: usize, y: usize) -> String {
    format!("<path d=\"M{} {}l10 10m0 -10l-10 10\"/>", x - 5, y - 5)
}

fn put(svg: &mut String, written: fmt::Arguments) {
    // Writing to a string does not fail.
    let _ = svg.write_fmt(written);
}

/// Draws a text, with what means something in XML escaped, and without the characters that XML forbids
/// (XML 1.0, section 2.2).
fn text(svg: &mut String, class: &str, x: usize, y: usize, said: &str) {
    let visible: String =
        said.chars().filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect();
    let safe = visible.replace('&', "&amp;").replace('<', "&lt;");
    put(svg, format_args!("<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{safe}</text>"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_was_said_gets_out_of_its_text() {
        let mut svg = String::new();
        text(&mut svg, "", 1, 2, "</text>&\u{1}\u{fffe}");
        assert_eq!(svg, "<text class=\"\" x=\"1\" y=\"2\">&lt;/text>&amp;</text>");
    }
}
