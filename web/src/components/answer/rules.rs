//! The list of rules.

use page_model::Lang;
use page_model::server::answer::ReadyMade;
use page_model::server::answer::editor::{ADD_ID, RulesEvent, RulesView};
use yew::prelude::*;

use super::rule::RuleItem;
use crate::components::context::use_lang;
use crate::i18n::answer as i18n;

/// The id of the name of the list.
const LABEL_ID: &str = "rules-label";

/// Properties of [`RuleList`].
#[derive(PartialEq, Properties)]
pub struct RuleListProps {
    /// The view model.
    pub view: RulesView,
    /// Receives what the user does.
    pub on: Callback<RulesEvent>,
}

/// Draws the rules, each of which unfolds to be edited.
#[component]
pub fn RuleList(RuleListProps { view, on }: &RuleListProps) -> Html {
    let lang = use_lang();
    html! {
        <div class="field rules" role="group" aria-labelledby={LABEL_ID}>
            <div key="label" class="label">
                <span id={LABEL_ID}>{ i18n::rules(lang) }</span>
                { ready_made(lang, on) }
            </div>
            if view.rules.is_empty() {
                <p key="none" class="hint">{ i18n::no_rules(lang) }</p>
            } else {
                <p key="how" class="hint">{ i18n::first_match_answers(lang) }</p>
                <ol key="rules">
                    { for view.rules.iter().map(|view| html! {
                        <RuleItem key={view.id.number()} view={view.clone()} on={on.clone()} />
                    }) }
                </ol>
            }
            <div key="below" class="rules-below">
                { add(lang, view.has_room, on) }
                { note(lang, view, on) }
            </div>
        </div>
    }
}

fn ready_made(lang: Lang, on: &Callback<RulesEvent>) -> Html {
    let chip = |set: ReadyMade| {
        let onclick = on.reform(move |_| RulesEvent::ReadyMadeChosen(set));
        let name = i18n::ready_made(lang, set);
        html! { <button key={name} type="button" {onclick}>{ name }</button> }
    };
    html! {
        <div class="chips" role="group" aria-label={i18n::ready_made_rules(lang)}>
            { for ReadyMade::ALL.map(chip) }
        </div>
    }
}

fn add(lang: Lang, has_room: bool, on: &Callback<RulesEvent>) -> Html {
    html! {
        <button
            id={ADD_ID}
            type="button"
            class="quiet"
            aria-disabled={(!has_room).then_some("true")}
            onclick={on.reform(|_| RulesEvent::Added)}
        >
            { i18n::add(lang, has_room) }
        </button>
    }
}

/// Draws what is told of the last change, and the button that takes it back.
fn note(lang: Lang, view: &RulesView, on: &Callback<RulesEvent>) -> Html {
    html! {
        <>
            <span key="note" role="status" class="rules-note">
                { for view.note.map(|note| i18n::note(lang, note)) }
            </span>
            if view.can_undo {
                <button
                    key="undo"
                    type="button"
                    class="quiet"
                    onclick={on.reform(|_| RulesEvent::Undone)}
                >
                    { i18n::undo(lang) }
                </button>
            }
        </>
    }
}
