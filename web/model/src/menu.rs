//! The menus, `?` in the head, `⋯` of the runs and the cards of the lab, and what is set in the
//! first.

use crate::effect::Effect;

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

/// What is to be done for a menu.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum MenuEffect {
    /// Put the focus on the button of a menu.
    Focus(Menu),
    /// Show this theme, also the next time.
    RememberTheme(Theme),
    /// Keep to this the next time.
    RememberBareKeys(bool),
}

impl Menus {
    /// Takes in what happened.
    pub fn on(&mut self, event: MenuEvent) -> Vec<Effect> {
        let effect = match event {
            MenuEvent::Remembered { theme, bare_keys } => {
                (self.theme, self.bare_keys) = (theme, bare_keys);
                None
            }
            MenuEvent::Toggled(menu) => {
                self.open = (self.open != Some(menu)).then_some(menu);
                None
            }
            MenuEvent::Left => {
                self.open = None;
                None
            }
            MenuEvent::Escaped => self.open.take().map(MenuEffect::Focus),
            MenuEvent::HelpKey => self.bare_keys.then(|| {
                self.open = (self.open != Some(Menu::Help)).then_some(Menu::Help);
                MenuEffect::Focus(Menu::Help)
            }),
            MenuEvent::ThemeChosen(theme) => {
                self.theme = theme;
                Some(MenuEffect::RememberTheme(theme))
            }
            MenuEvent::BareKeysSwitched(on) => {
                self.bare_keys = on;
                Some(MenuEffect::RememberBareKeys(on))
            }
        };
        effect.map(Effect::Menu).into_iter().collect()
    }
}
