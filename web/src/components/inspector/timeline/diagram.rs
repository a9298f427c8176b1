//! The sequence diagram: three lifelines, and level arrows between them. A slant would be a guess,
//! since only the bridge's clock tells when what passed.

use page_model::Lang;
use page_model::inspector::sequence_diagram::{Arrow, Arrows, Evidence, PathEnd, PathPoint};
use yew::prelude::*;

use crate::components::context::use_lang;
use crate::components::inspector::direction;
use crate::i18n::sequence_diagram::{self as i18n, Party};

/// Properties of [`Route`].
#[derive(PartialEq, Properties)]
pub struct RouteProps {
    /// Where the path to the server ended before it.
    pub end: Option<PathEnd>,
    /// What the times and the lines are is said beside the heads.
    #[prop_or(true)]
    pub has_captions: bool,
}

/// Draws the heads of the lifelines, which are the route to the server, and where that ended.
#[component]
pub fn Route(RouteProps { end, has_captions }: &RouteProps) -> Html {
    let lang = use_lang();
    let caption = |text: &'static str| has_captions.then_some(text);
    let head = |party: Party| {
        let is_end = end.is_some_and(|end| party == failed_party(end));
        html! {
            <span class={classes!("head", is_end.then_some("failed"))}>
                { is_end.then_some("✕ ") }
                { i18n::party(lang, party) }
            </span>
        }
    };
    html! {
        <div class="row route">
            <span class="time">{ caption(i18n::bridge_clock(lang)) }</span>
            <span class="heads">{ for Party::ALL.map(head) }</span>
            <span class="line">{ caption(i18n::printed(lang)) }</span>
        </div>
    }
}

/// Returns who could not be reached, or would go no further.
fn failed_party(end: PathEnd) -> Party {
    match end.at {
        PathPoint::Page | PathPoint::Bridge => Party::Bridge,
        PathPoint::Server => Party::Server,
    }
}

/// Draws the arrows of a row, with the beginning of the bytes that moved, and where the path ended.
pub fn lanes(lang: Lang, arrows: &Arrows, quote: Option<&str>) -> Html {
    let Arrows { page, target, .. } = arrows;
    let quoted = quote.is_some().then_some("quoted");
    let stops = i18n::end_of(arrows, PathPoint::Server).map(|_| "stops");
    html! {
        <span class="lanes">
            if let Some(arrow) = page {
                <span class={classes!("arrow", "page", class(arrow), quoted)}>
                    { i18n::page_label(lang, arrows, quote) }
                </span>
            }
            if let Some(end) = i18n::end_of(arrows, PathPoint::Page) {
                <span class="end page">{ i18n::end_reason(lang, end.cause) }</span>
            }
            if let Some(arrow) = target {
                <span class={classes!("arrow", "tcp", class(arrow), stops)}>
                    { i18n::target_label(lang, arrows) }
                </span>
            }
            if let Some(end) = i18n::end_of(arrows, PathPoint::Bridge) {
                <span class="end tcp">{ i18n::end_reason(lang, end.cause) }</span>
            }
        </span>
    }
}

/// Returns the classes that say which way an arrow points, and how it is known.
pub fn class<T>(arrow: &Arrow<T>) -> &'static str {
    use page_model::transcript::Direction::{Received, Sent};
    match (arrow.way, arrow.evidence) {
        (Sent, Evidence::Measured(_)) => "sent measured",
        (Sent, Evidence::Inferred) => "sent inferred",
        (Received, Evidence::Measured(_)) => "received measured",
        (Received, Evidence::Inferred) => "received inferred",
    }
}

/// Returns what passed in a row in words, as in `page → bridge: 6 bytes`.
pub fn in_words(lang: Lang, arrows: &Arrows) -> Option<String> {
    let name = |party| i18n::party(lang, party);
    let between = |from: Party, way, to: Party, label: String| {
        format!("{} {} {}: {label}", name(from), direction::arrow(way), name(to))
    };
    let page = arrows.page.map(|arrow| {
        let message = i18n::page_message(lang, arrow.what);
        between(Party::Page, arrow.way, Party::Bridge, message)
    });
    let target = arrows.target.map(|arrow| {
        let event = i18n::timed_tcp_event(lang, &arrow);
        between(Party::Bridge, arrow.way, Party::Server, event)
    });
    let end = arrows
        .end
        .map(|end| format!("✕ {}: {}", name(failed_party(end)), i18n::end_reason(lang, end.cause)));
    let all: Vec<_> = [page, target, end].into_iter().flatten().collect();
    (!all.is_empty()).then(|| all.join("\u{2003}"))
}
