//! How often, or for how long, and on how many connections.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::{Callback, Html, InputEvent, KeyboardEvent, TargetCast};

use crate::platform::browser;
use crate::tag::tag;
use page_model::modes::ModesEvent;
use page_model::modes::load::settings::{AmountUnit, LoadSetting};
use page_model::{Event, Model};

/// The settings of Repeat, which wait while one is under way.
pub fn view(model: &Model, emit: &Callback<Event>) -> Html {
    let words = &crate::i18n::of(model.lang).modes;
    let amount = LoadSetting::Amount(model.modes.settings.unit);
    tag("div")
        .class("plan")
        .key("plan")
        .child(
            tag("div")
                .key("amount")
                .class("field")
                .child(tag("label").set("for", "amount").child(words.amount))
                .child(
                    tag("div")
                        .class("amount")
                        .child(number(amount, "amount", model, emit))
                        .child(unit(model, emit)),
                ),
        )
        .child(
            tag("div")
                .key("connections")
                .class("field")
                .child(tag("label").set("for", "connections").child(words.connections))
                .child(number(LoadSetting::Connections, "connections", model, emit)),
        )
        .child(model.modes.settings.wrong.map(|wrong| {
            tag("p")
                .key("wrong")
                .set("id", "settings-wrong")
                .class("hint wrong")
                .set("role", "alert")
                .child((words.range)(*wrong.range().start(), *wrong.range().end()))
        }))
        .html()
}

fn number(setting: LoadSetting, id: &'static str, model: &Model, emit: &Callback<Event>) -> Html {
    let settings = &model.modes.settings;
    let wrong = settings.wrong == Some(setting);
    let (low, high) = setting.range().into_inner();
    let oninput = emit.reform(move |event: InputEvent| {
        let text = event.target_unchecked_into::<HtmlInputElement>().value();
        Event::Modes(ModesEvent::Typed(setting, text))
    });
    tag("input")
        .key(id)
        .set("id", id)
        .set("type", "number")
        .set("min", low.to_string())
        .set("max", high.to_string())
        .value(settings.text(setting).to_owned())
        .flag("readonly", model.modes.is_load_test_running())
        .set("aria-invalid", wrong.then_some("true"))
        .set("aria-describedby", wrong.then_some("settings-wrong"))
        .oninput(oninput)
        .onkeydown(starts(emit))
        .html()
}

fn unit(model: &Model, emit: &Callback<Event>) -> Html {
    let words = &crate::i18n::of(model.lang).modes;
    let chosen = model.modes.settings.unit;
    let onchange = emit.reform(|event: yew::Event| {
        let value = event.target_unchecked_into::<HtmlSelectElement>().value();
        let unit = if value == "seconds" { AmountUnit::Seconds } else { AmountUnit::Times };
        Event::Modes(ModesEvent::UnitChosen(unit))
    });
    tag("select")
        .key("unit")
        .set("aria-label", words.unit)
        .flag("disabled", model.modes.is_load_test_running())
        .onchange(onchange)
        .child(
            tag("option")
                .key("times")
                .set("value", "times")
                .flag("selected", chosen == AmountUnit::Times)
                .child(words.times),
        )
        .child(
            tag("option")
                .key("seconds")
                .set("value", "seconds")
                .flag("selected", chosen == AmountUnit::Seconds)
                .child(words.seconds),
        )
        .html()
}

/// Enter starts, as it sends in the other fields.
fn starts(emit: &Callback<Event>) -> Callback<KeyboardEvent> {
    let emit = emit.clone();
    Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            emit.emit(Event::SendPressed { at: browser::now() });
        }
    })
}
