//! The page's menus (`?` in the header, `⋯` of the runs, the cards of the lab, *Copy* of the
//! verdict), the settings in them, and the terms that are explained.

mod view;

pub use view::{BridgeView, HelpView};

use crate::command::{Command, StorageKey};
use crate::dom::DomCommand;
use crate::topic::Topic;

/// A menu of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    /// `?` in the header: the theme, the keys, and information about the bridge.
    Help,
    /// `⋯` of the runs: the actions on all runs.
    Runs,
    /// The lab, at the field To: the servers with faults.
    Lab,
    /// *Copy* of the verdict: the command and the programs that do the same.
    Copy,
}

/// The colour scheme of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// The colour scheme of the operating system or browser.
    #[default]
    System,
    /// Dark text on a light background.
    Light,
    /// Light text on a dark background.
    Dark,
}

impl Theme {
    /// All themes, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// Returns the theme's name in the browser's storage and in the page's `data-theme` attribute.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Returns the theme with this name, or [`Theme::System`] if there is none.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        Self::ALL.into_iter().find(|theme| theme.name() == name).unwrap_or_default()
    }
}

/// Which menu is open, and the settings in the menus.
#[derive(Debug)]
pub struct Menus {
    /// The open menu, if any.
    pub open: Option<Menu>,
    /// The colour scheme of the page.
    pub theme: Theme,
    /// Whether keys without Ctrl or ⌘ act as shortcuts outside of text fields.
    pub bare_keys: bool,
    /// Whether the page is shown to a room: in large type, and without what only its user needs.
    pub is_presenting: bool,
    /// The terms that are being explained, if any.
    pub topic: Option<Topic>,
}

impl Default for Menus {
    fn default() -> Self {
        Self {
            open: None,
            theme: Theme::default(),
            bare_keys: true,
            is_presenting: false,
            topic: None,
        }
    }
}

/// An event of the menus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MenuEvent {
    /// The settings of an earlier visit were read from the browser's storage.
    Loaded {
        /// The colour scheme of the page.
        theme: Theme,
        /// Whether keys without a modifier act as shortcuts.
        bare_keys: bool,
    },
    /// The user pressed the button of a menu.
    Toggled(Menu),
    /// The user clicked outside of the open menu, or moved the focus out of it.
    Left,
    /// The user pressed Escape.
    Escaped,
    /// The user pressed `?` outside of text fields.
    HelpKey,
    /// The user pressed `P` outside of text fields.
    PresentKey,
    /// The user switched the presentation mode on or off.
    PresentSwitched(bool),
    /// The user pressed the button that explains some terms.
    TopicToggled(Topic),
    /// The user chose a theme.
    ThemeChosen(Theme),
    /// The user switched shortcuts without a modifier on or off.
    BareKeysSwitched(bool),
}

/// The value stored under [`StorageKey::BareKeys`] if shortcuts without a modifier are off.
const BARE_KEYS_OFF: &str = "off";

impl Menu {
    /// Returns the id of the menu's button.
    #[must_use]
    pub fn button_id(self) -> &'static str {
        match self {
            Self::Help => "help-button",
            Self::Runs => "runs-button",
            Self::Lab => "lab-button",
            Self::Copy => "copy-button",
        }
    }

    /// Puts the focus on the menu's button.
    #[must_use]
    pub fn focus(self) -> DomCommand {
        DomCommand::focus(self.button_id())
    }
}

impl MenuEvent {
    /// Creates the event from the values in the browser's storage; `None` stands for a missing one.
    #[must_use]
    pub fn remembered(theme: Option<&str>, bare_keys: Option<&str>) -> Self {
        let theme = Theme::from_name(theme.unwrap_or_default());
        Self::Loaded { theme, bare_keys: bare_keys != Some(BARE_KEYS_OFF) }
    }
}

impl Menus {
    /// Applies an event, and returns what the platform has to do.
    pub fn update(&mut self, event: MenuEvent) -> Vec<Command<MenuEvent>> {
        match event {
            MenuEvent::Loaded { theme, bare_keys } => {
                (self.theme, self.bare_keys) = (theme, bare_keys);
                vec![]
            }
            MenuEvent::Toggled(menu) => {
                self.toggle(menu);
                vec![]
            }
            MenuEvent::Left => {
                self.open = None;
                vec![]
            }
            MenuEvent::Escaped => self.escape(),
            // The header is not shown meanwhile, and the menu with it.
            MenuEvent::HelpKey if self.bare_keys && !self.is_presenting => {
                self.toggle(Menu::Help);
                vec![Command::Dom(Menu::Help.focus())]
            }
            MenuEvent::PresentKey if self.bare_keys => self.present(!self.is_presenting),
            MenuEvent::HelpKey | MenuEvent::PresentKey => vec![],
            MenuEvent::PresentSwitched(on) => self.present(on),
            MenuEvent::TopicToggled(topic) => {
                self.topic = (self.topic != Some(topic)).then_some(topic);
                vec![]
            }
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

    /// Switches the presentation mode on or off.
    pub fn present(&mut self, on: bool) -> Vec<Command<MenuEvent>> {
        self.is_presenting = on;
        // The header is not shown meanwhile, and the menu of its own with it.
        self.open.take_if(|menu| on && *menu == Menu::Help);
        let value = if on { "true" } else { "false" };
        vec![Command::Dom(DomCommand::SetRootAttribute("data-present", value))]
    }

    /// Closes what was opened last: an explanation, a menu, the presentation mode.
    fn escape(&mut self) -> Vec<Command<MenuEvent>> {
        if let Some(topic) = self.topic.take() {
            return vec![Command::Dom(DomCommand::focus(topic.button_id()))];
        }
        match self.open.take() {
            Some(menu) => vec![Command::Dom(menu.focus())],
            None if self.is_presenting => self.present(false),
            None => vec![],
        }
    }

    /// Opens a menu in place of the open one, or closes it.
    fn toggle(&mut self, menu: Menu) {
        self.open = (self.open != Some(menu)).then_some(menu);
    }
}
