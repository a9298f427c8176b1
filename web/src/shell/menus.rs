//! What is set in the menus: shown, and kept for the next visit.

use super::storage;
use crate::browser;
use page_model::Menu;
use page_model::menu::{MenuEffect, MenuEvent, Theme};

/// Where the theme is kept; the script in `index.html` reads it, too.
const THEME_KEY: &str = "theme";
const BARE_KEYS_KEY: &str = "bare-keys";
const OFF: &str = "off";

/// What was set on an earlier visit.
pub fn remembered() -> MenuEvent {
    let theme = Theme::from_name(&storage::read(THEME_KEY).unwrap_or_default());
    let bare_keys = storage::read(BARE_KEYS_KEY).as_deref() != Some(OFF);
    MenuEvent::Remembered { theme, bare_keys }
}

/// The id of a menu's button.
pub fn button_id(menu: Menu) -> &'static str {
    match menu {
        Menu::Help => "help-button",
        Menu::Runs => "runs-button",
        Menu::Lab => "lab-button",
    }
}

/// Carries out an effect. What a browser does not keep is forgotten.
pub fn carry_out(effect: MenuEffect) {
    match effect {
        MenuEffect::Focus(menu) => focus(menu),
        MenuEffect::RememberTheme(theme) => {
            browser::declare("data-theme", theme.name());
            storage::write(THEME_KEY, theme.name());
        }
        MenuEffect::RememberBareKeys(true) => _ = storage::remove(BARE_KEYS_KEY),
        MenuEffect::RememberBareKeys(false) => _ = storage::write(BARE_KEYS_KEY, OFF),
    }
}

fn focus(menu: Menu) {
    if let Some(button) = browser::element(button_id(menu)) {
        // It fails for no element that is on the page.
        let _ = button.focus();
    }
}
