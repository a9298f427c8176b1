//! The switch between the modes.

use page_model::modes::controls::SwitchView;
use page_model::modes::{Mode, ModesEvent};
use page_model::{Event, Lang};
use yew::prelude::*;

use crate::components::context::{Dispatch, use_dispatch, use_lang};
use crate::i18n::modes as i18n;
use crate::platform::browser;

/// Properties of [`ModeSwitch`].
#[derive(PartialEq, Properties)]
pub struct ModeSwitchProps {
    /// The view model.
    pub view: SwitchView,
    /// The settings of a load test, while that mode is chosen.
    pub load_settings: Html,
}

/// Draws the switch, and the settings of the chosen mode.
#[component]
pub fn ModeSwitch(ModeSwitchProps { view, load_settings }: &ModeSwitchProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    html! {
        <div class="how">
            <div
                class="switch"
                role="radiogroup"
                aria-label={i18n::modes(lang)}
                aria-describedby={view.is_locked.then_some("how-hint")}
            >
                { for Mode::ALL.map(|mode| choice(lang, mode, view, &dispatch)) }
            </div>
            if view.is_locked {
                <p id="how-hint" class="hint">{ i18n::locked(lang, view.mode) }</p>
            }
            { load_settings.clone() }
        </div>
    }
}

fn choice(lang: Lang, mode: Mode, view: &SwitchView, dispatch: &Dispatch) -> Html {
    let is_chosen = view.mode == mode;
    let onchange =
        dispatch.reform(move |_| Event::Modes(ModesEvent::Chosen { at: browser::now(), mode }));
    let name = i18n::mode(lang, mode);
    html! {
        <label key={name}>
            <input
                type="radio"
                name="how"
                checked={is_chosen}
                disabled={view.is_locked && !is_chosen}
                {onchange}
            />
            <span>{ name }</span>
        </label>
    }
}
