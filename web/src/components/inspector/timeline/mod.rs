//! The Timeline: rows of what happened, in order of time.

mod diagram;
pub mod filter;
mod footer;
mod ghost;
pub mod picture;
mod row;
pub mod text;

use std::rc::Rc;

use page_model::Event;
use page_model::inspector::timeline_view::{RowView, TimelineView};
use page_model::inspector::{InspectorEvent, StepTo, Tab};
use page_model::role::Role;
use yew::prelude::*;
use yew::virtual_dom::Key;

pub use self::footer::Later;
use self::footer::footer;
use self::row::{Row, Times};
use super::hover;
use super::pane::{height_style, offset_style, row_key, use_pane};
use crate::components::callbacks::dispatch_some;
use crate::components::context::{ClockStep, Dispatch, use_clock_step, use_dispatch, use_lang};
use crate::components::pointing::Pointing;
use crate::i18n::inspector as i18n;

/// Properties of [`Timeline`].
#[derive(PartialEq, Properties)]
pub struct TimelineProps {
    /// What the Timeline shows.
    pub view: Rc<TimelineView>,
    /// What is drawn by parts that are loaded on demand.
    pub later: Later,
}

/// Draws the Timeline.
#[component]
pub fn Timeline(TimelineProps { view, later }: &TimelineProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    let ClockStep(clock_step) = use_clock_step();
    let pane = use_pane(Tab::Timeline, view.window);
    let Pointing { onpointermove, onpointerleave } = hover::use_hover(hover::row);
    let times = view.frame.as_ref().map(|frame| Times {
        role: frame.role,
        unit: frame.unit,
        origin: frame.time_origin,
        clock_step,
    });
    let rows = times.iter().flat_map(|times| {
        view.rows.iter().enumerate().map(move |(drawn, row)| {
            let (times, key) = (*times, row_key(view.window, drawn, key(row)));
            html! { <Row {key} view={Rc::clone(row)} {times} /> }
        })
    });
    let is_server = times.is_some_and(|times| times.role == Role::Server);
    html! {
        <div class={is_server.then_some("mirrored")}>
            { later.filter.clone() }
            if view.frame.is_some() {
                { diagram::route(lang, view.frame.as_ref()) }
            } else {
                { ghost::ghost(lang) }
            }
            <div
                ref={pane.node_ref}
                id={Tab::Timeline.pane_id()}
                role="log"
                aria-live="off"
                class={classes!("log", view.window.map(|_| "many"))}
                tabindex={view.frame.as_ref().map(|_| "0")}
                aria-label={i18n::tab(lang, Tab::Timeline)}
                onkeydown={on_key(&dispatch)}
                onscroll={pane.onscroll}
                {onpointermove}
                {onpointerleave}
                onclick={hover::on_clicked(&dispatch, hover::row)}
            >
                if view.window.is_some() {
                    <div class="whole" ~style={height_style(view.window)}>
                        <div ~style={offset_style(view.window)}>{ for rows }</div>
                    </div>
                } else {
                    { for rows }
                }
            </div>
            if let (Some(frame), Some(times)) = (&view.frame, &times) {
                { footer(lang, &dispatch, &frame.footer, times, later) }
            }
        </div>
    }
}

fn key(row: &RowView) -> Key {
    match row {
        RowView::Pause { before, .. } => format!("pause-{before}").into(),
        RowView::Event(event) => event.number.into(),
    }
}

/// Returns a listener that steps through the events with the arrow keys, and releases the selection
/// with Escape.
fn on_key(dispatch: &Dispatch) -> Callback<KeyboardEvent> {
    dispatch_some(dispatch, |event: KeyboardEvent| {
        let reaction = match event.key().as_str() {
            _ if event.alt_key() || event.ctrl_key() || event.meta_key() => return None,
            "ArrowLeft" => InspectorEvent::Stepped(StepTo::Previous),
            "ArrowRight" => InspectorEvent::Stepped(StepTo::Next),
            "Escape" => InspectorEvent::Released,
            _ => return None,
        };
        event.prevent_default();
        Some(Event::Inspector(reaction))
    })
}
