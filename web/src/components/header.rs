//! The page's head: its name, the languages, and the menu `?`.

use yew::{Callback, Html, html};

use super::lesson;
use super::menu::help;
use crate::model::{Event, Lang, Model};

/// The head.
pub fn view(model: &Model, emit: &Callback<Event>) -> Html {
    let lang = model.lang;
    html! {
        <header key="header">
            <h1>{ "Echo Playground" }</h1>
            <div key="tools" class="tools">
                { lesson::toggle(model, emit) }
                <div class="languages" role="group" aria-label={lang.words().language}>
                    { for Lang::ALL.map(|other| choice(other, other == lang, emit)) }
                </div>
                { help::view(model, emit) }
            </div>
        </header>
    }
}

fn choice(lang: Lang, chosen: bool, emit: &Callback<Event>) -> Html {
    let onclick = emit.reform(move |_| Event::LanguageChosen(lang));
    html! {
        <button key={lang.tag()} type="button" lang={lang.tag()} aria-pressed={chosen.to_string()} {onclick}>
            { lang.name() }
        </button>
    }
}
