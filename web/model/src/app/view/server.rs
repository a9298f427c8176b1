//! What is shown of the page as a server, once its code is loaded.

use crate::Model;
use crate::loadable::Loadable;
use crate::role::Role;
use crate::server::ServerPart;
use crate::server::view::{ByHandView, PanelView, ServerViewContext, SetupView};

/// The switch between client and server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoleView {
    /// The chosen role.
    pub role: Role,
    /// Whether the page listens, or is about to: it goes on while the page is a client.
    pub is_listening: bool,
}

impl Model {
    /// Returns what the switch between client and server shows.
    #[must_use]
    pub fn role_view(&self) -> RoleView {
        RoleView { role: self.server.role, is_listening: self.server.is_listening() }
    }

    /// Returns how far the code of the server is loaded.
    #[must_use]
    pub fn server_part(&self) -> Loadable<()> {
        self.server.loading()
    }

    /// Returns what is chosen and pressed on the left.
    #[must_use]
    pub fn server_setup_view(&self) -> Option<SetupView> {
        Some(self.server.part()?.state().setup_view(self.server_view_context()))
    }

    /// Returns how the user writes to the selected connection, if connections are answered by hand.
    #[must_use]
    pub fn server_by_hand_view(&self) -> Option<ByHandView> {
        self.server.part()?.state().by_hand_view()
    }

    /// Returns what happened, on the right.
    #[must_use]
    pub fn server_panel_view(&self) -> Option<PanelView> {
        Some(self.server.part()?.state().panel_view(self.server_view_context()))
    }

    /// Returns whether the page is a server whose user answers by hand, and so needs the message.
    #[must_use]
    pub fn needs_message(&self) -> bool {
        !self.is_server() || self.server.part().is_some_and(ServerPart::is_by_hand)
    }

    fn server_view_context(&self) -> ServerViewContext<'_> {
        ServerViewContext {
            is_bridge_up: self.bridge.info().is_some(),
            reader: self.reader(),
            copied: self.copied.as_deref(),
        }
    }
}
