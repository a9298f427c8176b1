//! How often, or for how long, and on how many connections.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::{Callback, Html, InputEvent, KeyboardEvent, TargetCast, html};

use crate::browser;
use crate::model::how::HowEvent;
use crate::model::how::settings::{Setting, Unit};
use crate::model::{Event, Model};

/// The settings of Repeat, which wait while one is under way.
pub fn view(model: &Model, emit: &Callback<Event>) -> Html {
    let words = &model.lang.words().how;
    let amount = Setting::Amount(model.how.settings.unit);
    html! {
        <div class="plan" key="plan">
            <div key="amount" class="field">
                <label for="amount">{ words.amount }</label>
                <div class="amount">
                    { number(amount, "amount", model, emit) }
                    { unit(model, emit) }
                </div>
            </div>
            <div key="connections" class="field">
                <label for="connections">{ words.connections }</label>
                { number(Setting::Connections, "connections", model, emit) }
            </div>
            if let Some(wrong) = model.how.settings.wrong {
                <p key="wrong" id="settings-wrong" class="hint wrong" role="alert">
                    { (words.range)(*wrong.range().start(), *wrong.range().end()) }
                </p>
            }
        </div>
    }
}

fn number(setting: Setting, id: &'static str, model: &Model, emit: &Callback<Event>) -> Html {
    let settings = &model.how.settings;
    let wrong = settings.wrong == Some(setting);
    let (low, high) = setting.range().into_inner();
    let oninput = emit.reform(move |event: InputEvent| {
        let text = event.target_unchecked_into::<HtmlInputElement>().value();
        Event::How(HowEvent::Typed(setting, text))
    });
    html! {
        <input key={id} {id} type="number" min={low.to_string()} max={high.to_string()}
            value={settings.text(setting).to_owned()} readonly={model.how.is_repeating()}
            aria-invalid={wrong.then_some("true")}
            aria-describedby={wrong.then_some("settings-wrong")} {oninput} onkeydown={starts(emit)} />
    }
}

fn unit(model: &Model, emit: &Callback<Event>) -> Html {
    let words = &model.lang.words().how;
    let chosen = model.how.settings.unit;
    let onchange = emit.reform(|event: yew::Event| {
        let value = event.target_unchecked_into::<HtmlSelectElement>().value();
        let unit = if value == "seconds" { Unit::Seconds } else { Unit::Times };
        Event::How(HowEvent::UnitChosen(unit))
    });
    html! {
        <select key="unit" aria-label={words.unit} disabled={model.how.is_repeating()} {onchange}>
            <option key="times" value="times" selected={chosen == Unit::Times}>{ words.times }</option>
            <option key="seconds" value="seconds" selected={chosen == Unit::Seconds}>
                { words.seconds }
            </option>
        </select>
    }
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
