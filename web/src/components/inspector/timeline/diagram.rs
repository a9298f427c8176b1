//! The sequence diagram beside the rows: three lifelines, and what passed between them.

use page_model::Lang;
use page_model::inspector::sequence_diagram::{Arrow, Arrows, Evidence};
use page_model::inspector::timeline_view::RouteBreak;
use page_model::transcript::Direction;
use yew::prelude::*;

use crate::components::context::use_lang;
use crate::components::inspector::direction;
use crate::i18n::timeline::{self as i18n, Party};

/// The shaft of an arrow, from one lifeline to the next. It is level: each side has its own clock,
/// and a slant would be a guess.
pub const SHAFT: &str = "M12 20H156";
/// The head of an arrow that points to the server.
const HEAD_RIGHT: &str = "m150 16 6 4-6 4";
/// The head of an arrow that points to the page.
const HEAD_LEFT: &str = "m18 16-6 4 6 4";
/// The cross on the shaft of an arrow that does not arrive.
const CROSS: &str = "m79 15 10 10m0-10-10 10";
/// How far the lifelines are from each other.
const TARGET_TRANSFORM: &str = "translate(152)";

/// Properties of [`Route`].
#[derive(PartialEq, Properties)]
pub struct RouteProps {
    /// Where the way to the server ends before it.
    pub route_break: Option<RouteBreak>,
}

/// Draws the heads of the lifelines: the route to the server, and where it is broken.
#[component]
pub fn Route(RouteProps { route_break }: &RouteProps) -> Html {
    let lang = use_lang();
    let cross = |at: RouteBreak| if *route_break == Some(at) { "╳" } else { "" };
    html! {
        <div class="route">
            <span class="clock">{ i18n::bridge_clock(lang) }</span>
            <span class="sequence-diagram" aria-hidden="true">
                <span>{ i18n::party(lang, Party::Page) }</span>
                <b>{ cross(RouteBreak::BeforeBridge) }</b>
                <span>{ i18n::party(lang, Party::Bridge) }</span>
                <b>{ cross(RouteBreak::BeforeServer) }</b>
                <span>{ i18n::party(lang, Party::Server) }</span>
            </span>
        </div>
    }
}

/// Draws the arrows of a row, with the beginning of the bytes that moved.
pub fn arrows(lang: Lang, arrows: &Arrows, quote: Option<&str>) -> Html {
    let page = arrows.page.map(|it| arrow(&it, "page", None, i18n::quoting_label(quote, &it)));
    let target = arrows
        .target
        .map(|it| arrow(&it, "tcp", Some(TARGET_TRANSFORM), i18n::target_label(lang, &it)));
    html! {
        <span class="sequence-diagram">
            <svg viewBox="0 0 320 28" aria-hidden="true">{ for page.into_iter().chain(target) }</svg>
        </span>
    }
}

fn arrow(
    arrow: &Arrow,
    side: &'static str,
    transform: Option<&'static str>,
    label: String,
) -> Html {
    html! {
        <g key={side} class={classes!(side, direction::name(arrow.way), evidence(arrow))} {transform}>
            <path class="shaft" d={SHAFT} />
            <path d={head(arrow)} />
            <text x="84" y="12">{ label }</text>
        </g>
    }
}

/// Returns the class that says how an arrow is known.
pub fn evidence(arrow: &Arrow) -> &'static str {
    match arrow.evidence {
        Evidence::Measured(_) => "measured",
        Evidence::Inferred => "inferred",
        Evidence::Broken => "broken",
    }
}

/// Returns the path of an arrow's head.
pub fn head(arrow: &Arrow) -> &'static str {
    match (arrow.evidence, arrow.way) {
        (Evidence::Broken, _) => CROSS,
        (_, Direction::Sent) => HEAD_RIGHT,
        (_, Direction::Received) => HEAD_LEFT,
    }
}

/// Returns arrows in words, as in `page → bridge: 6 B`.
pub fn in_words(lang: Lang, arrows: &Arrows) -> Option<String> {
    let between = |from: Party, arrow: Arrow, to: Party, label: String| {
        let (from, to) = (i18n::party(lang, from), i18n::party(lang, to));
        format!("{from} {} {to}: {label}", direction::arrow(arrow.way))
    };
    let page = arrows
        .page
        .map(|arrow| between(Party::Page, arrow, Party::Bridge, i18n::page_label(&arrow)));
    let target = arrows.target.map(|arrow| {
        between(Party::Bridge, arrow, Party::Server, i18n::target_label(lang, &arrow))
    });
    let all: Vec<_> = page.into_iter().chain(target).collect();
    (!all.is_empty()).then(|| all.join("\u{2003}"))
}
