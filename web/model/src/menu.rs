//! The menus, `?` in the head, `⋯` of the runs and the cards of the lab, and what is set in the
//! first.

use crate::command::{Command, StorageKey};
use crate::dom::DomCommand;

/// A menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    /// `?`: theme, keys, and what the bridge says of itself.
    Help,
    /// `⋯`: what can be done with all runs.
    Runs,
    /// At To: the servers that misbehave.
    Lab,
}

/// The colours of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// All of them, in the order of the choice.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// Its name where it is stored, and in the page's `data-theme`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of this name; the system's for a name that is none.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        Self::ALL.into_iter().find(|theme| theme.name() == name).unwrap_or_default()
    }
}

/// Which menu is open, and what is set in them.
#[derive(Debug)]
pub struct Menus {
    /// The one that is open.
    pub open: Option<Menu>,
    /// The colours of the page.
    pub theme: Theme,
    /// Whether keys that are pressed without Ctrl or ⌘ do something outside of fields.
    pub bare_keys: bool,
}

impl Default for Menus {
    fn default() -> Self {
        Self { open: None, theme: Theme::default(), bare_keys: true }
    }
}

/// Something that happened in a menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MenuEvent {
    /// What was set on an earlier visit.
    Remembered {
        /// The colours of the page.
        theme: Theme,
        /// Whether bare keys do something.
        bare_keys: bool,
    },
    /// Somebody pressed the button of a menu.
    Toggled(Menu),
    /// Somebody pressed somewhere else.
    Left,
    /// Somebody pressed Escape.
    Escaped,
    /// Somebody pressed `?` outside of fields.
    HelpKey,
    /// Somebody chose a theme.
    ThemeChosen(Theme),
    /// Somebody switched the bare keys on or off.
    BareKeysSwitched(bool),
}

/// The value stored under [`StorageKey::BareKeys`] when bare keys do nothing.
const BARE_KEYS_OFF: &str = "off";

impl Menu {
    /// Returns the id of the menu's button.
    #[must_use]
    pub fn button_id(self) -> &'static str {
        match self {
            Self::Help => "help-button",
            Self::Runs => "runs-button",
            Self::Lab => "lab-button",
        }
    }

    /// Puts the focus on the menu's button.
    #[must_use]
    pub fn focus(self) -> DomCommand {
        DomCommand::focus(self.button_id())
    }
}

impl MenuEvent {
    /// Reads what was stored on an earlier visit.
    #[must_use]
    pub fn remembered(theme: Option<&str>, bare_keys: Option<&str>) -> Self {
        let theme = Theme::from_name(theme.unwrap_or_default());
        Self::Remembered { theme, bare_keys: bare_keys != Some(BARE_KEYS_OFF) }
    }
}

impl Menus {
    /// Applies an event.
    pub fn update(&mut self, event: MenuEvent) -> Vec<Command<MenuEvent>> {
        match event {
            MenuEvent::Remembered { theme, bare_keys } => {
                (self.theme, self.bare_keys) = (theme, bare_keys);
                vec![]
            }
            MenuEvent::Toggled(menu) => {
                self.open = (self.open != Some(menu)).then_some(menu);
                vec![]
            }
            MenuEvent::Left => {
                self.open = None;
                vec![]
            }
            MenuEvent::Escaped => {
                self.open.take().map(|menu| Command::Dom(menu.focus())).into_iter().collect()
            }
            MenuEvent::HelpKey if self.bare_keys => {
                self.open = (self.open != Some(Menu::Help)).then_some(Menu::Help);
                vec![Command::Dom(Menu::Help.focus())]
            }
            MenuEvent::HelpKey => vec![],
            MenuEvent::ThemeChosen(theme) => {
                self.theme = theme;
                let shown = DomCommand::SetRootAttribute("data-theme", theme.name());
                let stored = Command::store(StorageKey::Theme, Some(theme.name().into()));
                vec![Command::Dom(shown), stored]
            }
            MenuEvent::BareKeysSwitched(on) => {
                self.bare_keys = on;
                let value = (!on).then(|| BARE_KEYS_OFF.into());
                vec![Command::store(StorageKey::BareKeys, value)]
            }
        }
    }
}
