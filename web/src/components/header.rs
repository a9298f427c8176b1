//! The header of the page: its name, the lesson, the languages, and the menu `?`.

use page_model::menu::Menu;
use page_model::{Event, Lang};
use yew::prelude::*;

use super::context::{use_dispatch, use_lang};
use super::lesson::LessonToggle;
use super::menu::MenuButton;
use crate::i18n::{header as i18n, menu};

/// Properties of [`Header`].
#[derive(PartialEq, Properties)]
pub struct HeaderProps {
    /// Whether the lesson is shown.
    pub is_lesson_open: bool,
    /// The panel of the menu `?`, if it is open.
    pub help: Option<Html>,
}

/// Draws the header.
#[component]
pub fn Header(HeaderProps { is_lesson_open, help }: &HeaderProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    let language = |choice: Lang| {
        let onclick = dispatch.reform(move |_| Event::LanguageChosen(choice));
        let is_pressed = (choice == lang).to_string();
        html! {
            <button key={choice.tag()} type="button" lang={choice.tag()} aria-pressed={is_pressed} {onclick}>
                { choice.name() }
            </button>
        }
    };
    html! {
        <header>
            <h1>{ "Echo Playground" }</h1>
            <div class="tools">
                <LessonToggle is_open={*is_lesson_open} />
                <div class="languages" role="group" aria-label={i18n::languages(lang)}>
                    { for Lang::ALL.map(language) }
                </div>
                <MenuButton
                    menu={Menu::Help}
                    is_open={help.is_some()}
                    sign="?"
                    label={menu::help(lang)}
                >
                    { help.clone().unwrap_or_default() }
                </MenuButton>
            </div>
        </header>
    }
}
