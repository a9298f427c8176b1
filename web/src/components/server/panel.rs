//! The state of the listener, and who connected.

use page_model::server::ServerEvent;
use page_model::server::view::{EndingsView, PanelView};
use page_model::topic::Topic;
use page_model::{Event, Lang};
use yew::prelude::*;

use super::connections::Connections;
use super::state;
use crate::components::callbacks::timed;
use crate::components::context::{Dispatch, use_dispatch, use_lang};
use crate::components::topic::Explain;
use crate::i18n::{next_step, server as i18n};

/// Properties of [`Panel`].
#[derive(PartialEq, Properties)]
pub struct PanelProps {
    /// The view model.
    pub view: PanelView,
}

/// Draws the state of the listener, the connections, and how the selected one can be ended.
#[component]
pub fn Panel(PanelProps { view }: &PanelProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    html! {
        <section class="listener" aria-label={i18n::region(lang)}>
            { state::draw(lang, &dispatch, &view.state) }
            <p class="unseen" role="status">
                { view.latest.as_ref().map(|peer| i18n::came(lang, peer)) }
            </p>
            if !view.connections.is_empty() {
                <Connections
                    connections={view.connections.clone()}
                    removed={view.removed}
                    unclaimed={view.unclaimed}
                />
            }
            if let Some(view) = view.endings {
                { endings(lang, view, &dispatch) }
            }
        </section>
    }
}

/// Draws the buttons that end the selected connection in different ways.
fn endings(lang: Lang, view: EndingsView, dispatch: &Dispatch) -> Html {
    let finish = timed(dispatch, |at| Event::Server(ServerEvent::FinishPressed { at }));
    let reset = timed(dispatch, |at| Event::Server(ServerEvent::ResetPressed { at }));
    let close = timed(dispatch, |at| Event::Server(ServerEvent::ClosePressed { at }));
    html! {
        <div class="endings" role="group" aria-label={next_step::end_connection(lang)}>
            <button
                type="button"
                aria-disabled={(!view.can_finish).then_some("true")}
                onclick={finish}
            >
                { next_step::finish(lang) }
            </button>
            <button type="button" onclick={reset}>{ next_step::reset(lang) }</button>
            <button type="button" onclick={close}>{ next_step::disconnect(lang) }</button>
            <Explain topic={Topic::Endings} />
        </div>
    }
}
