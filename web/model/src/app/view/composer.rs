use crate::Model;
use crate::composer::{MessageView, TargetHint, TargetView};
use crate::field::Field;
use crate::menu::Menu;
use crate::modes::Mode;
use crate::modes::controls::{ButtonsView, SwitchView};

impl Model {
    /// Returns what To shows.
    #[must_use]
    pub fn target_view(&self) -> TargetView {
        let is_rejected = self.invalid_field == Some(Field::To);
        TargetView {
            text: self.target().to_owned(),
            is_locked: self.modes.is_locked(),
            hint: TargetHint::new(self.fault().is_some(), is_rejected, self.target_echo_server()),
            is_lab_open: self.menus.is_open(Menu::Lab),
        }
    }

    /// Returns what the switch between the modes shows.
    #[must_use]
    pub fn switch_view(&self) -> SwitchView {
        self.modes.switch_view()
    }

    /// Returns what Message and its settings show.
    #[must_use]
    pub fn message_view(&self) -> MessageView {
        let mode = self.modes.mode;
        self.composer.view(self.invalid_field, mode == Mode::Once, mode == Mode::Interactive)
    }

    /// Returns the buttons below the message.
    #[must_use]
    pub fn buttons_view(&self) -> ButtonsView {
        self.modes.buttons_view()
    }
}
