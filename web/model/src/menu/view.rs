//! What the menu `?` shows.

use echo_core::wire::{EchoServer, Info};

use super::{Menu, Menus, Theme};
use crate::class::ClassView;

/// The open panel of the menu `?`.
#[derive(Clone, Debug, PartialEq)]
pub struct HelpView {
    /// The colours of the page.
    pub theme: Theme,
    /// Whether keys that are pressed without Ctrl or ⌘ do something outside of fields.
    pub has_bare_keys: bool,
    /// Whether the page is in the presentation mode.
    pub is_presenting: bool,
    /// The bridge, or `None` if it is not running.
    pub bridge: Option<BridgeView>,
    /// How one bridge serves a class.
    pub class: ClassView,
}

/// What the bridge reports about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BridgeView {
    /// Its version.
    pub version: String,
    /// The address of its echo target, as `host:port`.
    pub echo_address: String,
    /// Whose server listens there.
    pub echo_server: EchoServer,
    /// The longest WebSocket message that it takes, in bytes.
    pub max_message: u64,
}

impl Menus {
    /// Returns `true` if the panel of this menu is open.
    #[must_use]
    pub fn is_open(&self, menu: Menu) -> bool {
        self.open == Some(menu)
    }

    /// Returns what the menu `?` shows while it is open.
    #[must_use]
    pub fn help_view(
        &self,
        bridge: Option<&Info>,
        class: impl FnOnce() -> ClassView,
    ) -> Option<HelpView> {
        self.is_open(Menu::Help).then(|| HelpView {
            theme: self.theme,
            has_bare_keys: self.bare_keys,
            is_presenting: self.is_presenting,
            bridge: bridge.map(BridgeView::new),
            class: class(),
        })
    }
}

impl BridgeView {
    fn new(info: &Info) -> Self {
        let echo_address = info.targets.first().map(|target| target.address.clone());
        Self {
            version: info.version.clone(),
            echo_address: echo_address.unwrap_or_default(),
            echo_server: info.echo,
            max_message: info.max_message,
        }
    }
}
