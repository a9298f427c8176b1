//! What of a run can be taken along: a command, and programs.

use yew::{Callback, Html};

use super::command;
use super::copy::copies;
use crate::lazy;
use crate::tag::tag;
use page_model::export::{self, Language};
use page_model::modes::once::Run;
use page_model::modes::once::RunExchange;
use page_model::{Event, Model};

/// The command that does the same in a terminal, and the programs that do.
pub fn view(run: &Run, talk: &RunExchange, model: &Model, emit: &Callback<Event>) -> Html {
    if model.lab_run().is_some() {
        let server = lazy::lab_command(model, emit);
        return tag("div").key("take").class("take").child(server).html();
    }
    let lead = crate::i18n::of(model.lang).in_terminal;
    let command = export::command(&run.target, talk.exchange.sent());
    tag("div")
        .key("take")
        .class("take")
        .child(command.map(|it| command::view(lead, &it, model, emit)).unwrap_or_default())
        .child(programs(run, talk, model, emit))
        .html()
}

fn programs(run: &Run, talk: &RunExchange, model: &Model, emit: &Callback<Event>) -> Html {
    let words = crate::i18n::of(model.lang);
    let written = |language| {
        let text = export::write(language, &run.target, &talk.exchange, talk.expect)?;
        Some(copy(language, text, model, emit))
    };
    let buttons: Vec<_> = Language::ALL.into_iter().filter_map(written).collect();
    let content = if buttons.is_empty() {
        (words.reply.too_long)().into()
    } else {
        tag("div").children(buttons).html()
    };
    tag("details")
        .key("programs")
        .class("programs")
        .child(
            tag("summary")
                .child(words.reply.copy_as)
                .child(tag("span").set("aria-hidden", "true").child(" ▾")),
        )
        .child(content)
        .html()
}

fn copy(language: Language, text: String, model: &Model, emit: &Callback<Event>) -> Html {
    let name = language.name();
    copies(text, name, model, emit).key(name).html()
}
