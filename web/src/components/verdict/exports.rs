//! What can be copied of a run: the command that does the same, and programs.

use std::rc::Rc;

use page_model::Lang;
use page_model::verdict::Exports;
use yew::prelude::*;

use crate::components::context::Copied;
use crate::components::copy::CopyButton;
use crate::i18n::next_step as i18n;

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
