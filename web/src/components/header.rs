//! The page's head: its name, the languages, and the menu `?`.

use yew::{Callback, Html};

use super::lesson;
use super::menu::help;
use crate::tag::{button, tag};
use page_model::{Event, Lang, Model};

/// The head.
pub fn view(model: &Model, emit: &Callback<Event>) -> Html {
    let lang = model.lang;
    tag("header")
        .key("header")
        .child(tag("h1").child("Echo Playground"))
        .child(
            tag("div")
                .key("tools")
                .class("tools")
                .child(lesson::toggle(model, emit))
                .child(
                    tag("div")
                        .class("languages")
                        .set("role", "group")
                        .set("aria-label", crate::i18n::of(lang).language)
                        .children(Lang::ALL.map(|other| choice(other, other == lang, emit))),
                )
                .child(help::view(model, emit)),
        )
        .html()
}

fn choice(lang: Lang, chosen: bool, emit: &Callback<Event>) -> Html {
    let onclick = emit.reform(move |_| Event::LanguageChosen(lang));
    button()
        .key(lang.tag())
        .set("lang", lang.tag())
        .set("aria-pressed", chosen.to_string())
        .onclick(onclick)
        .child(lang.name())
        .html()
}
