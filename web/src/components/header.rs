//! The header of the page: its name, the lesson, *Copy link*, the languages, and the menu `?`.

use page_model::dom::MAIN_ID;
use page_model::link::CopyLink;
use page_model::menu::Menu;
use page_model::{Event, Lang};
use yew::prelude::*;

use super::context::{use_dispatch, use_lang};
use super::lesson::LessonToggle;
use super::link::copy_button;
use super::menu::MenuButton;
use crate::i18n::{header as i18n, menu};

/// Properties of [`Header`].
#[derive(PartialEq, Properties)]
pub struct HeaderProps {
    /// Whether the lesson is shown.
    pub is_lesson_open: bool,
    /// The button that copies a link.
    pub link: CopyLink,
    /// The panel of the menu `?`, while it is open.
    pub help: Option<Html>,
}

/// Draws the header.
#[component]
pub fn Header(HeaderProps { is_lesson_open, link, help }: &HeaderProps) -> Html {
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
    let skip = dispatch.reform(|_| Event::SkipPressed);
    html! {
        <header>
            <button type="button" class="skip" aria-controls={MAIN_ID} onclick={skip}>
                { i18n::skip(lang) }
            </button>
            <h1>{ "Echo" }<span>{ " Playground" }</span></h1>
            <div class="tools">
                <LessonToggle is_open={*is_lesson_open} />
                { copy_button(lang, *link, &dispatch) }
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
