//! A rule of the list: what it says in short, and what it unfolds.

use page_model::Lang;
use page_model::server::answer::editor::{RuleView, RulesEvent};
use page_model::server::answer::{Rule, Then};
use yew::prelude::*;

use super::form::RuleForm;
use crate::components::context::use_lang;
use crate::i18n::answer as i18n;

/// Properties of [`RuleItem`].
#[derive(PartialEq, Properties)]
pub struct RuleItemProps {
    /// The view model.
    pub view: RuleView,
    /// Receives what the user does.
    pub on: Callback<RulesEvent>,
}

/// Draws a rule.
#[component]
pub fn RuleItem(RuleItemProps { view, on }: &RuleItemProps) -> Html {
    let lang = use_lang();
    let id = view.id;
    // What matched before the rule was drawn is not news.
    let matched_before = *use_state(|| view.matches);
    html! {
        <li class="rule">
            <button
                key="head"
                id={id.toggle_id()}
                type="button"
                class="rule-head"
                aria-expanded={view.is_open.to_string()}
                onclick={on.reform(move |_| RulesEvent::Toggled(id))}
            >
                { in_short(lang, view) }
            </button>
            if view.is_open {
                <RuleForm key="form" view={view.clone()} on={on.clone()} />
            }
            if view.matches > 0 && view.matches != matched_before {
                // Another element for each match: its animation runs once.
                <span key={format!("match-{}", view.matches)} class="rule-flash" aria-hidden="true" />
            }
        </li>
    }
}

/// Shows what the rule says.
fn in_short(lang: Lang, view: &RuleView) -> Html {
    let rule = &*view.rule;
    html! {
        <>
            <span key="when" class="rule-when">
                { i18n::when(lang, rule.when) }
                if rule.when.has_pattern() {
                    { " " }<code>{ first_line(&rule.pattern.text) }</code>
                }
            </span>
            <span key="reply" class="rule-reply">
                <span aria-hidden="true">{ "→ " }</span>
                { reply(lang, rule) }
            </span>
            <span key="more" class="rule-more">
                if view.matches > 0 {
                    <span key="matches">{ i18n::matched(lang, view.matches) }</span>
                }
                if !view.mistakes.is_empty() {
                    <span key="mistake" class="wrong">{ i18n::has_mistake(lang) }</span>
                }
            </span>
        </>
    }
}

/// Shows the reply, when it comes, and what follows it.
fn reply(lang: Lang, rule: &Rule) -> Html {
    let delay = rule.delay.millis().filter(|millis| *millis > 0);
    html! {
        <>
            if rule.reply.text.is_empty() && rule.ending.bytes().is_empty() {
                <span>{ i18n::no_reply(lang) }</span>
            } else {
                <code>{ first_line(&rule.reply.text) }</code>
            }
            if let Some(millis) = delay {
                <small>{ i18n::after(lang, millis) }</small>
            }
            if rule.then != Then::KeepOpen {
                <small>{ i18n::then_ends(lang, rule.then) }</small>
            }
        </>
    }
}

/// Returns the first line of a text, and the sign for more where there are others.
fn first_line(text: &str) -> String {
    match text.split_once('\n') {
        Some((line, _)) => format!("{line} …"),
        None => text.to_owned(),
    }
}
