//! The buttons at the right of the headline: *Why*, and *Copy*.

use page_model::menu::Menu;
use page_model::verdict::{CopyMenu, View};
use page_model::{Event, Lang};
use yew::prelude::*;

use crate::components::context::Dispatch;
use crate::components::menu::MenuButton;
use crate::i18n::{copy, next_step, verdict as i18n};

/// The id of what *Why* unfolds.
pub const WHY_ID: &str = "why";

/// Draws the buttons, as far as they have something to show. `exports` is what can be copied.
pub fn actions(lang: Lang, dispatch: &Dispatch, view: &View, exports: &Html) -> Html {
    let is_open = view.why.is_open;
    let onclick = dispatch.reform(|_| Event::WhyToggled);
    html! {
        <div key="actions" class="actions">
            if !view.why.is_empty() {
                <button
                    type="button"
                    aria-expanded={is_open.to_string()}
                    aria-controls={WHY_ID}
                    {onclick}
                >
                    { i18n::why(lang) }
                    <span aria-hidden="true">{ if is_open { " ▴" } else { " ▾" } }</span>
                </button>
            }
            if view.copy_menu != CopyMenu::Absent {
                <MenuButton
                    menu={Menu::Copy}
                    is_open={view.copy_menu == CopyMenu::Open}
                    sign={copy::copy(lang)}
                    label={next_step::copy_as(lang)}
                >
                    if view.copy_menu == CopyMenu::Open {
                        { exports.clone() }
                    }
                </MenuButton>
            }
        </div>
    }
}
