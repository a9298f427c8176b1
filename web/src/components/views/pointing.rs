//! From what a pointer or the focus is on to what it means: one listener for each pane, not one
//! for each byte.

use web_sys::{Element, FocusEvent, KeyboardEvent, MouseEvent, PointerEvent};
use yew::{Callback, Event as DomEvent, TargetCast};

use page_model::Event;
use page_model::inspector::highlight::Highlight;
use page_model::inspector::window::Scroll;
use page_model::inspector::{InspectorEvent, Move, Tab};
use page_model::transcript::Direction;

/// How near to the bottom counts as being there, in pixels.
const NEAR: f64 = 4.0;
/// How many rows a page down is.
const PAGE: usize = 8;

/// What the pointer is on.
pub(super) fn pointed(emit: &Callback<Event>, mark: Find) -> Callback<PointerEvent> {
    emit.reform(move |event: PointerEvent| {
        let element = event.target_dyn_into::<Element>();
        Event::Inspector(InspectorEvent::Pointed(element.and_then(|it| mark(&it))))
    })
}

/// What was clicked.
pub(super) fn held(emit: &Callback<Event>, mark: Find) -> Callback<MouseEvent> {
    hold(emit.clone(), mark, |event: &MouseEvent| event.target_dyn_into())
}

/// What the focus came to.
pub(super) fn focused(emit: &Callback<Event>, mark: Find) -> Callback<FocusEvent> {
    hold(emit.clone(), mark, |event: &FocusEvent| event.target_dyn_into())
}

/// Which mark an element, or one around it, stands for.
pub(super) type Find = fn(&Element) -> Option<Highlight>;

fn hold<E: 'static>(
    emit: Callback<Event>,
    mark: Find,
    target: fn(&E) -> Option<Element>,
) -> Callback<E> {
    Callback::from(move |event: E| {
        if let Some(mark) = target(&event).and_then(|element| mark(&element)) {
            emit.emit(Event::Inspector(InspectorEvent::Held(mark)));
        }
    })
}

/// The keys of a list or a grid, as the ARIA practices have them.
pub fn moves(
    emit: &Callback<Event>,
    to: impl Fn(Move) -> Event + 'static,
) -> Callback<KeyboardEvent> {
    let emit = emit.clone();
    Callback::from(move |event: KeyboardEvent| {
        if let Some(moved) = moved(&event) {
            event.prevent_default();
            emit.emit(to(moved));
        }
    })
}

fn moved(event: &KeyboardEvent) -> Option<Move> {
    let all = event.ctrl_key() || event.meta_key();
    Some(match event.key().as_str() {
        "ArrowLeft" => Move::Left,
        "ArrowRight" => Move::Right,
        "ArrowUp" => Move::Up(1),
        "ArrowDown" => Move::Down(1),
        "PageUp" => Move::Up(PAGE),
        "PageDown" => Move::Down(PAGE),
        "Home" if all => Move::First,
        "End" if all => Move::Last,
        "Home" => Move::Start,
        "End" => Move::End,
        _ => return None,
    })
}

/// Where the reader of a pane is.
pub(super) fn scrolled(emit: &Callback<Event>, tab: Tab) -> Callback<DomEvent> {
    emit.reform(move |event: DomEvent| {
        let pane = event.target_unchecked_into::<Element>();
        Event::Inspector(InspectorEvent::Scrolled(tab, place(&pane)))
    })
}

/// Where the reader of a pane is.
pub fn place(pane: &Element) -> Scroll {
    let (top, height) = (f64::from(pane.scroll_top()), f64::from(pane.client_height()));
    let sticks = top + height + NEAR >= f64::from(pane.scroll_height());
    Scroll { top, height, sticks }
}

/// The Timeline's row that an element is in.
pub(super) fn row(element: &Element) -> Option<Highlight> {
    let row = element.closest("[data-row]").ok()??;
    Some(Highlight::Row(row.get_attribute("data-row")?.parse().ok()?))
}

/// The byte that an element stands for.
pub(super) fn byte(element: &Element) -> Option<Highlight> {
    let cell = element.closest("[data-byte]").ok()??;
    let offset = cell.get_attribute("data-byte")?.parse().ok()?;
    Some(Highlight::Byte(direction(&cell.get_attribute("data-way")?)?, offset))
}

/// A direction as an attribute has it.
pub fn value(direction: Direction) -> &'static str {
    match direction {
        Direction::Sent => "sent",
        Direction::Received => "received",
    }
}

/// The direction of an attribute.
pub(super) fn direction(value: &str) -> Option<Direction> {
    Direction::BOTH.into_iter().find(|direction| self::value(*direction) == value)
}
