//! What stands under the rows of the Timeline: what is to be said of them, the bytes of the
//! highlighted one, and what can be done with them.

use page_model::inspector::timeline_view::FooterView;
use page_model::inspector::{InspectorEvent, StepTo};
use page_model::{Event, Lang};
use yew::prelude::*;

use super::diagram;
use super::row::Times;
use crate::components::context::Dispatch;
use crate::i18n::timeline as i18n;

/// What of the Timeline is drawn by parts that are loaded on demand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Later {
    /// What the rows are filtered by.
    pub filter: Html,
    /// The first bytes of the highlighted row.
    pub preview: Html,
    /// What is to be seen while the part that draws a picture is not there.
    pub picture: Html,
}

/// Draws the footer of the Timeline.
pub fn footer(
    lang: Lang,
    dispatch: &Dispatch,
    view: &FooterView,
    times: &Times,
    later: &Later,
) -> Html {
    let button = |label: &'static str, event: InspectorEvent| {
        let onclick = dispatch.reform(move |_| Event::Inspector(event.clone()));
        html! { <button type="button" class="quiet" {onclick}>{ label }</button> }
    };
    html! {
        <div class="under">
            if view.has_no_match {
                <p>{ i18n::no_match(lang) }</p>
            }
            if view.dropped_rows > 0 {
                <p>{ i18n::dropped_rows(lang, view.dropped_rows) }</p>
            }
            if let Some(arrows) = diagram::in_words(lang, times.role, &view.arrows) {
                <p>{ arrows }</p>
            }
            if let Some(ms) = view.at_ms {
                <p>{ i18n::page_time(lang, ms, times.clock_step, times.origin) }</p>
            }
            <div class="peek">
                if view.has_preview {
                    { later.preview.clone() }
                }
            </div>
            <div class="copies">
                if view.can_step {
                    { button(i18n::step_back(lang), InspectorEvent::Stepped(StepTo::Previous)) }
                    { button(i18n::step_on(lang), InspectorEvent::Stepped(StepTo::Next)) }
                }
                if let Some(export) = view.export {
                    { button(i18n::copy_all(lang, export.copy_all), InspectorEvent::CopyAllPressed) }
                    if export.is_drawing {
                        { later.picture.clone() }
                    } else {
                        { button(i18n::save_picture(lang), InspectorEvent::PicturePressed) }
                    }
                }
                if let Some(state) = view.copy_row {
                    { button(i18n::copy_row(lang, state), InspectorEvent::CopyRowPressed) }
                }
            </div>
        </div>
    }
}
