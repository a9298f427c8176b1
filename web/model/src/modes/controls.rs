//! What the user controls the modes with: the switch, the settings of a load test, and the buttons
//! below the message.

use super::load::settings::{AmountUnit, LoadSetting, LoadSettings};
use super::{Mode, Modes};

/// The switch between the modes, and the settings of a load test.
#[derive(Clone, Debug, PartialEq)]
pub struct SwitchView {
    /// The chosen mode.
    pub mode: Mode,
    /// Whether the mode cannot be changed, because a connection is open.
    pub is_locked: bool,
    /// The settings, in [`Mode::Load`].
    pub load: Option<LoadSettingsView>,
}

/// The settings of a load test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadSettingsView {
    /// What the amount counts.
    pub unit: AmountUnit,
    /// The amount, as it was typed.
    pub amount: String,
    /// The number of connections, as it was typed.
    pub connections: String,
    /// The setting that kept Start from starting.
    pub rejected: Option<LoadSetting>,
    /// Whether the settings cannot be changed, because a load test is running.
    pub is_locked: bool,
}

/// The buttons below the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ButtonsView {
    /// Send.
    Once {
        /// Whether Send does anything now.
        can_send: bool,
    },
    /// Send, which connects first if needed, and Connect.
    Interactive {
        /// Whether Send does anything now.
        can_send: bool,
        /// Whether Connect is offered: there is no connection.
        can_connect: bool,
        /// Whether the latest message was not sent because too many bytes are queued.
        is_full: bool,
    },
    /// Start, or Stop while a load test is running.
    Load {
        /// Whether one is running.
        is_running: bool,
    },
}

impl LoadSettings {
    fn view(&self, is_locked: bool) -> LoadSettingsView {
        LoadSettingsView {
            unit: self.unit,
            amount: self.text(LoadSetting::Amount(self.unit)).to_owned(),
            connections: self.text(LoadSetting::Connections).to_owned(),
            rejected: self.invalid,
            is_locked,
        }
    }
}

impl Modes {
    /// Returns what the switch shows.
    #[must_use]
    pub fn switch_view(&self) -> SwitchView {
        let load = || self.settings.view(self.is_load_test_running());
        SwitchView {
            mode: self.mode,
            is_locked: self.is_locked(),
            load: (self.mode == Mode::Load).then(load),
        }
    }

    /// Returns the buttons of the chosen mode.
    #[must_use]
    pub fn buttons_view(&self) -> ButtonsView {
        let can_send = !self.is_running() && self.can_send();
        match self.mode {
            Mode::Once => ButtonsView::Once { can_send },
            Mode::Interactive => ButtonsView::Interactive {
                can_send,
                can_connect: !self.is_connected(),
                is_full: self.interactive.as_ref().is_some_and(|it| it.conversation.is_full),
            },
            Mode::Load => ButtonsView::Load { is_running: self.is_load_test_running() },
        }
    }
}
