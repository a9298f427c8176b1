//! The panel of the menu `?`: theme, keys, the bridge, and how it serves a class.

use page_model::menu::{BridgeView, HelpView, MenuEvent, Theme};
use page_model::topic::Topic;
use page_model::{Event, Lang};
use yew::prelude::*;

use super::class::class;
use crate::components::callbacks::checkbox_change;
use crate::components::context::{Dispatch, use_dispatch, use_lang};
use crate::components::topic::Explain;
use crate::i18n::{cause, menu as i18n};

/// Properties of [`Help`].
#[derive(PartialEq, Properties)]
pub struct HelpProps {
    /// What the panel shows.
    pub view: HelpView,
}

/// Draws the content of the panel.
#[component]
pub fn Help(HelpProps { view }: &HelpProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    html! {
        <>
            <fieldset>
                <legend>{ i18n::themes(lang) }</legend>
                { for Theme::ALL.map(|theme| theme_choice(lang, theme, view.theme, &dispatch)) }
            </fieldset>
            { keys(lang, view.has_bare_keys, &dispatch) }
            { present(lang, view.is_presenting, &dispatch) }
            <section>
                <h2>{ i18n::bridge(lang) }{ " " }<Explain topic={Topic::Bridge} /></h2>
                if let Some(view) = &view.bridge {
                    { bridge(lang, view) }
                } else {
                    { cause::no_bridge(lang) }
                }
            </section>
            { class(lang, &view.class) }
        </>
    }
}

fn theme_choice(lang: Lang, theme: Theme, chosen: Theme, dispatch: &Dispatch) -> Html {
    let onchange = dispatch.reform(move |_| Event::Menu(MenuEvent::ThemeChosen(theme)));
    html! {
        <label key={theme.name()}>
            <input type="radio" name="theme" checked={theme == chosen} {onchange} />
            { i18n::theme(lang, theme) }
        </label>
    }
}

fn keys(lang: Lang, has_bare_keys: bool, dispatch: &Dispatch) -> Html {
    let onchange =
        checkbox_change(dispatch, |is_on| Event::Menu(MenuEvent::BareKeysSwitched(is_on)));
    let key = |(key, meaning): (&'static str, &'static str)| {
        html! { <div key={key}><dt><kbd>{ key }</kbd></dt><dd>{ meaning }</dd></div> }
    };
    html! {
        <section>
            <h2>{ i18n::keys(lang) }</h2>
            <dl>{ for i18n::key_list(lang).map(key) }</dl>
            <label>
                <input type="checkbox" checked={has_bare_keys} {onchange} />
                { i18n::bare_keys(lang) }
            </label>
        </section>
    }
}

/// Draws the switch of the presentation mode.
fn present(lang: Lang, is_presenting: bool, dispatch: &Dispatch) -> Html {
    let onchange =
        checkbox_change(dispatch, |is_on| Event::Menu(MenuEvent::PresentSwitched(is_on)));
    html! {
        <label>
            <input type="checkbox" checked={is_presenting} {onchange} />
            { i18n::present(lang) }
        </label>
    }
}

fn bridge(lang: Lang, view: &BridgeView) -> Html {
    let row = |name: &'static str, value: String| {
        html! { <div><dt>{ name }</dt><dd>{ value }</dd></div> }
    };
    html! {
        <dl>
            { row(i18n::version(lang), view.version.clone()) }
            { row(i18n::echo(lang), i18n::echo_at(lang, &view.echo_address, view.echo_server)) }
            { row(i18n::messages(lang), i18n::max_message(lang, view.max_message)) }
        </dl>
    }
}
