//! The Timeline's arrows, drawn: three lifelines, and what passed between them.

use echo_core::payload::printable;
use yew::Html;

use super::{Parts, pointing, text};
use crate::i18n::Words;
use crate::i18n::format;
use crate::tag::{Tag, tag};
use page_model::inspector::entry::TimelineEntry;
use page_model::inspector::record::ConnectionRecord;
use page_model::inspector::sequence_diagram::{Arrow, Arrows, Evidence, Passed};
use page_model::transcript::{Direction, TargetEvidence, Transcript};

/// How many characters of a message stand over its arrow.
const SHOWN: usize = 10;
/// An arrow's shaft, from one lifeline to the next. It is level: there is one clock for each side, and
/// a slant would be a guess.
pub const SHAFT: &str = "M12 20H156";
/// Its head, if it points to the server.
pub const TO: &str = "m150 16 6 4-6 4";
/// Its head, if it points back.
pub const BACK: &str = "m18 16-6 4 6 4";
/// One that does not arrive has a cross on its shaft.
pub const BROKEN: &str = "m79 15 10 10m0-10-10 10";
/// How far the lifelines are from each other.
pub const APART: &str = "translate(152)";

impl Parts<'_> {
    /// The arrows of an entry.
    pub(super) fn sequence_diagram(&self, arrows: &Arrows, said: Option<&str>) -> Tag {
        let page = arrows.page.map(|it| drawn(&it, "page", quoting(said, &on_page(&it))));
        let target = arrows.target.map(|it| drawn(&it, "tcp", on_target(&it, self.words)));
        let svg = tag("svg")
            .set("viewBox", "0 0 320 28")
            .set("aria-hidden", "true")
            .child(page)
            .child(target.map(|arrow| arrow.set("transform", APART)));
        tag("span").class("sequence_diagram").child(svg)
    }

    /// The lifelines' heads: the way to the server, and where it ends.
    pub(super) fn heads(&self, run: &ConnectionRecord) -> Html {
        let words = &self.words.views;
        let broken = run.log.broken();
        let cross = |evidence| tag("b").child(if broken == evidence { "╳" } else { "" });
        tag("div")
            .key("heads")
            .class("route")
            .child(tag("span").class("clock").child(words.bridge_clock))
            .child(
                tag("span")
                    .class("sequence_diagram")
                    .set("aria-hidden", "true")
                    .child(tag("span").child(words.page))
                    .child(cross(TargetEvidence::NoBridge))
                    .child(tag("span").child(words.bridge))
                    .child(cross(TargetEvidence::NoTarget))
                    .child(tag("span").child(words.server)),
            )
            .html()
    }

    /// The arrows of the marked entry, in words.
    pub(super) fn passed(&self, run: &ConnectionRecord) -> Option<Html> {
        let entries = self.view.listing().entries();
        let arrows = Arrows::of(entries.get(self.marked.entry?)?, run.log);
        let words = &self.words.views;
        let between = |from, arrow: Arrow, to, label| {
            format!("{from} {} {to}: {label}", text::arrow(arrow.way))
        };
        let page = arrows.page.map(|it| between(words.page, it, words.bridge, on_page(&it)));
        let target = arrows
            .target
            .map(|it| between(words.bridge, it, words.server, on_target(&it, self.words)));
        let said: Vec<_> = page.into_iter().chain(target).collect();
        (!said.is_empty()).then(|| tag("p").key("passed").child(said.join("\u{2003}")).html())
    }
}

fn drawn(arrow: &Arrow, side: &'static str, label: String) -> Tag {
    tag("g")
        .key(side)
        .class(side)
        .class(pointing::value(arrow.way))
        .class(proof(arrow))
        .child(tag("path").class("shaft").set("d", SHAFT))
        .child(tag("path").set("d", head(arrow)))
        .child(tag("text").set("x", "84").set("y", "12").child(label))
}

/// The class of an arrow: how it is known.
pub fn proof(arrow: &Arrow) -> &'static str {
    match arrow.proof {
        Evidence::Measured(_) => "measured",
        Evidence::Inferred => "inferred",
        Evidence::Broken => "broken",
    }
}

/// What stands over an arrow, with the beginning of what moved.
pub fn quoting(said: Option<&str>, label: &str) -> String {
    match said {
        Some(said) => format!("“{said}” {label}"),
        None => label.to_owned(),
    }
}

/// The end of an arrow.
pub fn head(arrow: &Arrow) -> &'static str {
    match (arrow.proof, arrow.way) {
        (Evidence::Broken, _) => BROKEN,
        (_, Direction::Sent) => TO,
        (_, Direction::Received) => BACK,
    }
}

/// The beginning of what moved in an entry, short enough to stand over its arrow.
pub fn said(entry: &TimelineEntry, log: &Transcript) -> Option<String> {
    let moved = entry.moved(log).filter(|_| !matches!(entry, TimelineEntry::Many(_)))?;
    let bytes = log.bytes_of(&moved);
    // No character has more than four bytes.
    let text = printable(&bytes[..bytes.len().min(4 * SHOWN)]);
    let mut short: String = text.chars().take(SHOWN).collect();
    if short.len() < text.len() || moved.len() > 4 * SHOWN as u64 {
        short.push('…');
    }
    Some(short)
}

/// What a message of the WebSocket is called, in the protocol's words.
pub fn on_page(arrow: &Arrow) -> String {
    let received = arrow.way == Direction::Received;
    match arrow.what {
        Passed::Bytes(bytes) => format::size(bytes),
        Passed::Syn => "WebSocket".into(),
        Passed::Fin if received => "finished".into(),
        Passed::Fin => "finish".into(),
        Passed::Rst if received => "failed".into(),
        Passed::Rst => "reset".into(),
    }
}

/// What passed on TCP, and when by the bridge's clock; or that nobody saw it.
pub fn on_target(arrow: &Arrow, words: &Words) -> String {
    let what = on_tcp(arrow);
    match arrow.proof {
        Evidence::Measured(Some(at_us)) => format!("{what} · {} µs", format::thousands(at_us)),
        Evidence::Inferred => format!("{what} · {}", words.views.inferred),
        Evidence::Measured(None) | Evidence::Broken => what,
    }
}

/// What passed on TCP.
pub fn on_tcp(arrow: &Arrow) -> String {
    match arrow.what {
        Passed::Bytes(bytes) => format::size(bytes),
        Passed::Syn => "SYN".into(),
        Passed::Fin => "FIN".into(),
        Passed::Rst => "RST".into(),
    }
}
