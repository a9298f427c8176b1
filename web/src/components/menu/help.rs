//! `?`: theme, keys, and what the bridge says of itself.

use echo_core::wire::Info;
use web_sys::HtmlInputElement;
use yew::{Callback, Html, TargetCast, html};

use crate::model::menu::{MenuEvent, Theme};
use crate::model::{Event, Menu, Model};
use crate::words::{Words, format};

/// The button and its panel.
pub fn view(model: &Model, emit: &Callback<Event>) -> Html {
    let label = model.lang.words().menu.help;
    super::view(Menu::Help, ("?", label), || panel(model, emit), model, emit)
}

fn panel(model: &Model, emit: &Callback<Event>) -> Html {
    let words = model.lang.words();
    html! {
        <>
            { themes(model, emit) }
            { keys(model, emit) }
            <section key="bridge">
                <h2>{ words.menu.bridge }</h2>
                { model.bridge.info().map_or_else(|| words.no_bridge.into(), |info| bridge(info, words)) }
            </section>
            { super::class::view(model, emit) }
        </>
    }
}

fn themes(model: &Model, emit: &Callback<Event>) -> Html {
    let words = model.lang.words();
    let choice = |theme: Theme| {
        let onchange = emit.reform(move |_| Event::Menu(MenuEvent::ThemeChosen(theme)));
        html! {
            <label key={theme.name()}>
                <input type="radio" name="theme" checked={model.menus.theme == theme} {onchange} />
                { (words.menu.theme_name)(theme) }
            </label>
        }
    };
    html! {
        <fieldset key="theme">
            <legend>{ words.menu.theme }</legend>
            { for Theme::ALL.map(choice) }
        </fieldset>
    }
}

fn keys(model: &Model, emit: &Callback<Event>) -> Html {
    let words = model.lang.words();
    let onchange = emit.reform(|event: yew::Event| {
        let on = event.target_unchecked_into::<HtmlInputElement>().checked();
        Event::Menu(MenuEvent::BareKeysSwitched(on))
    });
    let row = |&(key, does): &(&'static str, &'static str)| {
        html! { <div key={key}><dt><kbd>{ key }</kbd></dt><dd>{ does }</dd></div> }
    };
    html! {
        <section key="keys">
            <h2>{ words.menu.keys }</h2>
            <dl>{ for words.menu.each_key.iter().map(row) }</dl>
            <label>
                <input type="checkbox" checked={model.menus.bare_keys} {onchange} />
                { words.menu.bare_keys }
            </label>
        </section>
    }
}

fn bridge(info: &Info, words: &Words) -> Html {
    let address = info.targets.first().map_or("", |target| &target.address);
    let rows = [
        (words.menu.version, info.version.clone()),
        (words.menu.echo, (words.menu.echo_is)(address, info.echo)),
        (words.menu.messages, (words.menu.at_most)(&format::limit(info.max_message))),
    ];
    let row = |(name, value): (&'static str, String)| {
        html! { <div key={name}><dt>{ name }</dt><dd>{ value }</dd></div> }
    };
    html! { <dl>{ for rows.map(row) }</dl> }
}
