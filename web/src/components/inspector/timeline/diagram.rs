//! The sequence diagram: three lifelines, and level arrows between them. A slant would be a guess,
//! since only the bridge's clock tells when what passed.

use page_model::Lang;
use page_model::inspector::sequence_diagram::{Arrow, Arrows, Evidence, PathEnd, PathPoint};
use page_model::inspector::timeline_view::TimelineFrame;
use page_model::inspector::view::TimeOrigin;
use page_model::role::Role;
use page_model::transcript::Direction;
use yew::prelude::*;

use crate::components::inspector::direction;
use crate::i18n::sequence_diagram::{self as i18n, Party};

/// Draws the heads of the lifelines, which are the route to the server, and where that ended before
/// it. Beside them is said what the times are, once there are some, and what the lines are, if a
/// program prints them.
pub fn route(lang: Lang, frame: Option<&TimelineFrame>) -> Html {
    let end = frame.and_then(|frame| frame.end);
    let role = frame.map_or(Role::Client, |frame| frame.role);
    let is_program = frame.is_some_and(|frame| frame.time_origin == TimeOrigin::Send);
    let head = |party: Party| {
        let is_end = end.is_some_and(|end| party == failed_party(end));
        html! {
            <span class={classes!("party", is_end.then_some("failed"))}>
                { is_end.then_some("✕ ") }
                { i18n::party(lang, role, party) }
            </span>
        }
    };
    html! {
        <div class="row route">
            <span class="time">{ frame.map(|_| i18n::bridge_clock(lang)) }</span>
            <span class="parties">{ for Party::all(role).map(head) }</span>
            <span class="line">{ is_program.then(|| i18n::printed(lang)) }</span>
        </div>
    }
}

/// Returns who could not be reached, or would go no further.
pub fn failed_party(end: PathEnd) -> Party {
    match end.at {
        PathPoint::Page | PathPoint::Bridge => Party::Bridge,
        PathPoint::Server => Party::Peer,
    }
}

/// Draws the arrows of a row, with the beginning of the bytes that moved, and where the path ended.
pub fn lanes(lang: Lang, arrows: &Arrows, quote: Option<&str>) -> Html {
    let quoted = quote.is_some().then_some("quoted");
    let stops = i18n::end_of(arrows, PathPoint::Server).map(|_| "stops");
    let piece = |name, class, kind, label: String| {
        html! { <span class={classes!(name, class, kind)}>{ label }</span> }
    };
    let end = |at, name: &'static str| {
        let end = i18n::end_of(arrows, at)?;
        Some(piece(name, "end", None, i18n::end_reason(lang, end.cause).into()))
    };
    let page = arrows.page.map(|arrow| {
        piece("page", class(&arrow), quoted, i18n::page_label(lang, arrows, arrow.what, quote))
    });
    let target = arrows
        .target
        .map(|arrow| piece("tcp", class(&arrow), stops, i18n::target_label(lang, arrows, &arrow)));
    let pieces = [page, end(PathPoint::Page, "page"), target, end(PathPoint::Bridge, "tcp")];
    html! { <span class="lanes">{ for pieces.into_iter().flatten() }</span> }
}

/// Returns the classes that say which way an arrow points, and how it is known.
pub fn class<T>(arrow: &Arrow<T>) -> &'static str {
    use Direction::{Received, Sent};
    match (arrow.way, arrow.evidence) {
        (Sent, Evidence::Measured(_)) => "arrow sent measured",
        (Sent, Evidence::Inferred) => "arrow sent inferred",
        (Received, Evidence::Measured(_)) => "arrow received measured",
        (Received, Evidence::Inferred) => "arrow received inferred",
    }
}

/// Returns what passed in a row in words, as in `page → bridge: 6 bytes`.
pub fn in_words(lang: Lang, role: Role, arrows: &Arrows) -> Option<String> {
    let name = |party| i18n::party(lang, role, party);
    // The names stand as their lifelines do.
    let between = |near: Party, way: Direction, far: Party, label: String| match role {
        Role::Client => format!("{} {} {}: {label}", name(near), direction::arrow(way), name(far)),
        Role::Server => {
            let arrow = direction::arrow(way.other());
            format!("{} {arrow} {}: {label}", name(far), name(near))
        }
    };
    let page = arrows.page.map(|arrow| {
        let message = i18n::page_message(lang, arrow.what);
        between(Party::Page, arrow.way, Party::Bridge, message)
    });
    let target = arrows.target.map(|arrow| {
        let event = i18n::timed_tcp_event(lang, &arrow);
        between(Party::Bridge, arrow.way, Party::Peer, event)
    });
    let end = arrows
        .end
        .map(|end| format!("✕ {}: {}", name(failed_party(end)), i18n::end_reason(lang, end.cause)));
    let all: Vec<_> = [page, target, end].into_iter().flatten().collect();
    (!all.is_empty()).then(|| all.join("\u{2003}"))
}
