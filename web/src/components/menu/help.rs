//! `?`: theme, keys, and what the bridge says of itself.

use echo_core::wire::Info;
use web_sys::HtmlInputElement;
use yew::{Callback, Html, TargetCast};

use crate::i18n::{Words, format};
use crate::tag::{group, tag};
use page_model::menu::Menu;
use page_model::menu::{MenuEvent, Theme};
use page_model::{Event, Model};

/// The button and its panel.
pub fn view(model: &Model, emit: &Callback<Event>) -> Html {
    let label = crate::i18n::of(model.lang).menu.help;
    super::view(Menu::Help, ("?", label), || panel(model, emit), model, emit)
}

fn panel(model: &Model, emit: &Callback<Event>) -> Html {
    let words = crate::i18n::of(model.lang);
    group()
        .child(themes(model, emit))
        .child(keys(model, emit))
        .child(tag("section").key("bridge").child(tag("h2").child(words.menu.bridge)).child(
            model.bridge.info().map_or_else(|| words.no_bridge.into(), |info| bridge(info, words)),
        ))
        .child(super::class::view(model, emit))
        .html()
}

fn themes(model: &Model, emit: &Callback<Event>) -> Html {
    let words = crate::i18n::of(model.lang);
    let choice = |theme: Theme| {
        let onchange = emit.reform(move |_| Event::Menu(MenuEvent::ThemeChosen(theme)));
        tag("label")
            .key(theme.name())
            .child(
                tag("input")
                    .set("type", "radio")
                    .set("name", "theme")
                    .checked(model.menus.theme == theme)
                    .onchange(onchange),
            )
            .child((words.menu.theme_name)(theme))
            .html()
    };
    tag("fieldset")
        .key("theme")
        .child(tag("legend").child(words.menu.theme))
        .children(Theme::ALL.map(choice))
        .html()
}

fn keys(model: &Model, emit: &Callback<Event>) -> Html {
    let words = crate::i18n::of(model.lang);
    let onchange = emit.reform(|event: yew::Event| {
        let on = event.target_unchecked_into::<HtmlInputElement>().checked();
        Event::Menu(MenuEvent::BareKeysSwitched(on))
    });
    let row = |&(key, does): &(&'static str, &'static str)| {
        tag("div")
            .key(key)
            .child(tag("dt").child(tag("kbd").child(key)))
            .child(tag("dd").child(does))
            .html()
    };
    tag("section")
        .key("keys")
        .child(tag("h2").child(words.menu.keys))
        .child(tag("dl").children(words.menu.each_key.iter().map(row)))
        .child(
            tag("label")
                .child(
                    tag("input")
                        .set("type", "checkbox")
                        .checked(model.menus.bare_keys)
                        .onchange(onchange),
                )
                .child(words.menu.bare_keys),
        )
        .html()
}

fn bridge(info: &Info, words: &Words) -> Html {
    let address = info.targets.first().map_or("", |target| &target.address);
    let rows = [
        (words.menu.version, info.version.clone()),
        (words.menu.echo, (words.menu.echo_is)(address, info.echo)),
        (words.menu.messages, (words.menu.at_most)(&format::limit(info.max_message))),
    ];
    let row = |(name, value): (&'static str, String)| {
        tag("div").key(name).child(tag("dt").child(name)).child(tag("dd").child(value)).html()
    };
    tag("dl").children(rows.map(row)).html()
}
