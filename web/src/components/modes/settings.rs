//! The settings of a load test.

use page_model::modes::ModesEvent;
use page_model::modes::controls::LoadSettingsView;
use page_model::modes::load::settings::{AmountUnit, LoadSetting};
use page_model::{Event, Lang, Model};
use yew::prelude::*;

use crate::components::callbacks::{dispatch_some, select_change, text_input};
use crate::components::context::Dispatch;
use crate::i18n::modes as i18n;
use crate::platform::browser;

/// The id of the message about a setting.
const ERROR_ID: &str = "settings-wrong";
/// The value of the option that counts seconds.
const SECONDS: &str = "seconds";

/// Draws the settings, while the mode is chosen.
pub fn draw(model: &Model, dispatch: &Dispatch) -> Html {
    let view = model.switch_view().load;
    view.map(|view| load_settings(model.lang, &view, dispatch)).unwrap_or_default()
}

fn load_settings(lang: Lang, view: &LoadSettingsView, dispatch: &Dispatch) -> Html {
    let amount = LoadSetting::Amount(view.unit);
    html! {
        <div class="plan">
            <div class="field">
                <label for="amount">{ i18n::amount(lang) }</label>
                <div class="amount">
                    { number("amount", amount, &view.amount, view, dispatch) }
                    { unit(lang, view, dispatch) }
                </div>
                { error(lang, amount, view) }
            </div>
            <div class="field">
                <label for="connections">{ i18n::connections(lang) }</label>
                {
                    number(
                        "connections",
                        LoadSetting::Connections,
                        &view.connections,
                        view,
                        dispatch,
                    )
                }
                { error(lang, LoadSetting::Connections, view) }
            </div>
        </div>
    }
}

/// Shows the mistake in a setting, under its field.
fn error(lang: Lang, setting: LoadSetting, view: &LoadSettingsView) -> Html {
    if view.rejected != Some(setting) {
        return Html::default();
    }
    html! {
        <p id={ERROR_ID} class="hint wrong" role="alert">{ i18n::range(lang, &setting.range()) }</p>
    }
}

fn number(
    id: &'static str,
    setting: LoadSetting,
    text: &str,
    view: &LoadSettingsView,
    dispatch: &Dispatch,
) -> Html {
    let (low, high) = setting.range().into_inner();
    let is_rejected = view.rejected == Some(setting);
    html! {
        <input
            key={id}
            {id}
            type="number"
            min={low.to_string()}
            max={high.to_string()}
            value={text.to_owned()}
            readonly={view.is_locked}
            aria-invalid={is_rejected.then_some("true")}
            aria-describedby={is_rejected.then_some(ERROR_ID)}
            oninput={text_input(dispatch, move |text| Event::Modes(ModesEvent::Typed(setting, text)))}
            onkeydown={start_on_enter(dispatch)}
        />
    }
}

fn unit(lang: Lang, view: &LoadSettingsView, dispatch: &Dispatch) -> Html {
    let onchange = select_change(dispatch, |value| {
        let unit = if value == SECONDS { AmountUnit::Seconds } else { AmountUnit::Exchanges };
        Event::Modes(ModesEvent::UnitChosen(unit))
    });
    html! {
        <select aria-label={i18n::unit(lang)} disabled={view.is_locked} {onchange}>
            <option value="times" selected={view.unit == AmountUnit::Exchanges}>
                { i18n::times(lang) }
            </option>
            <option value={SECONDS} selected={view.unit == AmountUnit::Seconds}>
                { i18n::seconds(lang) }
            </option>
        </select>
    }
}

/// Returns a listener that starts the load test at Enter, which sends in the other fields.
fn start_on_enter(dispatch: &Dispatch) -> Callback<KeyboardEvent> {
    dispatch_some(dispatch, |event: KeyboardEvent| {
        (event.key() == "Enter").then(|| Event::SendPressed { at: browser::now() })
    })
}
