//! What happened, in three views: tabs lead from one to the others.

pub mod bytes;
pub mod direction;
mod hover;
pub mod ids;
pub mod moves;
pub mod pane;
pub mod timeline;

use page_model::Event;
use page_model::inspector::view::{Caption, Panel, View};
use page_model::inspector::{InspectorEvent, StepTo, Tab};
use yew::prelude::*;

use self::ids::PANEL_ID;
use self::timeline::{Later, Timeline};
use super::callbacks::dispatch_some;
use super::context::{Dispatch, use_dispatch, use_lang};
use crate::i18n::inspector as i18n;

pub use self::bytes::glyph_class;

/// Properties of [`Inspector`].
#[derive(PartialEq, Properties)]
pub struct InspectorProps {
    /// What the inspector shows.
    pub view: View,
    /// What of the Timeline is drawn by parts that are loaded on demand.
    pub later: Later,
    /// The bytes or the packets, while their tab is selected.
    #[prop_or_default]
    pub children: Html,
}

/// Draws the views of the latest run, or an empty region before the first one.
#[component]
pub fn Inspector(props: &InspectorProps) -> Html {
    let InspectorProps { view, later, children } = props;
    let has_tabs = !view.tabs.is_empty();
    html! {
        <section class="views">
            if has_tabs {
                <Heading tabs={view.tabs} selected={view.selected} caption={view.caption.clone()} />
            } else {
                // The first run moves nothing: its tabs come to where this is.
                <div class="heading" />
            }
            <div
                id={PANEL_ID}
                class="view"
                role={has_tabs.then_some("tabpanel")}
                aria-labelledby={has_tabs.then(|| view.selected.element_id())}
            >
                {
                    match &view.panel {
                        Panel::Empty => Html::default(),
                        Panel::Timeline(view) => html! { <Timeline {view} later={later.clone()} /> },
                        Panel::Bytes | Panel::Packets => children.clone(),
                    }
                }
            </div>
        </section>
    }
}

/// Properties of [`Heading`].
#[derive(PartialEq, Properties)]
struct HeadingProps {
    tabs: &'static [Tab],
    selected: Tab,
    caption: Option<Caption>,
}

/// Draws the tabs and the text beside them.
#[component]
fn Heading(HeadingProps { tabs, selected, caption }: &HeadingProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    let tab = |tab: Tab| {
        let is_selected = tab == *selected;
        let onclick = dispatch.reform(move |_| Event::Inspector(InspectorEvent::TabChosen(tab)));
        html! {
            <button
                key={tab.element_id()}
                type="button"
                id={tab.element_id()}
                role="tab"
                aria-selected={is_selected.to_string()}
                aria-controls={PANEL_ID}
                tabindex={if is_selected { "0" } else { "-1" }}
                {onclick}
            >
                { i18n::tab(lang, tab) }
            </button>
        }
    };
    html! {
        <div class="heading">
            <div
                class="tabs"
                role="tablist"
                aria-label={i18n::tabs(lang)}
                onkeydown={on_tab_key(&dispatch)}
            >
                { for tabs.iter().copied().map(tab) }
            </div>
            {
                match caption {
                    None => Html::default(),
                    Some(Caption::Replay { event, total }) => html! {
                        <span class="replay">{ i18n::replay(lang, *event, *total) }</span>
                    },
                    Some(Caption::Connection { address }) => html! { <span>{ address }</span> },
                }
            }
        </div>
    }
}

/// Returns a listener that moves from tab to tab with the arrow keys.
fn on_tab_key(dispatch: &Dispatch) -> Callback<KeyboardEvent> {
    dispatch_some(dispatch, |event: KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowLeft" => StepTo::Previous,
            "ArrowRight" => StepTo::Next,
            _ => return None,
        };
        event.prevent_default();
        Some(Event::Inspector(InspectorEvent::TabWalked(step)))
    })
}
