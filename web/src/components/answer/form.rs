//! What a rule unfolds: its fields, and the buttons that move and remove it.

use echo_core::payload::{LineEnding, Notation};
use page_model::Lang;
use page_model::server::answer::editor::{MoveRule, RuleView, RulesEvent};
use page_model::server::answer::{RuleField, Then, When};
use yew::prelude::*;

use super::field::{Choice, hint_id, line, lines, mistake, select};
use crate::components::context::use_lang;
use crate::i18n::{answer as i18n, settings};

/// Properties of [`RuleForm`].
#[derive(PartialEq, Properties)]
pub struct RuleFormProps {
    /// The view model.
    pub view: RuleView,
    /// Receives what the user does.
    pub on: Callback<RulesEvent>,
}

/// Draws the fields of a rule.
#[component]
pub fn RuleForm(RuleFormProps { view, on }: &RuleFormProps) -> Html {
    let lang = use_lang();
    html! {
        <div class="rule-form" role="group" aria-label={i18n::rule(lang, view.number)}>
            { condition(lang, view, on) }
            { reply(lang, view, on) }
            { end(lang, view, on) }
            { tools(lang, view, on) }
        </div>
    }
}

fn condition(lang: Lang, view: &RuleView, on: &Callback<RulesEvent>) -> Html {
    let (id, rule) = (view.id, &*view.rule);
    let choices = When::ALL.map(|when| Choice {
        label: i18n::when(lang, when),
        is_chosen: when == rule.when,
        event: RulesEvent::WhenChosen(id, when),
    });
    html! {
        <div key="condition" class="rule-part">
            { select(None, Some(i18n::condition(lang)), choices.into(), on) }
            if rule.when.has_pattern() {
                { line(view, RuleField::Pattern, i18n::pattern(lang), on) }
                <div class="settings">
                    {
                        notation(lang, i18n::pattern_notation(lang), rule.pattern.notation, on, |it| {
                            RulesEvent::NotationChosen(id, RuleField::Pattern, it)
                        })
                    }
                </div>
                { mistake(lang, view, RuleField::Pattern) }
            }
        </div>
    }
}

fn reply(lang: Lang, view: &RuleView, on: &Callback<RulesEvent>) -> Html {
    let (id, rule) = (view.id, &*view.rule);
    let help_id = format!("{}-help", id.field_id(RuleField::Reply));
    let endings = LineEnding::ALL.map(|ending| Choice {
        label: settings::ending_alone(lang, ending),
        is_chosen: ending == rule.ending,
        event: RulesEvent::EndingChosen(id, ending),
    });
    let described_by = format!("{} {help_id}", hint_id(view, RuleField::Reply));
    html! {
        <div key="reply" class="rule-part">
            <label for={id.field_id(RuleField::Reply)}>{ i18n::reply(lang) }</label>
            { lines(view, i18n::reply(lang), described_by, on) }
            <div class="settings">
                {
                    notation(lang, i18n::reply_notation(lang), rule.reply.notation, on, |it| {
                        RulesEvent::NotationChosen(id, RuleField::Reply, it)
                    })
                }
                { select(None, Some(settings::endings(lang)), endings.into(), on) }
            </div>
            { mistake(lang, view, RuleField::Reply) }
            <p id={help_id} class="hint rule-help">{ i18n::placeholders(lang) }</p>
        </div>
    }
}

fn notation(
    lang: Lang,
    label: &'static str,
    chosen: Notation,
    on: &Callback<RulesEvent>,
    event: impl Fn(Notation) -> RulesEvent,
) -> Html {
    let choices = Notation::ALL.map(|notation| Choice {
        label: settings::notation(lang, notation),
        is_chosen: notation == chosen,
        event: event(notation),
    });
    select(None, Some(label), choices.into(), on)
}

/// Draws how long the reply is waited with, and what follows it.
fn end(lang: Lang, view: &RuleView, on: &Callback<RulesEvent>) -> Html {
    let id = view.id;
    let then_id = format!("rule-{}-then", id.number());
    let choices = Then::ALL.map(|then| Choice {
        label: i18n::then(lang, then),
        is_chosen: then == view.rule.then,
        event: RulesEvent::ThenChosen(id, then),
    });
    html! {
        <div key="end" class="rule-end">
            <div key="delay" class="rule-part">
                <label for={id.field_id(RuleField::Delay)}>{ i18n::delay(lang) }</label>
                { line(view, RuleField::Delay, i18n::delay(lang), on) }
            </div>
            <div key="then" class="rule-part">
                <label for={then_id.clone()}>{ i18n::then_label(lang) }</label>
                { select(Some(then_id), None, choices.into(), on) }
            </div>
            { mistake(lang, view, RuleField::Delay) }
        </div>
    }
}

fn tools(lang: Lang, view: &RuleView, on: &Callback<RulesEvent>) -> Html {
    let (id, number) = (view.id, view.number);
    let mover = |to: MoveRule, sign: &'static str, is_outermost: bool| {
        let name = i18n::move_rule(lang, number, to);
        html! {
            <button
                key={sign}
                id={id.move_id(to)}
                type="button"
                class="quiet"
                aria-label={name.clone()}
                title={name}
                aria-disabled={is_outermost.then_some("true")}
                onclick={on.reform(move |_| RulesEvent::Moved(id, to))}
            >
                { sign }
            </button>
        }
    };
    html! {
        <div key="tools" class="rule-tools">
            { mover(MoveRule::Up, "↑", number == 1) }
            { mover(MoveRule::Down, "↓", view.is_last) }
            <button
                key="remove"
                type="button"
                class="quiet"
                aria-label={i18n::remove_rule(lang, number)}
                onclick={on.reform(move |_| RulesEvent::Removed(id))}
            >
                { i18n::remove(lang) }
            </button>
        </div>
    }
}
