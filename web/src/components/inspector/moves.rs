//! The keys that move the focus in a list or a grid, as the ARIA Authoring Practices have them.

use page_model::Event;
use page_model::inspector::Move;
use web_sys::KeyboardEvent;
use yew::Callback;

use crate::components::callbacks::dispatch_some;

/// How many rows the keys Page Up and Page Down move by.
const PAGE_ROWS: usize = 8;

/// Returns a listener that reports the moves that keys ask for, each as the event that `to` makes of
/// it.
pub fn moves(
    dispatch: &Callback<Event>,
    to: impl Fn(Move) -> Event + 'static,
) -> Callback<KeyboardEvent> {
    dispatch_some(dispatch, move |event: KeyboardEvent| {
        let moved = moved(&event)?;
        event.prevent_default();
        Some(to(moved))
    })
}

fn moved(event: &KeyboardEvent) -> Option<Move> {
    let is_whole = event.ctrl_key() || event.meta_key();
    Some(match event.key().as_str() {
        "ArrowLeft" => Move::Left,
        "ArrowRight" => Move::Right,
        "ArrowUp" => Move::Up(1),
        "ArrowDown" => Move::Down(1),
        "PageUp" => Move::Up(PAGE_ROWS),
        "PageDown" => Move::Down(PAGE_ROWS),
        "Home" if is_whole => Move::First,
        "End" if is_whole => Move::Last,
        "Home" => Move::Start,
        "End" => Move::End,
        _ => return None,
    })
}
