use crate::Model;
use crate::class::ClassView;
use crate::menu::HelpView;

impl Model {
    /// Returns what the menu `?` shows while it is open.
    #[must_use]
    pub fn help_view(&self) -> Option<HelpView> {
        let info = self.bridge.info();
        let lan = info.and_then(|info| info.lan.as_deref());
        self.menus.help_view(info, || ClassView::new(&self.reader(), lan, self.copied.as_deref()))
    }
}
