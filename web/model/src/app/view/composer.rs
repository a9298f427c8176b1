use crate::Model;
use crate::app::draft::MAX_KEPT;
use crate::cause::Cause;
use crate::composer::{AttachmentView, MessageView, TargetHint, TargetView};
use crate::connection::Security;
use crate::field::Field;
use crate::menu::Menu;
use crate::modes::Mode;
use crate::modes::controls::{ButtonsView, SwitchView};
use crate::modes::once::RunPhase;

impl Model {
    /// Returns what To shows.
    #[must_use]
    pub fn target_view(&self) -> TargetView {
        let is_rejected = self.invalid_field == Some(Field::To);
        let hint = if self.is_target_malformed() {
            TargetHint::Malformed
        } else {
            TargetHint::new(self.fault().is_some(), is_rejected, self.target_echo_server())
        };
        let (mut names, mut address) = (String::new(), String::new());
        let targets = self.bridge.info().map_or(&[][..], |info| &info.targets);
        let typed = self.target().trim();
        // The echo server is the first one.
        for target in targets.get(1..).unwrap_or_default() {
            names.push(' ');
            names.push_str(&target.name);
            if target.name == typed {
                address.clone_from(&target.address);
            }
        }
        TargetView {
            text: self.target().to_owned(),
            is_locked: self.modes.is_locked(),
            hint,
            is_tls: Security::of(self.target_address()) == Security::Tls,
            names,
            address,
            is_lab_open: self.menus.is_open(Menu::Lab),
        }
    }

    /// Returns whether the latest run was to what To names, and the bridge did not understand that.
    fn is_target_malformed(&self) -> bool {
        let run = self.modes.run.as_ref().filter(|_| self.modes.mode == Mode::Once);
        run.is_some_and(|run| {
            let is_malformed = matches!(run.phase, RunPhase::NotConnected(Cause::MALFORMED_TARGET));
            is_malformed && run.target == self.target_address()
        })
    }

    /// Returns what the switch between the modes shows.
    #[must_use]
    pub fn switch_view(&self) -> SwitchView {
        self.modes.switch_view()
    }

    /// Returns what Message and its settings show.
    #[must_use]
    pub fn message_view(&self) -> MessageView {
        // As a server the page expects nothing in particular, as on a connection that stays.
        let mode = if self.is_server() { Mode::Interactive } else { self.modes.mode };
        let expected_kind = (mode == Mode::Once).then(|| self.expected_of_target());
        self.composer.view(self.invalid_field, expected_kind, mode == Mode::Interactive)
    }

    /// Returns what is shown of the file that is the message, if one is.
    #[must_use]
    pub fn attachment_view(&self) -> Option<AttachmentView> {
        self.composer.attachment_view(MAX_KEPT)
    }

    /// Returns the buttons below the message.
    #[must_use]
    pub fn buttons_view(&self) -> ButtonsView {
        self.modes.buttons_view()
    }
}
