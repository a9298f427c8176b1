//! The switch between client and server.

use page_model::app::RoleView;
use page_model::role::Role;
use page_model::{Event, Lang};
use yew::prelude::*;

use super::context::{Dispatch, use_dispatch, use_lang};
use crate::i18n::role as i18n;

/// Properties of [`RoleSwitch`].
#[derive(PartialEq, Properties)]
pub struct RoleSwitchProps {
    /// The view model.
    pub view: RoleView,
}

/// Draws the switch.
#[component]
pub fn RoleSwitch(RoleSwitchProps { view }: &RoleSwitchProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    html! {
        <div class="switch" role="radiogroup" aria-label={i18n::roles(lang)}>
            { for Role::ALL.map(|role| choice(lang, role, *view, &dispatch)) }
        </div>
    }
}

fn choice(lang: Lang, role: Role, view: RoleView, dispatch: &Dispatch) -> Html {
    let onchange = dispatch.reform(move |_: yew::Event| Event::RoleChosen(role));
    let name = i18n::role(lang, role, view.is_listening && view.role == Role::Client);
    html! {
        <label key={i18n::role(lang, role, false)}>
            <input type="radio" name="role" checked={view.role == role} {onchange} />
            <span>{ name }</span>
        </label>
    }
}
