//! What of a run can be taken along: a command, and programs.

use yew::{Callback, Html, html};

use super::{command, lab};
use crate::model::program::{self, Language};
use crate::model::run::Run;
use crate::model::talk::Talk;
use crate::model::{Event, Model};

/// The command that does the same in a terminal, and the programs that do.
pub fn view(run: &Run, talk: &Talk, model: &Model, emit: &Callback<Event>) -> Html {
    if let Some(trial) = model.trial() {
        return html! { <div key="take" class="take">{ lab::terminal(trial, model, emit) }</div> };
    }
    let lead = model.lang.words().in_terminal;
    let command = program::command(&run.target, talk.exchange.sent());
    html! {
        <div key="take" class="take">
            { command.map(|it| command::view(lead, &it, model, emit)).unwrap_or_default() }
            { programs(run, talk, model, emit) }
        </div>
    }
}

fn programs(run: &Run, talk: &Talk, model: &Model, emit: &Callback<Event>) -> Html {
    let words = model.lang.words();
    let written = |language| {
        let text = program::write(language, &run.target, &talk.exchange, talk.expect)?;
        Some(button(language, text, model, emit))
    };
    let buttons: Vec<_> = Language::ALL.into_iter().filter_map(written).collect();
    let content = if buttons.is_empty() {
        (words.reply.too_long)().into()
    } else {
        html! { <div>{ for buttons }</div> }
    };
    html! {
        <details key="programs" class="programs">
            <summary>{ words.reply.copy_as }<span aria-hidden="true">{ " ▾" }</span></summary>
            { content }
        </details>
    }
}

fn button(language: Language, text: String, model: &Model, emit: &Callback<Event>) -> Html {
    let words = model.lang.words();
    let name = language.name();
    let label = match &model.copied {
        Some((copied, true)) if *copied == text => words.copied,
        Some((copied, false)) if *copied == text => words.not_copied,
        _ => name,
    };
    let onclick = emit.reform(move |_| Event::CopyPressed(text.clone()));
    html! { <button key={name} type="button" {onclick}>{ label }</button> }
}
