//! What can be copied of a run: the command that does the same, and programs. It is loaded on demand.

use std::rc::Rc;

use page_model::export::Exports;
use page_model::{Lang, Model};
use yew::prelude::*;

use crate::components::context::Copied;
use crate::components::copy::CopyButton;
use crate::i18n::next_step as i18n;

/// Draws what can be copied of the run that the verdict is on. Only `lazy` may refer to this.
pub fn draw(model: &Model) -> Html {
    let all = model.exports();
    all.map(|all| exports(model.lang, &Copied(model.copied.clone()), &all)).unwrap_or_default()
}

/// Draws a button for each thing that can be copied.
pub fn exports(lang: Lang, copied: &Copied, exports: &Exports) -> Html {
    let command = exports.command.iter().map(|text| (i18n::command(lang), text));
    let programs = exports.programs.iter().map(|(language, text)| (language.name(), text));
    let button = |(label, text): (&'static str, &Rc<str>)| {
        html! { <CopyButton key={label} text={Rc::clone(text)} state={copied.state(text)} {label} /> }
    };
    if exports.programs.is_empty() {
        return html! { <p>{ i18n::too_long(lang) }</p> };
    }
    command.chain(programs).map(button).collect()
}
