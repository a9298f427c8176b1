//! The page's head: its name, and the languages.

use yew::{Callback, Html, html};

use crate::model::{Event, Lang};

/// The head.
pub fn view(lang: Lang, emit: &Callback<Event>) -> Html {
    html! {
        <header key="header">
            <h1>{ "Echo Playground" }</h1>
            <div class="languages" role="group" aria-label={lang.words().language}>
                { for Lang::ALL.map(|other| choice(other, other == lang, emit)) }
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
